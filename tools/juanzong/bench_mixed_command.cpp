// SPDX-License-Identifier: Apache-2.0
// `juanzong bench mixed`: how quick answers are while appends arrive at a given rate.
#include "tools/bench/mixed_load.h"
#include "tools/juanzong/bench_commands.h"
#include "tools/juanzong/bench_deposit.h"
#include "tools/juanzong/bench_report.h"
#include "tools/juanzong/server_options.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct MixedArguments {
  ServerOptions server;
  bool local = false;
  std::string folder;
  bench::MixedOptions load;
  bool json = false;
};

// The deposit of a server that is not ours is for the user to name.
Result<bench::MixedResult> load_server(const MixedArguments& arguments) {
  bench::MixedOptions load = arguments.load;
  if (load.view_arguments.empty() && load.view == "deposit") {
    return fail(ErrorCode::environment,
                "--arguments: 请指定押金 / name the deposit: {\"deposit\":\"D-2025-0031\"}");
  }
  Result<bench::Target> target = bench_target(arguments.server);
  if (!target) {
    return fail(target.error());
  }
  load.target = std::move(*target);
  return run_mixed_load(load);
}

Result<bench::MixedResult> load_throwaway(const MixedArguments& arguments) {
  const auto server = ThrowawayServer::found(arguments.folder, deposit_scenario_opens());
  if (!server) {
    return fail(server.error());
  }
  if (const Outcome started = start_with_deposit(**server); !started) {
    return fail(started.error());
  }
  Result<bench::Target> target = (*server)->target();
  if (!target) {
    return fail(target.error());
  }
  bench::MixedOptions load = arguments.load;
  load.target = std::move(*target);
  if (load.view_arguments.empty() && load.view == "deposit") {
    load.view_arguments = deposit_scenario_arguments;
  }
  Result<bench::MixedResult> result = run_mixed_load(load);
  const Outcome stopped = (*server)->stop();
  return result && !stopped ? fail(stopped.error()) : std::move(result);
}

void run_mixed(const MixedArguments& arguments, CommandContext& context) {
  const Result<bench::MixedResult> result =
      arguments.local ? load_throwaway(arguments) : load_server(arguments);
  if (!result) {
    context.fail(result.error());
    return;
  }
  const NamedLoad append{"append", result->append};
  const NamedLoad query{"query " + arguments.load.view, result->query};
  if (arguments.json) {
    const boost::json::object object{{"wanted_per_second", arguments.load.events_per_second},
                                     {"append", load_json(append)},
                                     {"query", load_json(query)}};
    context.out << boost::json::serialize(object) << "\n";
    return;
  }
  context.out << load_table({append, query});
}

void add_load_options(CLI::App& command, bench::MixedOptions& load) {
  command.add_option("--rate", load.events_per_second, "每秒件数 / events a second")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command.add_option("--seconds", load.seconds, "时长 / how long")
      ->check(CLI::Range(1, 3'600))
      ->capture_default_str();
  add_shape_options(command, load.connections, load.events_per_request);
  command.add_option("--view", load.view, "视图 / view")->capture_default_str();
  command.add_option("--arguments", load.view_arguments, "JSON 参数 / arguments");
}

}  // namespace

void register_bench_mixed(CLI::App& bench, CommandContext& context) {
  auto arguments = std::make_shared<MixedArguments>();
  CLI::App* command = bench.add_subcommand(
      "mixed",
      "按给定速率提交,同时逐个查询 / appends at a rate while a view is asked; leaves its records");
  CLI::Option_group* where = command->add_option_group("服务器 server");
  where->add_option("--server", arguments->server.server, "服务器 HOST:PORT / server");
  where->add_flag("--local", arguments->local, "临时服务器 / a throw-away server");
  where->require_option(1);
  add_connection_options(*command, arguments->server);
  add_load_options(*command, arguments->load);
  command->add_option("--folder", arguments->folder, "临时数据所在 / where to put throw-away data");
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "提交的时延从应发时刻算起 / the latency of an append counts from when it was due\n"
      "示例 example:\n  juanzong bench mixed --local --rate 10000 --seconds 30\n"
      "  juanzong bench mixed --server 127.0.0.1:7621 --cert DIR/keys/tls.cert.pem \\\n"
      "    --key DIR/keys/founder.key --arguments '{\"deposit\":\"D-2025-0031\"}'");
  command->callback([arguments, &context] { run_mixed(*arguments, context); });
}

}  // namespace juanzong::cli
