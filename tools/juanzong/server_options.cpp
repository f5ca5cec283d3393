// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/server_options.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace juanzong::cli {
namespace {

constexpr std::chrono::seconds patience{30};

UnixMicros wall_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;
};

// "127.0.0.1:7621", "[::1]:7621", "records.example.cn:7621".
Result<HostAndPort> parse_server(const std::string& text) {
  HostAndPort parsed;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos) {
    parsed.host = text.substr(0, colon);
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, parsed.port);
    if (error != std::errc{} || stop != end) {
      parsed.port = 0;
    }
  }
  if (parsed.host.starts_with('[') && parsed.host.ends_with(']')) {
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  }
  if (parsed.host.empty() || parsed.port == 0) {
    return fail(ErrorCode::environment, "--server: 应为 HOST:PORT / HOST:PORT expected");
  }
  return parsed;
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

void add_connection_options(CLI::App& command, ServerOptions& options) {
  command.add_option("--key", options.key_file, "私钥文件(PEM,0600) / private key file");
  command.add_option("--cert", options.certificate, "服务器证书(PEM) / certificate to pin");
  command.add_flag("--plain", options.plain, "不加密,仅限本机 / plain TCP, loopback only");
  command.add_option("--ledger", options.ledger, "卷宗名 / name of the ledger");
  command.add_option("--as", options.actor, "工号,须与密钥相符 / staff the key must belong to");
}

void add_server_options(CLI::App& command, ServerOptions& options) {
  command.add_option("--server", options.server, "服务器 HOST:PORT / server")->required();
  add_connection_options(command, options);
}

void add_source_options(CLI::App& command, std::string& directory, ServerOptions& options) {
  CLI::Option_group* source = command.add_option_group("来源 source");
  source->add_option("--data", directory, "数据目录 / data directory");
  source->add_option("--server", options.server, "服务器 HOST:PORT / server");
  source->require_option(1);
  add_connection_options(command, options);
}

Result<ClientOptions> client_options(const ServerOptions& options) {
  const Result<HostAndPort> address = parse_server(options.server);
  if (!address) {
    return fail(address.error());
  }
  if (options.certificate.empty() && !options.plain) {
    return fail(
        ErrorCode::environment,
        "--cert: 请指定服务器证书,如 DIR/keys/tls.cert.pem / name the server's certificate, "
        "such as DIR/keys/tls.cert.pem");
  }
  if (options.plain && (!options.certificate.empty() || !is_loopback(address->host))) {
    return fail(ErrorCode::environment,
                "--plain: 仅限本机且不带 --cert / loopback only, and without --cert");
  }
  if (options.key_file.empty()) {
    return fail(ErrorCode::environment, "--key: 请指定私钥文件 / name a private key file");
  }
  auto key = load_key(options.key_file);
  if (!key) {
    return fail(key.error());
  }
  ClientOptions made;
  made.host = address->host;
  made.port = address->port;
  made.ledger = options.ledger;
  made.key = std::move(*key);
  made.pinned_certificate = options.certificate;
  return made;
}

Result<std::unique_ptr<ServerSession>> ServerSession::open(const ServerOptions& options,
                                                           const SigningKeys& co_signers,
                                                           ReadFile read_file) {
  Result<ClientOptions> wanted = client_options(options);
  if (!wanted) {
    return fail(wanted.error());
  }
  SigningKeys keys{wanted->key};
  keys.insert(keys.end(), co_signers.begin(), co_signers.end());
  Result<std::unique_ptr<Client>> client = Client::connect(std::move(*wanted));
  if (!client) {
    return fail(client.error());
  }
  const message::LoggedIn facts = (*client)->facts();
  if (!options.actor.empty() && options.actor != facts.staff) {
    return fail(ErrorCode::not_permitted,
                "--as: 密钥属于 " + facts.staff + " / the key belongs to " + facts.staff);
  }
  std::unique_ptr<ServerSession> session(new ServerSession());
  session->client_ = std::move(*client);
  RequestBuilder::Environment environment;
  environment.now = [least = options.dated_at_least] { return std::max(wall_now(), least); };
  environment.read_file = std::move(read_file);
  session->builder_ =
      std::make_unique<RequestBuilder>(catalogue(), facts.origin, std::move(environment));
  session->submitter_ = std::make_unique<Submitter>(
      *session->client_, *session->builder_, std::move(keys), patience, options.authentication);
  return session;
}

}  // namespace juanzong::cli
