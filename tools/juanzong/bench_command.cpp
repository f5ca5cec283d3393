// SPDX-License-Identifier: Apache-2.0
// `juanzong bench`: load on a running server, or on a throw-away one with a directory of its own.
#include "server/pipeline/clock.h"

#include "tools/bench/load_generator.h"
#include "tools/bench/session_policy.h"
#include "tools/juanzong/bench_commands.h"
#include "tools/juanzong/bench_report.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/server_options.h"
#include "tools/juanzong/throwaway_server.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>
#include <utility>

namespace juanzong::cli {
namespace {

struct BenchArguments {
  ServerOptions server;
  bench::LoadOptions load;
  std::string view = "log_head";
  std::string view_arguments = "{}";
  std::size_t queries = 1'000;
  std::string folder;  // of the throw-away data
  bool json = false;
};

std::string name_of(const bench::LoadOptions& load) {
  return load.authentication == Authentication::session ? "append --session" : "append";
}

void tell(std::string name,
          const Result<bench::LoadResult>& result,
          const BenchArguments& arguments,
          CommandContext& context) {
  if (!result) {
    context.fail(result.error());
    return;
  }
  const NamedLoad load{std::move(name), *result};
  context.out << (arguments.json ? boost::json::serialize(load_json(load)) + "\n"
                                 : load_table({load}));
}

void run_append(const BenchArguments& arguments, CommandContext& context) {
  Result<bench::Target> target = bench_target(arguments.server);
  if (!target) {
    context.fail(target.error());
    return;
  }
  bench::LoadOptions load = arguments.load;
  load.target = std::move(*target);
  tell(name_of(load), run_append_load(load), arguments, context);
}

void run_query(const BenchArguments& arguments, CommandContext& context) {
  const Result<ClientOptions> server = client_options(arguments.server);
  if (!server) {
    context.fail(server.error());
    return;
  }
  tell("query " + arguments.view,
       bench::run_query_load(*server, arguments.view, arguments.view_arguments, arguments.queries),
       arguments,
       context);
}

// A new ledger has no policy yet.
Result<bench::LoadResult> load_new_ledger(const bench::LoadOptions& load) {
  const Outcome adopted = load.authentication == Authentication::session
                              ? bench::adopt_session_policy(load.target)
                              : Outcome(Done{});
  return adopted ? run_append_load(load) : fail(adopted.error());
}

Result<bench::LoadResult> load_throwaway(const BenchArguments& arguments) {
  const auto server = ThrowawayServer::found(arguments.folder, make_system_clock()->now());
  if (!server) {
    return fail(server.error());
  }
  if (const Outcome started = (*server)->start(); !started) {
    return fail(started.error());
  }
  Result<bench::Target> target = (*server)->target();
  if (!target) {
    return fail(target.error());
  }
  bench::LoadOptions load = arguments.load;
  load.target = std::move(*target);
  Result<bench::LoadResult> result = load_new_ledger(load);
  const Outcome stopped = (*server)->stop();
  return result && !stopped ? fail(stopped.error()) : std::move(result);
}

void run_local(const BenchArguments& arguments, CommandContext& context) {
  tell(name_of(arguments.load), load_throwaway(arguments), arguments, context);
}

void add_load_options(CLI::App& command, BenchArguments& arguments) {
  bench::LoadOptions& load = arguments.load;
  command.add_flag_callback(
      "--session",
      [&load] { load.authentication = Authentication::session; },
      "不逐件签名,由登录会话认证,须项目参数允许 / unsigned: the login vouches, if the policy lets "
      "it");
  add_shape_options(command, load.connections, load.events_per_request);
  command.add_option("--requests", load.requests_per_connection, "每连接请求数 / requests each")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

}  // namespace

void add_shape_options(CLI::App& command, std::size_t& connections, std::size_t& events) {
  command.add_option("--connections", connections, "连接数 / connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command.add_option("--events", events, "每请求件数 / events a request")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
}

Result<bench::Target> bench_target(const ServerOptions& options) {
  Result<ClientOptions> server = client_options(options);
  if (!server) {
    return fail(server.error());
  }
  bench::Target target;
  target.founder_key = std::exchange(server->key, nullptr);
  target.server = std::move(*server);
  return target;
}

void register_bench(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<BenchArguments>();
  CLI::App* bench = app.add_subcommand("bench", "压力测试 / load with latencies");
  bench->require_subcommand(1);
  CLI::App* append = bench->add_subcommand(
      "append", "向服务器提交(会写入测试记录!)/ appends; leaves its records in the ledger");
  add_server_options(*append, arguments->server);
  add_load_options(*append, *arguments);
  append->footer(
      "示例 example:\n  juanzong bench append --server 127.0.0.1:7621 "
      "--cert DIR/keys/tls.cert.pem --key DIR/keys/founder.key --connections 64");
  append->callback([arguments, &context] { run_append(*arguments, context); });
  CLI::App* query = bench->add_subcommand("query", "反复查询一个视图 / asks one view");
  add_server_options(*query, arguments->server);
  query->add_option("--view", arguments->view, "视图 / view")->capture_default_str();
  query->add_option("--arguments", arguments->view_arguments, "JSON 参数 / arguments")
      ->capture_default_str();
  query->add_option("--requests", arguments->queries, "次数 / how often")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  query->footer(
      "示例 example:\n  juanzong bench query --server 127.0.0.1:7621 "
      "--cert DIR/keys/tls.cert.pem --key S-CSM.key --view units");
  query->callback([arguments, &context] { run_query(*arguments, context); });
  CLI::App* local =
      bench->add_subcommand("local", "用临时目录与临时服务器 / a throw-away directory and server");
  add_load_options(*local, *arguments);
  local->add_option("--folder", arguments->folder, "在此目录下建临时数据 / where to put the data");
  local->footer("示例 example:\n  juanzong bench local --connections 64 --requests 200");
  local->callback([arguments, &context] { run_local(*arguments, context); });
  for (CLI::App* each : {append, query, local}) {
    each->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  }
  register_bench_mixed(*bench, context);
  register_bench_growth(*bench, context);
}

}  // namespace juanzong::cli
