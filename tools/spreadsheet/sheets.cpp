// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/sheets.h"

#include "crypto/hex.h"

#include <string>
#include <string_view>
#include <variant>

namespace juanzong::spreadsheet {
namespace {

constexpr std::string_view money_key = "_fen";
constexpr std::string_view yuan = "(元)";

bool is_money(const Cell& cell) {
  return std::holds_alternative<Fen>(cell.value);
}

std::string numbers_of(const std::vector<RecordIndex>& records) {
  std::string text;
  for (const RecordIndex index : records) {
    text += (text.empty() ? "" : " ") + std::to_string(number(index));
  }
  return text;
}

class Summary {
 public:
  Summary()
      : table_{"summary", "概要", {{"name", "项目"}, {"value", "内容"}, {"records", "记录"}}, {}} {}

  void add(std::string_view name, Cell cell) {
    const std::string unit(is_money(cell) ? yuan : "");
    Cell records{cell.records.empty() ? CellValue() : CellValue(numbers_of(cell.records)), {}};
    table_.rows.push_back(
        {{std::string(name) + unit, {}}, {std::move(cell.value), {}}, std::move(records)});
  }
  [[nodiscard]] ReportTable take() { return std::move(table_); }

 private:
  ReportTable table_;
};

ReportTable summary_of(const Report& report, const CivilZone& zone) {
  const AsOf& as_of = report.as_of;
  const std::string instant = zone.to_text(as_of.last_recorded_at);
  Summary summary;
  summary.add("报表", {report.zh + " " + report.en, {}});
  summary.add("卷宗", {as_of.ledger, {}});
  summary.add("截至记录数", {static_cast<std::int64_t>(as_of.tree_size), {}});
  summary.add("根", {crypto::to_hex(as_of.root), {}});
  summary.add("最后记录时间", {as_of.last_recorded_at, {}});
  summary.add("时区", {"UTC" + instant.substr(instant.rfind(' ') + 1), {}});
  for (const ReportFact& fact : report.facts) {
    summary.add(fact.zh, fact.cell);
  }
  for (const std::string& note : report.notes) {
    summary.add("说明", {note, {}});
  }
  return summary.take();
}

ReportTable with_units(ReportTable table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    ReportColumn& column = table.columns[i];
    bool money = column.key.ends_with(money_key);
    for (const std::vector<Cell>& row : table.rows) {
      money = money || is_money(row[i]);
    }
    if (money) {
      column.zh += yuan;
    }
  }
  return table;
}

}  // namespace

std::vector<ReportTable> sheets_of(const Report& report, const CivilZone& zone) {
  std::vector<ReportTable> sheets{summary_of(report, zone)};
  for (const ReportTable& table : report.tables) {
    sheets.push_back(with_units(table));
  }
  return sheets;
}

}  // namespace juanzong::spreadsheet
