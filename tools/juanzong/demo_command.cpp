// SPDX-License-Identifier: Apache-2.0
// `juanzong demo`: one community's life from 交房 to 押金退还 on a throw-away server, then the
// audit, then a flipped byte that the audit names.
#include "crypto/key_file.h"

#include "tools/demo/child_process.h"
#include "tools/demo/scenario_files.h"
#include "tools/demo/scenario_player.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/new_data.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>
#include <unistd.h>

namespace juanzong::cli {
namespace {

constexpr std::string_view opening_time = "2025-01-02T08:00:00+08:00";
constexpr std::string_view refund_heading = "退款";

struct DemoArguments {
  std::string keep;
};

class Demo {
 public:
  Demo(std::filesystem::path folder, CommandContext& context)
      : folder_(std::move(folder)), data_(folder_ / "data"), context_(context) {}

  [[nodiscard]] bool run() { return found() && start() && play() && stop() && audit() && tamper(); }

 private:
  void say(std::string_view zh, std::string_view en) {
    context_.out << "\n" << zh << "\n" << en << "\n" << std::flush;
  }
  bool trouble(const Error& error) {
    context_.fail(error);
    return false;
  }
  bool trouble(const std::string& what) { return trouble(Error{ErrorCode::environment, what}); }

  bool found() {
    say("① 建立卷宗(测试来源 test.…,时间由演示控制)",
        "1 Founding a ledger (a test origin; the demonstration sets its clock)");
    NewData wanted;
    wanted.directory = data_;
    wanted.ledger = "demo";
    wanted.origin = "test.juanzong.local/demo";
    wanted.now = *parse_instant(opening_time);
    const Result<std::string> verifier_key = create_data(wanted);
    if (!verifier_key) {
      return trouble(verifier_key.error());
    }
    verifier_key_ = *verifier_key;
    context_.out << "  vkey " << verifier_key_ << "\n";
    return true;
  }

  bool start() {
    const std::filesystem::path clock = folder_ / "clock";
    std::ofstream(clock) << opening_time << "\n";
    Result<std::unique_ptr<ServerProcess>> server = ServerProcess::start({"--data",
                                                                          data_.string(),
                                                                          "--listen",
                                                                          "127.0.0.1:0",
                                                                          "--http",
                                                                          "127.0.0.1:0",
                                                                          "--test-clock",
                                                                          clock.string()},
                                                                         folder_ / "server.log");
    if (!server) {
      return trouble(server.error());
    }
    server_ = std::move(*server);
    auto key = crypto::read_private_key(data_ / "keys" / "founder.key");
    if (!std::holds_alternative<crypto::PrivateKey>(key)) {
      return trouble("founder.key");
    }
    PlayerOptions options;
    options.server.port = server_->port();
    options.server.pinned_certificate = data_ / "keys" / "tls.cert.pem";
    options.founder_key =
        std::make_shared<const crypto::PrivateKey>(std::get<crypto::PrivateKey>(std::move(key)));
    options.clock_file = clock;
    options.print = [this](const std::string& line) { context_.out << line << "\n" << std::flush; };
    player_ = std::make_unique<ScenarioPlayer>(std::move(options));
    say("② 服务器已启动(TLS 1.3,127.0.0.1:" + std::to_string(server_->port()) +
            "),前台各岗位用各自的密钥登录",
        "2 The server runs; every post of the front office logs in with its own key");
    return true;
  }

  bool play() {
    const auto sc1 = parse_scenario(scenario_sc1());
    const auto sc10 = parse_scenario(scenario_sc10());
    if (!sc1 || !sc10) {
      return trouble(!sc1 ? sc1.error() : sc10.error());
    }
    for (const auto* steps : {&*sc1, &*sc10}) {
      if (const Outcome hired = player_->hire(staff_of(*steps), opening_time); !hired) {
        return trouble(hired.error());
      }
    }
    const auto refund = std::ranges::find_if(
        *sc1, [](const ScenarioStep& step) { return step.heading.starts_with(refund_heading); });
    const std::vector<ScenarioStep> before(sc1->begin(), refund);
    const std::vector<ScenarioStep> after(refund, sc1->end());
    return play_steps(before) &&
           show({"deposit", "--deposit", "D-2025-0031", "--date", "2025-06-14"}) &&
           play_steps(after) &&
           show({"deposit", "--deposit", "D-2025-0031", "--date", "2025-06-16"}) &&
           play_steps(*sc10) && show({"occupancy", "--month", "2025-10"}) && show({"ledger"});
  }

