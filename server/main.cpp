// SPDX-License-Identifier: Apache-2.0
// juanzongd: the composition root. Options to objects, run, drain, exit code; nothing else.
//
// Exit codes: 0 drained after SIGTERM or SIGINT; 1 usage or environment, or a failed write; 78 will
// not start (behind its anchor, damaged): a supervisor must not try again by itself.
#include "events/storage/durable_file.h"

#include "server/config.h"
#include "server/data/ledger_keys.h"
#include "server/http/http_listener.h"
#include "server/http/router.h"
#include "server/net/endpoint.h"
#include "server/net/io_threads.h"
#include "server/net/listener.h"
#include "server/net/listener_tls.h"
#include "server/pipeline/ledger_service.h"
#include "server/signer/ledger_signers.h"
#include "server/witness/witness_rounds.h"

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <thread>

namespace juanzong {
namespace {

constexpr int exit_done = 0;
constexpr int exit_environment = 1;
constexpr int exit_refuses_to_start = 78;
constexpr std::chrono::milliseconds anchor_sync_every{100};
constexpr std::size_t witness_policy_bytes_max = 64 * 1024;

struct Options {
  std::string data;
  std::string listen;  // over the configuration's
  std::string http;
  std::string config;
  std::string test_clock;
  bool accept_clock = false;
};

int exit_code_of(ErrorCode code) {
  const bool refuses = code == ErrorCode::ledger_behind_anchor || code == ErrorCode::corruption;
  return refuses ? exit_refuses_to_start : exit_environment;
}

int complain(const Error& error) {
  std::fprintf(stderr, "juanzongd: %s\n", to_text(error).c_str());
  return exit_code_of(error.code);
}

// A clock that tests set may only serve ledgers that say so in every proof.
Result<std::unique_ptr<Clock>> make_clock(const Options& options,
                                          const std::vector<LedgerEntry>& ledgers) {
  if (options.test_clock.empty()) {
    return make_system_clock();
  }
  for (const LedgerEntry& ledger : ledgers) {
    if (!ledger.head.origin.starts_with(test_origin_prefix)) {
      return fail(ErrorCode::environment,
                  "--test-clock: only for ledgers whose origin starts with \"test.\"");
    }
  }
  return make_file_clock(options.test_clock);
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// The running server, in the order in which its parts may end: connections first, then the service
// (which lets go of every answer it owes), then the threads.
class Daemon {
 public:
  Daemon(DataDirectory& data, const Clock& clock, const Config& config)
      : data_(data), clock_(clock), config_(config) {
    log_.set_level(config.log_level);
  }

  [[nodiscard]] Outcome start(const std::vector<LedgerEntry>& ledgers,
                              std::map<std::string, crypto::PrivateKey> server_keys,
                              bool clock_accepted) {
    report_opening();
    Result<HeadSigners> signers = make_head_signers(data_, ledgers, config_, {log_, metrics_});
    if (!signers) {
      return fail(signers.error());
    }
    service_ = std::make_unique<LedgerService>(LedgerService::Parts{
        data_,
        clock_,
        std::move(*signers),
        [this](const std::string& why) {
          log_.error("writes_stopped", {{"why", std::string_view(why)}});
          why_ = why;
          stopped_ = true;
        },
        clock_accepted,
        std::move(server_keys),
        [this](std::string_view ledger, std::string_view why) { report_stopped(ledger, why); },
        crypto::fill_random,
        [this](std::string_view ledger, std::string_view why) {
          log_.error("erasure_failed", {{"ledger", ledger}, {"why", why}});
        }});
    if (stopped_) {
      return fail(ErrorCode::writes_stopped, why_);
    }
    listener_ =
        std::make_unique<Listener>(io_.context(), *service_, log_, metrics_, config_.net_options());
    const auto tcp = listen_on(*listener_, config_.listen);
    if (!tcp) {
      return fail(tcp.error());
    }
    std::string ready = "ready tcp=" + to_text(*tcp);
    if (!config_.http.empty()) {
      http_ = std::make_unique<HttpListener>(
          io_.context(),
          [this](const HttpRequest& request) { return route(request, *service_, metrics_); },
          log_,
          HttpOptions{.connections = static_cast<std::size_t>(config_.http_connections),
                      .allow_plain_tcp = config_.allow_plain_tcp});
      const auto http = listen_on(*http_, config_.http);
      if (!http) {
        return fail(http.error());
      }
      ready += " http=" + to_text(*http);
    }
    if (const Outcome asked = ask_witnesses(); !asked) {
      return asked;
    }
    keep_signing();
    std::printf("%s\n", ready.c_str());
    std::fflush(stdout);
    return Done{};
  }

  // Until SIGTERM, SIGINT or a failure; syncs the anchor and keeps the gauges meanwhile.
  void run() {
    sigset_t signals = stop_signals();
    const auto nanoseconds =
        std::chrono::duration_cast<std::chrono::nanoseconds>(anchor_sync_every).count();
    const timespec tick{0, static_cast<long>(nanoseconds)};
    while (!stopped_ && sigtimedwait(&signals, nullptr, &tick) < 0) {
      metrics_.queue_depth.set(static_cast<std::int64_t>(service_->queue_depth()));
      stopped_ = stopped_ || !data_.anchor().sync();
    }
  }

  // Answers what is in flight; true unless a failure ended the run.
  bool drain() {
    const std::chrono::seconds patience(config_.drain_seconds);
    const bool drained = listener_->stop(patience);
    if (http_) {
      static_cast<void>(http_->stop(patience));
    }
    witnesses_.reset();
    signing_.reset();
    http_.reset();
    listener_.reset();
    service_.reset();
    log_.info("stopped", {{"drained", drained}});
    return !stopped_;
  }

 private:
  // What the signer process remembers is worth what it was shown: also while nobody asks for a
  // proof.
  void keep_signing() {
    if (config_.signer_socket.empty()) {
      return;
    }
    signing_ = std::make_unique<RoundsThread>(
        "jz-signing", std::chrono::seconds(config_.signer_seconds), [this] {
          for (const LedgerFacts& ledger : service_->ledgers()) {
            static_cast<void>(service_->newest_head(ledger.name));  // failures are reported
          }
        });
  }

  Outcome ask_witnesses() {
    if (config_.witness_policy.empty()) {
      return Done{};
    }
    const Result<Bytes> text = read_file(config_.witness_policy, witness_policy_bytes_max);
    if (!text) {
      return fail(ErrorCode::environment, config_.witness_policy + ": cannot be read");
    }
    crypto::WitnessPolicy::Fault fault;
    auto policy = crypto::WitnessPolicy::parse(text_of(ByteView(*text)), fault);
    if (!policy) {
      return fail(ErrorCode::environment,
                  config_.witness_policy + ":" + std::to_string(fault.line) + ": " + fault.zh +
                      " / " + fault.en);
    }
    witnesses_ = std::make_unique<WitnessRounds>(
        WitnessRounds::Parts{*service_,
                             *std::move(policy),
                             std::chrono::seconds(config_.witness_seconds),
                             log_,
                             metrics_,
                             ask_over_http});
    return Done{};
  }

  // What opening the data directory met.
  void report_opening() {
    if (const auto& recovery = data_.recovery()) {
      log_.warning("torn_tail_cut_off",
                   {{"anchored_position", recovery->anchored_next_position},
                    {"recovered_position", recovery->recovered_next_position},
                    {"evidence", std::string_view(recovery->evidence_directory)}});
    }
    for (const auto& [ledger, why] : data_.ledgers().broken()) {
      report_stopped(ledger, why);
    }
  }

  void report_stopped(std::string_view ledger, std::string_view why) {
    log_.error("ledger_stopped", {{"ledger", ledger}, {"why", why}});
    metrics_.ledgers_stopped.add(1);
  }

  TlsFiles tls_files() const {
    const std::filesystem::path keys = data_.paths().keys;
    return {
        config_.tls_certificate.empty() ? keys / "tls.cert.pem"
                                        : std::filesystem::path(config_.tls_certificate),
        config_.tls_key.empty() ? keys / "tls.key.pem" : std::filesystem::path(config_.tls_key)};
  }

  template <class Listening>
  Result<boost::asio::ip::tcp::endpoint> listen_on(Listening& listening,
                                                   const std::string& address) {
    const auto wanted = parse_endpoint(address);
    if (!wanted) {
      return fail(wanted.error());
    }
    const Result<TlsContext> tls = tls_.context_for(*wanted);
    if (!tls) {
      return fail(tls.error());
    }
    auto bound = listening.listen(*wanted, *tls);
    if (bound && !*tls) {
      log_.warning("plain_tcp", {{"address", to_text(*bound)}});
    }
    return bound;
  }

  DataDirectory& data_;
  const Clock& clock_;
  const Config& config_;
  ListenerTls tls_{tls_files(), config_.allow_plain_tcp};
  std::string why_;  // it stopped; written once, before stopped_
  std::atomic<bool> stopped_{false};
  Log log_;
  Metrics metrics_;
  IoThreads io_{static_cast<std::size_t>(
      config_.io_threads == 0 ? std::thread::hardware_concurrency() : config_.io_threads)};
  std::unique_ptr<LedgerService> service_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<HttpListener> http_;
  std::unique_ptr<WitnessRounds> witnesses_;
  std::unique_ptr<RoundsThread> signing_;
};

int serve(const Options& options, const Config& config) {
  std::atomic<bool> rows_failed{false};
  Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      options.data, [](std::uint64_t) {}, [&rows_failed] { rows_failed = true; });
  if (!data) {
    return complain(data.error());
  }
  const std::vector<LedgerEntry> ledgers = list_ledgers(DerivedRows::Snapshot((*data)->rows()));
  Result<std::map<std::string, crypto::PrivateKey>> server_keys =
      load_server_keys((*data)->paths(), ledgers, {config.passphrase_file});
  const Result<std::unique_ptr<Clock>> clock = make_clock(options, ledgers);
  if (!server_keys || !clock) {
    return complain(!server_keys ? server_keys.error() : clock.error());
  }
  Daemon daemon(**data, **clock, config);
  const Outcome started = daemon.start(ledgers, std::move(*server_keys), options.accept_clock);
  if (!started) {
    return complain(started.error());
  }
  daemon.run();
  const bool orderly = daemon.drain();
  return orderly && !rows_failed ? exit_done : exit_environment;
}

}  // namespace
}  // namespace juanzong

