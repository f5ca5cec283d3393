// SPDX-License-Identifier: Apache-2.0
// `juanzong simulate`: a community's years in a new data directory, for demonstrations, load tests
// and audits. All its keys come from the seed: nobody may take such a ledger for a real one, so its
// origin starts with "test.".
#include "tools/juanzong/command.h"
#include "tools/juanzong/new_simulation.h"
#include "tools/simulate/simulation.h"
#include "tools/terminal/grouped_number.h"
#include "tools/terminal/progress_bar.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

namespace json = boost::json;
using terminal::Align;

constexpr std::uint64_t days_a_month = 30;  // of the progress bar

struct SimulateArguments {
  std::string out;
  simulate::SimulationOptions options;
  bool as_json = false;
};

json::object counts_json(const std::map<std::string, std::uint64_t>& counts) {
  json::object object;
  for (const auto& [name, count] : counts) {
    object[name] = count;
  }
  return object;
}

json::object month_json(const simulate::MonthEnd& end) {
  json::object object{{"month", to_text(end.month)}, {"records", end.records}};
  for (const simulate::MonthEndCheck& check : end.checks) {
    object[check.name] = json::object{{"booked_fen", check.booked_fen},
                                      {"states_fen", check.states_fen},
                                      {"accounts_fen", check.accounts_fen},
                                      {"balanced", check.balanced}};
  }
  return object;
}

std::string summary_json(const simulate::Summary& summary, const std::string& verifier_key) {
  json::array months;
  for (const simulate::MonthEnd& end : summary.months) {
    months.push_back(month_json(end));
  }
  return json::serialize(json::object{{"seed", summary.seed},
                                      {"units", summary.units},
                                      {"from", to_text(summary.from)},
                                      {"to", to_text(summary.to)},
                                      {"records", summary.records},
                                      {"root", summary.root},
                                      {"verifier_key", verifier_key},
                                      {"accepted", counts_json(summary.counts.accepted)},
                                      {"refused", counts_json(summary.counts.refused)},
                                      {"months", std::move(months)},
                                      {"balanced", summary.balanced()}});
}

std::string counts_table(std::string_view title,
                         const std::map<std::string, std::uint64_t>& counts) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, count] : counts) {
    rows.push_back({name, terminal::grouped(count)});
  }
  return terminal::format_table({{std::string(title)}, {"次数 count", Align::right}}, rows);
}

std::string months_table(const simulate::Summary& summary) {
  std::vector<terminal::TextColumn> columns = {{"月末 month"}, {"记录 records", Align::right}};
  for (const std::string_view title : {"在押 deposits", "应收 receivables", "现金 cash"}) {
    columns.push_back({std::string(title), Align::right});
  }
  columns.push_back({"三方一致 agree"});
  std::vector<std::vector<std::string>> rows;
  for (const simulate::MonthEnd& end : summary.months) {
    std::vector<std::string> row = {to_text(end.month), terminal::grouped(end.records)};
    for (const simulate::MonthEndCheck& check : end.checks) {
      row.push_back(to_text(Fen{check.booked_fen}));
    }
    row.emplace_back(end.balanced() ? "是 yes" : "否 NO");
    rows.push_back(std::move(row));
  }
  return terminal::format_table(columns, rows);
}

void print_summary(const simulate::Summary& summary,
                   const std::string& verifier_key,
                   std::ostream& out) {
  out << counts_table("接受的事项 accepted", summary.counts.accepted) << "\n"
      << counts_table("按规则拒绝 refused by", summary.counts.refused) << "\n"
      << months_table(summary) << "\n"
      << to_text(summary.from) << " … " << to_text(summary.to) << ",房屋 units "
      << terminal::grouped(std::uint64_t{summary.units}) << ",记录 records "
      << terminal::grouped(summary.records) << ",seed " << summary.seed << "\nroot " << summary.root
      << "\nvkey " << verifier_key << "\n";
}

void fail_simulation(const Error& error, CommandContext& context) {
  if (error.code != ErrorCode::not_permitted) {
    context.fail(error);
    return;
  }
  context.err
      << "规则的判断与模拟的预期不同,模拟停止;请核对该规则与该事项的脚本:\n"
      << "the rules judged otherwise than the simulation expects; look at the rule and at the "
         "event's script:\n"
      << error.detail << "\n";
  context.exit_code = ExitCode::verification_failed;
}

void run_simulate(SimulateArguments& arguments, CommandContext& context) {
  arguments.options.data = arguments.out;
  const Result<std::string> key = found_simulation(arguments.out, arguments.options.seed);
  if (!key) {
    context.fail(key.error());
    return;
  }
  context.err << "模拟卷宗:所有密钥都由种子推出,不能作为任何真实事实的证据。\n"
              << "a simulated ledger: its keys follow from the seed; it proves nothing real.\n";
  Result<simulate::Summary> summary(fail(ErrorCode::environment));
  {
    terminal::ProgressBar bar("模拟(天) simulating (days)",
                              static_cast<std::uint64_t>(arguments.options.months) * days_a_month);
    arguments.options.progress = [&bar](std::uint64_t days, std::uint64_t) { bar.update(days); };
    summary = simulate::simulate(arguments.options);
  }
  if (!summary) {
    fail_simulation(summary.error(), context);
    return;
  }
  if (arguments.as_json) {
    context.out << summary_json(*summary, *key) << "\n";
  } else {
    print_summary(*summary, *key, context.out);
  }
  context.exit_code = summary->balanced() ? ExitCode::done : ExitCode::verification_failed;
}

}  // namespace

void register_simulate(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<SimulateArguments>();
  CLI::App* command = app.add_subcommand(
      "simulate", "模拟小区的若干年:演示、压力、审计用 / a simulated community's years");
  command->add_option("--out", arguments->out, "新数据目录,须不存在 / must not exist")->required();
  command->add_option("--units", arguments->options.units, "房屋数 / units")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("--months", arguments->options.months, "月数 / months")
      ->check(CLI::Range(1, 1'200))
      ->capture_default_str();
  command
      ->add_option("--seed", arguments->options.seed, "种子,同种子同卷宗 / same seed, same records")
      ->capture_default_str();
  command->add_option("--records-to",
                      arguments->options.records_to,
                      "逐月继续,直到至少这么多记录 / month by month until so many records");
  command->add_flag("--json", arguments->as_json, "JSON");
  command->footer(
      "示例 example:\n  juanzong simulate --out ./simulated --units 1200 --months 12 --seed 7");
  command->callback([arguments, &context] { run_simulate(*arguments, context); });
}

}  // namespace juanzong::cli