  bool play_steps(const std::vector<ScenarioStep>& steps) {
    return player_->play(steps) || trouble("a step ended otherwise than its scenario says");
  }

  // Asks a view of the same data directory, beside the running server.
  bool show(std::vector<std::string> query) {
    context_.out << "\n" << std::flush;
    query.insert(query.begin(), "query");
    query.insert(query.end(), {"--data", data_.string()});
    return run("juanzong", query) == 0 || trouble("query " + query[1]);
  }

  bool stop() {
    const int code = server_->stop();
    say("③ 服务器收到 SIGTERM,处理完毕后退出,退出码 " + std::to_string(code) + ";共接受 " +
            std::to_string(player_->accepted()) + " 项,按规则拒绝 " +
            std::to_string(player_->refused()) + " 项",
        "3 The server drained and exited; " + std::to_string(player_->accepted()) +
            " statements accepted, " + std::to_string(player_->refused()) + " refused by rules");
    return code == 0 || trouble("juanzongd ended with " + std::to_string(code));
  }

  bool audit() {
    say("④ 离线审计:链、树、签名,并重新执行每一条规则",
        "4 Audit, offline: chain, tree, "
        "signatures, and every rule run again");
    if (run("juanzong-audit", {data_.string(), "--vkey", verifier_key_, "--deep"}) != 0) {
      return trouble("the audit of an honest ledger failed");
    }
    const std::filesystem::path copy = folder_ / "export";
    return run("juanzong", {"export", "--data", data_.string(), "--out", copy.string()}) == 0 ||
           trouble("export");
  }

  bool tamper() {
    say("⑤ 把导出件中的一个字节改掉,再审计",
        "5 One byte of the export is changed, and it is audited");
    std::filesystem::path bundle;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_ / "export" / "tile" / "entries")) {
      if (entry.is_regular_file()) {
        bundle = entry.path();
      }
    }
    std::fstream file(bundle, std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(bundle) / 2);
    file.seekg(middle);
    const int byte = file.get();
    file.seekp(middle);
    file.put(static_cast<char>(byte ^ 1));
    file.close();
    context_.out << "  " << bundle.filename().string() << " @ " << middle << "\n" << std::flush;
    const int code =
        run("juanzong-audit", {(folder_ / "export").string(), "--vkey", verifier_key_});
    if (code != static_cast<int>(ExitCode::verification_failed)) {
      return trouble("the audit missed a flipped byte");
    }
    say("演示完成。", "Done.");
    return true;
  }

  int run(const std::string& name, const std::vector<std::string>& arguments) {
    const Result<std::filesystem::path> program = find_program(name);
    if (!program) {
      context_.fail(program.error());
      return static_cast<int>(ExitCode::environment);
    }
    return run_program(*program, arguments);
  }

  std::filesystem::path folder_;
  std::filesystem::path data_;
  CommandContext& context_;
  std::string verifier_key_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<ScenarioPlayer> player_;
};

void run_demo(const DemoArguments& arguments, CommandContext& context) {
  std::filesystem::path folder = arguments.keep;
  if (folder.empty()) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "juanzong-demo-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      context.fail({ErrorCode::environment, pattern});
      return;
    }
    folder = pattern;
  } else if (!std::filesystem::create_directories(folder)) {
    context.fail({ErrorCode::environment, folder.string() + ": exists already"});
    return;
  }
  const bool done = Demo(folder, context).run();
  if (arguments.keep.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  } else {
    context.out << "数据保留在 kept in " << folder.string() << "\n";
  }
  if (!done && context.exit_code == ExitCode::done) {
    context.exit_code = ExitCode::environment;
  }
}

}  // namespace

void register_demo(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<DemoArguments>();
  CLI::App* command = app.add_subcommand(
      "demo", "演示:从交房到押金退还 / one community's life on a throw-away server");
  command->add_option(
      "--keep", arguments->keep, "保留数据的新目录 / keep the data in this new folder");
  command->footer("示例 example:\n  juanzong demo --keep ./demo-data");
  command->callback([arguments, &context] { run_demo(*arguments, context); });
}

}  // namespace juanzong::cli