int main(int argument_count, char** arguments) {
  using namespace juanzong;
  Options options;
  CLI::App app{"卷宗服务器 Juanzong server"};
  app.add_option("--data", options.data, "数据目录 data directory (juanzong init)")->required();
  app.add_option("--listen", options.listen, "监听地址 address:port; port 0 picks one");
  app.add_option("--http", options.http, "HTTPS 地址 HTTPS address:port; \"off\": none");
  app.add_option("--config", options.config, "配置文件 TOML file, docs/CONFIGURATION.md");
  app.add_option("--test-clock",
                 options.test_clock,
                 "仅供测试:从文件读取时间 for tests: read the time from this file");
  app.add_flag("--accept-clock",
               options.accept_clock,
               "时钟已核对无误 the clock was checked: it may be 31 days past the last record");
  app.footer("示例 example:\n  juanzongd --data /var/lib/juanzong --listen 127.0.0.1:7621");
  CLI11_PARSE(app, argument_count, arguments);
  Result<Config> config = options.config.empty() ? Config{} : load_config(options.config);
  if (!config) {
    return complain(config.error());
  }
  if (!options.listen.empty()) {
    config->listen = options.listen;
  }
  if (!options.http.empty()) {
    config->http = options.http == "off" ? "" : options.http;
  }
  // Signals are taken in one place; threads made later inherit the mask.
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return serve(options, *config);
}
