// SPDX-License-Identifier: Apache-2.0
// `juanzong bench`: load on a running server, or on a throw-away one with a directory of its own.
#include "server/pipeline/clock.h"

#include "tools/bench/load_generator.h"
#include "tools/demo/child_process.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/new_data.h"
#include "tools/juanzong/server_options.h"
#include "tools/terminal/grouped_number.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <cstdlib>
#include <memory>
#include <ostream>
#include <unistd.h>

namespace juanzong::cli {
namespace {

struct BenchArguments {
  ServerOptions server;
  LoadOptions load;
  std::string view = "log_head";
  std::string view_arguments = "{}";
  std::size_t queries = 1'000;
  std::string folder;  // of the throw-away data
  bool json = false;
};

void tell(std::string_view what,
          const LoadResult& result,
          const BenchArguments& arguments,
          CommandContext& context) {
  const auto rate = static_cast<std::uint64_t>(
      result.seconds > 0 ? static_cast<double>(result.events) / result.seconds : 0);
  const LatencyHistogram& latency = result.latency;
  if (arguments.json) {
    context.out << boost::json::serialize(
                       boost::json::object{{"load", what},
                                           {"events", result.events},
                                           {"requests", latency.count()},
                                           {"refused", result.refused},
                                           {"seconds", result.seconds},
                                           {"events_per_second", rate},
                                           {"p50_us", latency.at_per_mille(500)},
                                           {"p99_us", latency.at_per_mille(990)},
                                           {"p999_us", latency.at_per_mille(999)}})
                << "\n";
    return;
  }
  using terminal::Align;
  using terminal::grouped;
  context.out << terminal::format_table({{"负载 load"},
                                         {"件 events", Align::right},
                                         {"未入卷 not recorded", Align::right},
                                         {"件/秒 per second", Align::right},
                                         {"p50 µs", Align::right},
                                         {"p99 µs", Align::right},
                                         {"p99.9 µs", Align::right}},
                                        {{std::string(what),
                                          grouped(result.events),
                                          grouped(result.refused),
                                          grouped(rate),
                                          grouped(latency.at_per_mille(500)),
                                          grouped(latency.at_per_mille(990)),
                                          grouped(latency.at_per_mille(999))}});
}

void run_append(const BenchArguments& arguments, CommandContext& context) {
  Result<ClientOptions> server = client_options(arguments.server);
  if (!server) {
    context.fail(server.error());
    return;
  }
  LoadOptions load = arguments.load;
  load.founder_key = server->key;
  load.server = std::move(*server);
  load.server.key = nullptr;
  const Result<LoadResult> result = run_append_load(load);
  if (!result) {
    context.fail(result.error());
    return;
  }
  tell("append", *result, arguments, context);
}

void run_query(const BenchArguments& arguments, CommandContext& context) {
  const Result<ClientOptions> server = client_options(arguments.server);
  if (!server) {
    context.fail(server.error());
    return;
  }
  const Result<LoadResult> result =
      run_query_load(*server, arguments.view, arguments.view_arguments, arguments.queries);
  if (!result) {
    context.fail(result.error());
    return;
  }
  tell("query " + arguments.view, *result, arguments, context);
}

// Founds a ledger in `folder`, starts juanzongd on a free port and loads it.
void bench_in(const std::filesystem::path& folder,
              const BenchArguments& arguments,
              CommandContext& context) {
  NewData wanted;
  wanted.directory = folder / "data";
  wanted.ledger = "bench";
  wanted.origin = "test.juanzong.local/bench";
  wanted.now = make_system_clock()->now();
  if (const Result<std::string> made = create_data(wanted); !made) {
    context.fail(made.error());
    return;
  }
  Result<std::unique_ptr<ServerProcess>> server = ServerProcess::start(
      {"--data", wanted.directory.string(), "--listen", "127.0.0.1:0", "--http", "off"},
      folder / "server.log");
  if (!server) {
    context.fail(server.error());
    return;
  }
  BenchArguments own = arguments;
  own.server.server = "127.0.0.1:" + std::to_string((*server)->port());
  own.server.key_file = (wanted.directory / "keys" / "founder.key").string();
  own.server.certificate = (wanted.directory / "keys" / "tls.cert.pem").string();
  run_append(own, context);
  if (const int code = (*server)->stop(); code != 0) {
    context.fail({ErrorCode::environment, "juanzongd: exit " + std::to_string(code)});
  }
}

void run_local(const BenchArguments& arguments, CommandContext& context) {
  const std::filesystem::path parent = arguments.folder.empty()
                                           ? std::filesystem::temp_directory_path()
                                           : std::filesystem::path(arguments.folder);
  std::string pattern = (parent / "juanzong-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    context.fail({ErrorCode::environment, pattern});
    return;
  }
  bench_in(pattern, arguments, context);
  std::error_code ignored;
  std::filesystem::remove_all(pattern, ignored);
}

void add_load_options(CLI::App& command, BenchArguments& arguments) {
  LoadOptions& load = arguments.load;
  command.add_option("--connections", load.connections, "连接数 / connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command.add_option("--events", load.events_per_request, "每请求件数 / events a request")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  command.add_option("--requests", load.requests_per_connection, "每连接请求数 / requests each")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

}  // namespace

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
}

}  // namespace juanzong::cli
