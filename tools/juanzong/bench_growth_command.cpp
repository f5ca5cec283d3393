// SPDX-License-Identifier: Apache-2.0
// `juanzong bench growth`: what becomes of speed, memory and disk as a ledger grows, and how long
// its server takes to answer again after a kill.
#include "server/pipeline/clock.h"

#include "tools/bench/growth_load.h"
#include "tools/juanzong/bench_commands.h"
#include "tools/juanzong/growth_report.h"
#include "tools/juanzong/throwaway_server.h"

#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct GrowthArguments {
  std::uint64_t records = 1'000'000;
  std::uint64_t first = 100'000;
  bench::GrowthOptions load;
  std::string folder;
  bool json = false;
};

// Appended after the last figures and right before the kill, so that rows which are not written out
// yet are as many as under load.
constexpr std::uint64_t records_before_kill_max = 50'000;

class GrowthRun {
 public:
  GrowthRun(const GrowthArguments& arguments, ThrowawayServer& server, std::ostream& out)
      : arguments_(arguments), server_(server), out_(out) {}

  [[nodiscard]] Outcome run() {
    if (const Outcome opened = open(); !opened) {
      return opened;
    }
    for (const std::uint64_t mark : bench::growth_marks(arguments_.first, arguments_.records)) {
      if (const Outcome grown = grow_to(mark); !grown) {
        return grown;
      }
    }
    const std::uint64_t more = std::min(arguments_.records / 10, records_before_kill_max);
    const Result<bench::LoadResult> last = load_->grow_to(load_->records() + more);
    server_.kill();
    return last ? restart() : fail(last.error());
  }

 private:
  Outcome open() {
    if (const Outcome started = server_.start(); !started) {
      return started;
    }
    Result<bench::Target> target = server_.target();
    if (!target) {
      return fail(target.error());
    }
    bench::GrowthOptions options = arguments_.load;
    options.target = std::move(*target);
    Result<std::unique_ptr<bench::GrowthLoad>> load = bench::GrowthLoad::open(options);
    if (!load) {
      return fail(load.error());
    }
    load_ = std::move(*load);
    return Done{};
  }

  Outcome grow_to(std::uint64_t mark) {
    const Result<double> before = bench::cpu_seconds_of(server_.process());
    const Result<bench::LoadResult> segment = load_->grow_to(mark);
    if (!segment) {
      return fail(segment.error());
    }
    const Result<double> after = bench::cpu_seconds_of(server_.process());
    const Result<bench::ProcessMemory> memory = bench::memory_of(server_.process());
    if (!before || !after || !memory) {
      return fail(ErrorCode::environment, "/proc of the server");
    }
    print({load_->records(),
           *segment,
           *after - *before,
           *memory,
           bench::disk_bytes_of(server_.data() / "log"),
           bench::disk_bytes_of(server_.data() / "derived"),
           load_->statement_bytes()});
    return Done{};
  }

  void print(const GrowthPoint& point) {
    out_ << (arguments_.json ? boost::json::serialize(growth_json(point)) + "\n"
                             : growth_row(point, !titled_))
         << std::flush;
    titled_ = true;
  }

  Outcome restart() {
    GrowthRestart restart;
    const bench::SteadyClock::time_point start = bench::SteadyClock::now();
    if (const Outcome started = server_.start(); !started) {
      return started;
    }
    restart.ready_seconds = bench::seconds_since(start);
    const Result<std::uint64_t> records = ask();
    restart.answer_seconds = bench::seconds_since(start);
    const Result<bench::ProcessMemory> memory = bench::memory_of(server_.process());
    if (!records || !memory) {
      return fail(records ? memory.error() : records.error());
    }
    if (*records < load_->records()) {
      return fail(ErrorCode::corruption, "acknowledged records are not there after the restart");
    }
    restart.records = *records;
    restart.memory = *memory;
    out_ << (arguments_.json ? boost::json::serialize(restart_json(restart)) + "\n"
                             : restart_text(restart));
    return server_.stop();
  }

  // How many records the server has, once it has answered a question.
  Result<std::uint64_t> ask() {
    const Result<bench::Target> target = server_.target();
    if (!target) {
      return fail(target.error());
    }
    const auto client = bench::connect(*target, target->founder_key);
    if (!client) {
      return fail(client.error());
    }
    const auto answer = (*client)->query("log_head", "{}");
    return answer ? Result<std::uint64_t>((*client)->facts().tree_size) : fail(answer.error());
  }

  const GrowthArguments& arguments_;
  ThrowawayServer& server_;
  std::ostream& out_;
  std::unique_ptr<bench::GrowthLoad> load_;
  bool titled_ = false;
};

void run_growth(const GrowthArguments& arguments, CommandContext& context) {
  const auto server = ThrowawayServer::found(arguments.folder, make_system_clock()->now());
  if (!server) {
    context.fail(server.error());
    return;
  }
  if (const Outcome done = GrowthRun(arguments, **server, context.out).run(); !done) {
    context.fail(done.error());
  }
}

void add_growth_options(CLI::App& command, GrowthArguments& arguments) {
  command.add_option("--records", arguments.records, "增长到多少条 / how many records in the end")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{1'000'000'000}))
      ->capture_default_str();
  command.add_option("--first", arguments.first, "首次计量处 / where the first figures are taken")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{1'000'000'000}))
      ->capture_default_str();
  command.add_option("--connections", arguments.load.connections, "连接数 / connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      .add_option("--events", arguments.load.events_per_request, "每请求件数 / events a request")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  command.add_option("--folder", arguments.folder, "临时数据所在 / where to put the data");
  command.add_flag("--json", arguments.json, "每行一个 JSON 对象 / one JSON object a line");
}

}  // namespace

void register_bench_growth(CLI::App& bench, CommandContext& context) {
  auto arguments = std::make_shared<GrowthArguments>();
  CLI::App* command = bench.add_subcommand("growth",
                                           "让临时卷宗增长,每翻一番计量一次,最后 kill -9 再启动 / "
                                           "grows a throw-away ledger; figures at each "
                                           "doubling, then kill -9 and a restart");
  add_growth_options(*command, *arguments);
  command->footer(
      "吞吐为上次计量以来;请求在前一请求在途时签名 / the rate is that since the row before; "
      "requests\n"
      "are signed while others are under way, on the same processors\n"
      "示例 example:\n  juanzong bench growth --records 10000000 --folder /srv/scratch --json");
  command->callback([arguments, &context] { run_growth(*arguments, context); });
}

}  // namespace juanzong::cli
