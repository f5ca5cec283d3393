// SPDX-License-Identifier: Apache-2.0
// juanzong witness: a witness of its own (C2SP tlog-witness), for an owners' committee or an
// accountant. Needs nothing of the log but its verifier key.
#include "crypto/key_file.h"
#include "crypto/note_key.h"

#include "server/http/http_listener.h"
#include "server/net/endpoint.h"
#include "server/net/io_threads.h"
#include "server/net/listener_tls.h"
#include "server/pipeline/clock.h"
#include "server/witness/witness.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/ledger_key.h"

#include <csignal>
#include <memory>
#include <ostream>
#include <pthread.h>

namespace juanzong::cli {
namespace {

constexpr std::size_t request_bytes_max = 64 * 1024;

struct WitnessArguments {
  std::string name;
  std::string key;
  std::string state;
  std::vector<std::string> logs;
  std::string listen = "127.0.0.1:7631";
  std::string certificate;
  std::string tls_key;
  bool make_key = false;
};

Result<crypto::SignerKey> cosigner_of(const WitnessArguments& arguments) {
  auto read = crypto::read_private_key(arguments.key);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&read)) {
    return fail(ErrorCode::key_file_permissions, arguments.key + ": " + name_of(*error));
  }
  auto signer = crypto::SignerKey::create(arguments.name,
                                          std::move(std::get<crypto::PrivateKey>(read)),
                                          crypto::NoteKeyType::cosignature_v1);
  return signer ? Result<crypto::SignerKey>(*std::move(signer))
                : fail(ErrorCode::query_invalid, "--name: 名称不可用 / not a key's name");
}

Result<crypto::SignerKey> made_key(const WitnessArguments& arguments) {
  const crypto::PrivateKey key = crypto::PrivateKey::generate();
  if (const auto error = crypto::write_private_key(arguments.key, key)) {
    return fail(ErrorCode::environment, arguments.key + ": " + name_of(*error));
  }
  return cosigner_of(arguments);
}

Result<std::vector<crypto::VerifierKey>> logs_of(const WitnessArguments& arguments) {
  std::vector<crypto::VerifierKey> logs;
  for (const std::string& value : arguments.logs) {
    const Result<crypto::VerifierKey> key = read_verifier_key(value);
    if (!key) {
      return fail(key.error());
    }
    logs.push_back(*key);
  }
  return logs.empty() ? Result<std::vector<crypto::VerifierKey>>(fail(
                            ErrorCode::query_invalid, "--vkey: 至少一个日志 / at least one log"))
                      : logs;
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

Outcome serve(const WitnessArguments& arguments, Witness& witness, CommandContext& context) {
  const auto endpoint = parse_endpoint(arguments.listen);
  if (!endpoint) {
    return fail(endpoint.error());
  }
  const bool plain = arguments.certificate.empty();
  ListenerTls tls({arguments.certificate, arguments.tls_key}, plain);
  const Result<TlsContext> secured =
      plain ? Result<TlsContext>(TlsContext()) : tls.context_for(*endpoint);
  if (!secured) {
    return fail(secured.error());
  }
  // Taken in one place; threads made later inherit the mask.
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto clock = make_system_clock();
  Log log;
  IoThreads threads(1);
  HttpListener listener(
      threads.context(),
      [&](const HttpRequest& request) {
        return witness.answer(request,
                              static_cast<std::uint64_t>(clock->now().value / micros_per_second));
      },
      log,
      HttpOptions{.allow_plain_tcp = plain, .body_bytes = request_bytes_max});
  const auto bound = listener.listen(*endpoint, *secured);
  if (!bound) {
    return fail(bound.error());
  }
  context.out << "ready http=" << to_text(*bound) << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  static_cast<void>(listener.stop(std::chrono::seconds(5)));
  return Done{};
}

void run_witness(const WitnessArguments& arguments, CommandContext& context) {
  Result<crypto::SignerKey> cosigner =
      arguments.make_key ? made_key(arguments) : cosigner_of(arguments);
  if (!cosigner) {
    context.fail(cosigner.error());
    return;
  }
  if (arguments.make_key) {
    context.out << cosigner->verifier().text() << "\n";
    return;
  }
  Result<std::vector<crypto::VerifierKey>> logs = logs_of(arguments);
  if (!logs) {
    context.fail(logs.error());
    return;
  }
  const auto witness = Witness::open(*std::move(cosigner), *std::move(logs), arguments.state);
  const Outcome served =
      witness ? serve(arguments, **witness, context) : Outcome(fail(witness.error()));
  if (!served) {
    context.fail(served.error());
  }
}

}  // namespace

void register_witness(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<WitnessArguments>();
  CLI::App* command = app.add_subcommand(
      "witness",
      "见证人:为检查点副署,须在另一方的机器上运行 / cosign checkpoints, on another's machine");
  command->add_option("--name", arguments->name, "见证人名称 / name of the witness's key")
      ->required();
  command->add_option("--key", arguments->key, "见证私钥文件 / file of its private key")
      ->required();
  command->add_flag(
      "--make-key", arguments->make_key, "新建私钥并显示公钥 / make the key and stop");
  command->add_option(
      "--state", arguments->state, "已副署检查点的目录 / folder of what was cosigned");
  command->add_option(
      "--vkey", arguments->logs, "所见证日志的公钥或其文件 / verifier keys of the logs");
  command->add_option("--listen", arguments->listen, "监听地址 / address:port");
  command->add_option("--cert", arguments->certificate, "TLS 证书 / certificate, PEM");
  command->add_option("--tls-key", arguments->tls_key, "TLS 私钥 / its key, PEM");
  command->footer(
      "示例 example:\n"
      "  juanzong witness --make-key --name committee.example --key committee.key\n"
      "  juanzong witness --name committee.example --key committee.key --state witnessed "
      "--vkey log.vkey");
  command->callback([arguments, &context] {
    if (!arguments->make_key && arguments->state.empty()) {
      context.fail(Error{ErrorCode::query_invalid, "--state"});
      return;
    }
    run_witness(*arguments, context);
  });
}

}  // namespace juanzong::cli
