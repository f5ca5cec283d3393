// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/throwaway_server.h"

#include "tools/juanzong/new_data.h"

#include <cstdlib>
#include <system_error>

namespace juanzong::cli {

namespace fs = std::filesystem;

Result<std::unique_ptr<ThrowawayServer>> ThrowawayServer::found(const fs::path& parent,
                                                                UnixMicros now) {
  const fs::path place = parent.empty() ? fs::temp_directory_path() : parent;
  std::string pattern = (place / "juanzong-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return fail(ErrorCode::environment, pattern);
  }
  std::unique_ptr<ThrowawayServer> made(new ThrowawayServer(pattern));
  NewData wanted;
  wanted.directory = made->data();
  wanted.ledger = "bench";
  wanted.origin = "test.juanzong.local/bench";
  wanted.now = now;
  if (const Result<std::string> founded = create_data(wanted); !founded) {
    return fail(founded.error());
  }
  return made;
}

ThrowawayServer::~ThrowawayServer() {
  process_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Outcome ThrowawayServer::start(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{
      "--data", data().string(), "--listen", "127.0.0.1:0", "--http", "off"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Result<std::unique_ptr<ServerProcess>> started =
      ServerProcess::start(arguments, folder_ / "server.log");
  if (!started) {
    return fail(started.error());
  }
  process_ = std::move(*started);
  return Done{};
}

Outcome ThrowawayServer::stop() {
  const int code = process_->stop();
  process_.reset();
  return code == 0 ? Outcome(Done{})
                   : fail(ErrorCode::environment, "juanzongd: exit " + std::to_string(code));
}

Result<bench::Target> ThrowawayServer::target() const {
  auto key = load_key(data() / "keys" / "founder.key");
  if (!key) {
    return fail(key.error());
  }
  bench::Target target;
  target.server.port = process_->port();
  target.server.pinned_certificate = data() / "keys" / "tls.cert.pem";
  target.founder_key = std::move(*key);
  return target;
}

}  // namespace juanzong::cli
