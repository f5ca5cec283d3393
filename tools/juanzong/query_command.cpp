// SPDX-License-Identifier: Apache-2.0
#include "projections/views/query.h"

#include "server/pipeline/clock.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/terminal/report_text.h"

#include <array>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

// Option and argument of query.h.
constexpr std::array<std::pair<const char*, const char*>, 9> named_arguments = {{
    {"--unit", "unit"},
    {"--deposit", "deposit"},
    {"--person", "person"},
    {"--case", "case"},
    {"--month", "month"},
    {"--as-of", "as_of"},
    {"--date", "date"},
    {"--limit", "limit"},
    {"--cursor", "cursor"},
}};

struct QueryCommand {
  std::string directory;
  std::string ledger;
  std::string view;
  std::array<std::string, named_arguments.size()> values;
  std::vector<std::string> others;  // name=value
  bool json = false;
};

Result<QueryArguments> arguments_of(const QueryCommand& command) {
  QueryArguments arguments;
  for (std::size_t i = 0; i < named_arguments.size(); ++i) {
    if (!command.values[i].empty()) {
      arguments.emplace(named_arguments[i].second, command.values[i]);
    }
  }
  for (const std::string& other : command.others) {
    const std::size_t equals = other.find('=');
    if (equals == std::string::npos) {
      return fail(ErrorCode::query_invalid, "--arg name=value");
    }
    arguments.emplace(other.substr(0, equals), other.substr(equals + 1));
  }
  return arguments;
}

void run_query_command(const QueryCommand& command, CommandContext& context) {
  const Result<QueryArguments> arguments = arguments_of(command);
  const auto ledger = arguments ? OfflineLedger::open(command.directory, command.ledger)
                                : Result<std::unique_ptr<OfflineLedger>>(fail(arguments.error()));
  if (!ledger) {
    context.fail(ledger.error());
    return;
  }
  RoleSet auditor;
  auditor.add(Role::aud);
  const QuerySource source{(*ledger)->rows(),
                           (*ledger)->reader(),
                           catalogue(),
                           (*ledger)->ordinal(),
                           (*ledger)->head().name,
                           auditor,
                           {},
                           make_system_clock()->now()};
  const Result<Report> report = run_query(source, command.view, *arguments);
  if (!report) {
    context.fail(report.error());
    return;
  }
  const CivilZone& zone = (*ledger)->head().zone;
  context.out << (command.json ? to_json(*report, zone) + "\n"
                               : terminal::format_report(*report, zone));
}

std::string view_list() {
  std::string text = "视图 views:\n";
  for (const ViewInfo& view : views()) {
    text += "  " + std::string(view.name) + "  " + std::string(view.zh) + "  " +
            std::string(view.arguments) + "\n";
  }
  return text;
}

}  // namespace

void register_query(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<QueryCommand>();
  CLI::App* command = app.add_subcommand("query", "查询视图 / ask a view");
  command->add_option("view", arguments->view, "视图名 / name of the view")->required();
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", arguments->ledger, "卷宗名 / name of the ledger");
  for (std::size_t i = 0; i < named_arguments.size(); ++i) {
    command->add_option(named_arguments[i].first, arguments->values[i]);
  }
  command->add_option("--arg", arguments->others, "其他参数 name=value / other arguments");
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(view_list() +
                  "示例 example:\n  juanzong query occupancy --data /srv/juanzong --month 2025-03");
  command->callback([arguments, &context] { run_query_command(*arguments, context); });
}

}  // namespace juanzong::cli
