// SPDX-License-Identifier: Apache-2.0
// juanzong-signerd: the signer process (log_signer.h). It holds the checkpoint keys of one or
// several ledgers and answers the server over a Unix socket; it has no network and no database.
//
// Exit codes: 0 stopped by SIGTERM or SIGINT; 1 usage or environment; 78 will not start: what it
// signed before is missing or altered, and a supervisor must not try again by itself.
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include "server/net/io_threads.h"
#include "server/signer/log_signer.h"
#include "server/signer/signer_config.h"
#include "server/signer/signer_socket.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace juanzong {
namespace {

constexpr int exit_done = 0;
constexpr int exit_environment = 1;
constexpr int exit_refuses_to_start = 78;

struct Options {
  std::string config;
  bool begin = false;
  std::string checkpoint;
};

int complain(const Error& error) {
  std::fprintf(stderr, "juanzong-signerd: %s\n", to_text(error).c_str());
  const bool refuses = error.code == ErrorCode::corruption || error.code == ErrorCode::not_found;
  return refuses ? exit_refuses_to_start : exit_environment;
}

// A core file or a debugger of the same user would hand out the keys.
void keep_memory_private() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

Result<std::vector<SigningLog>> open_logs(const SignerConfig& config) {
  std::vector<SigningLog> logs;
  for (const SignerConfig::Log& log : config.logs) {
    auto signer = open_log_key(log.source, log.key);
    if (!signer) {
      return fail(signer.error());
    }
    logs.push_back({log.key, *std::move(signer)});
  }
  return logs;
}

// Of those logs that have none yet: what they sign first.
int begin(const Options& options, const SignerConfig& config, std::vector<SigningLog> logs) {
  std::string note;
  if (!options.checkpoint.empty()) {
    const Result<Bytes> read = read_file(options.checkpoint, crypto::note_size_bytes_max);
    if (!read) {
      return complain({ErrorCode::environment, options.checkpoint + ": cannot be read"});
    }
    note = text_of(ByteView(*read));
  }
  for (const SigningLog& log : logs) {
    const std::string origin = note.substr(0, note.find('\n'));
    const bool is_named = origin == log.key.name();
    const Outcome begun = begin_log(log, config.state, is_named ? note : std::string());
    if (!begun && begun.error().code != ErrorCode::not_permitted) {
      return complain(begun.error());
    }
    std::printf("%s %s\n", begun ? "begun" : "kept", log.key.name().c_str());
  }
  return exit_done;
}

int serve(const SignerConfig& config, std::vector<SigningLog> logs) {
  const auto signer = LogSigner::open(std::move(logs), config.state);
  if (!signer) {
    return complain(signer.error());
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  Log log;
  IoThreads threads(1);
  SignerSocket socket(
      threads.context(),
      [&signer](const HttpRequest& request) { return (*signer)->answer(request); },
      log);
  const Outcome listening = socket.listen({.path = config.socket, .peer = config.peer});
  if (!listening) {
    return complain(listening.error());
  }
  std::printf("ready socket=%s\n", config.socket.c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  return exit_done;
}

}  // namespace
}  // namespace juanzong

int main(int argument_count, char** arguments) {
  using namespace juanzong;
  keep_memory_private();
  Options options;
  CLI::App app{"卷宗检查点签名进程 Juanzong signer of checkpoints"};
  app.add_option("--config", options.config, "配置文件 TOML file, docs/OPERATING.md")->required();
  CLI::Option* const begin_flag = app.add_flag(
      "--begin", options.begin, "为尚无签名记录的日志建立记录后退出 begin logs that are new here");
  app.add_option("--checkpoint",
                 options.checkpoint,
                 "该日志最近签署的检查点 with --begin: the last checkpoint that the log signed")
      ->needs(begin_flag);
  app.footer("示例 example:\n  juanzong-signerd --config /etc/juanzong-signer/signer.toml");
  CLI11_PARSE(app, argument_count, arguments);
  const Result<SignerConfig> config = load_signer_config(options.config);
  if (!config) {
    return complain(config.error());
  }
  Result<std::vector<SigningLog>> logs = open_logs(*config);
  if (!logs) {
    return complain(logs.error());
  }
  return options.begin ? begin(options, *config, std::move(*logs))
                       : serve(*config, std::move(*logs));
}
