// SPDX-License-Identifier: Apache-2.0
// juanzongd: the composition root. Options to objects, run, drain, exit code; nothing else.
//
// Exit codes: 0 drained after SIGTERM or SIGINT; 1 usage or environment, or a failed write; 78 will
// not start (behind its anchor, damaged): a supervisor must not try again by itself.
#include "crypto/key_file.h"

#include "server/net/endpoint.h"
#include "server/net/io_threads.h"
#include "server/net/listener.h"
#include "server/pipeline/ledger_service.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <thread>

namespace juanzong {
namespace {

constexpr int exit_done = 0;
constexpr int exit_environment = 1;
constexpr int exit_refuses_to_start = 78;
constexpr std::chrono::seconds drain_patience{8};
constexpr std::chrono::milliseconds anchor_sync_every{100};

struct Options {
  std::string data;
  std::string listen = "127.0.0.1:7621";
  std::string test_clock;
  std::size_t io_threads = 2;
};

int exit_code_of(ErrorCode code) {
  const bool refuses = code == ErrorCode::ledger_behind_anchor || code == ErrorCode::corruption;
  return refuses ? exit_refuses_to_start : exit_environment;
}

int complain(const Error& error) {
  std::fprintf(stderr, "juanzongd: %s\n", to_text(error).c_str());
  return exit_code_of(error.code);
}

// The log keys of the ledgers in this directory; the key of the first one is keys/log.key.
Result<std::map<std::string, crypto::SignerKey>> load_log_keys(DataDirectory& data,
                                                               const LedgerSet& ledgers) {
  std::map<std::string, crypto::SignerKey> keys;
  for (const LedgerMachine* machine : ledgers.all()) {
    const std::filesystem::path own = data.paths().keys / (machine->head().name + ".log.key");
    const std::filesystem::path file =
        std::filesystem::exists(own) ? own : data.paths().keys / "log.key";
    auto read = crypto::read_private_key(file);
    if (const auto* error = std::get_if<crypto::KeyFileError>(&read)) {
      return fail(*error == crypto::KeyFileError::permissions_too_open
                      ? ErrorCode::key_file_permissions
                      : ErrorCode::environment,
                  file.string() + ": " + crypto::name_of(*error));
    }
    auto signer = crypto::SignerKey::create(machine->head().origin,
                                            std::get<crypto::PrivateKey>(std::move(read)));
    if (!signer) {
      return fail(ErrorCode::environment, "origin is no key name: " + machine->head().origin);
    }
    keys.emplace(machine->head().name, std::move(*signer));
  }
  return keys;
}

// A clock that tests set may only serve ledgers that say so in every proof.
Result<std::unique_ptr<Clock>> make_clock(const Options& options, const LedgerSet& ledgers) {
  if (options.test_clock.empty()) {
    return make_system_clock();
  }
  for (const LedgerMachine* machine : ledgers.all()) {
    if (!machine->head().origin.starts_with(test_origin_prefix)) {
      return fail(ErrorCode::environment,
                  "--test-clock: only for ledgers whose origin starts with \"test.\"");
    }
  }
  return make_file_clock(options.test_clock);
}

// Waits for SIGTERM or SIGINT, or for `stopped`; syncs the anchor meanwhile. A sync that fails is a
// failed write.
void run_until_stopped(DataDirectory& data, std::atomic<bool>& stopped) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  const auto nanoseconds =
      std::chrono::duration_cast<std::chrono::nanoseconds>(anchor_sync_every).count();
  const timespec tick{0, static_cast<long>(nanoseconds)};
  while (!stopped && sigtimedwait(&signals, nullptr, &tick) < 0) {
    if (!data.anchor().sync()) {
      stopped = true;
    }
  }
}

int serve(const Options& options) {
  std::atomic<bool> stopped{false};
  Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      options.data, [](std::uint64_t) {}, [&stopped] { stopped = true; });
  if (!data) {
    return complain(data.error());
  }
  Result<std::map<std::string, crypto::SignerKey>> keys = load_log_keys(**data, (*data)->ledgers());
  if (!keys) {
    return complain(keys.error());
  }
  const Result<std::unique_ptr<Clock>> clock = make_clock(options, (*data)->ledgers());
  if (!clock) {
    return complain(clock.error());
  }
  Log log;
  Metrics metrics;
  LedgerService service({**data, **clock, std::move(*keys), [&](const std::string& why) {
                           log.error("writes_stopped", {{"why", std::string_view(why)}});
                           stopped = true;
                         }});
  const Result<TlsContext> tls = make_server_tls(
      {(*data)->paths().keys / "tls.cert.pem", (*data)->paths().keys / "tls.key.pem"});
  if (!tls) {
    return complain(tls.error());
  }
  IoThreads io(options.io_threads);
  Listener listener(io.context(), service, log, metrics, NetOptions{});
  const auto wanted = parse_endpoint(options.listen);
  const auto bound = wanted ? listener.listen(*wanted, *tls)
                            : Result<boost::asio::ip::tcp::endpoint>(fail(wanted.error()));
  if (!bound) {
    return complain(bound.error());
  }
  std::printf("ready tcp=%s:%u\n", bound->address().to_string().c_str(), unsigned{bound->port()});
  std::fflush(stdout);
  run_until_stopped(**data, stopped);
  const bool drained = listener.stop(drain_patience);
  log.info("stopped", {{"drained", drained}});
  return stopped ? exit_environment : exit_done;
}

}  // namespace
}  // namespace juanzong

int main(int argument_count, char** arguments) {
  juanzong::Options options;
  CLI::App app{"卷宗服务器 Juanzong server\n\n例 example: juanzongd --data /var/lib/juanzong"};
  app.add_option("--data", options.data, "数据目录 data directory (juanzong init)")->required();
  app.add_option("--listen", options.listen, "监听地址 address:port; port 0 picks one");
  app.add_option("--io-threads", options.io_threads, "网络线程数 I/O threads")
      ->check(CLI::Range(1, 64));
  app.add_option("--test-clock",
                 options.test_clock,
                 "仅供测试:从文件读取时间 for tests: read the time from this file");
  CLI11_PARSE(app, argument_count, arguments);
  // Signals are taken in one place; threads made later inherit the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return juanzong::serve(options);
}
