// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal/report_text.h"

#include "crypto/hex.h"

#include "tools/terminal/grouped_number.h"
#include "tools/terminal/text_table.h"
#include "tools/terminal/text_width.h"

#include <algorithm>
#include <variant>

namespace juanzong::terminal {
namespace {

// Longer expansions are for --json.
constexpr std::size_t shown_records_max = 8;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

std::string cell_text(const CellValue& value, const CivilZone& zone) {
  return std::visit(
      Overloaded{[](std::monostate) { return std::string("—"); },
                 [](const std::string& text) { return text; },
                 [](std::int64_t number) { return grouped(number); },
                 [](bool yes) { return std::string(yes ? "是" : "否"); },
                 [](Fen amount) { return to_text(amount); },
                 [](CivilDate date) { return to_text(date); },
                 [&zone](UnixMicros at) { return zone.to_text(at); },
                 [](const CellCode& code) { return code.zh.empty() ? code.code : code.zh; }},
      value);
}

bool is_number(const CellValue& value) {
  return std::holds_alternative<Fen>(value) || std::holds_alternative<std::int64_t>(value);
}

std::string records_text(const std::vector<RecordIndex>& records) {
  if (records.empty()) {
    return {};
  }
  std::string text = "  (记录 ";
  for (std::size_t i = 0; i < std::min(records.size(), shown_records_max); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(number(records[i]));
  }
  if (records.size() > shown_records_max) {
    text += " 等 " + std::to_string(records.size()) + " 条";
  }
  return text + ")";
}

std::string facts_text(const Report& report, const CivilZone& zone) {
  std::size_t name_width = 0;
  std::size_t number_width = 0;
  for (const ReportFact& fact : report.facts) {
    name_width = std::max(name_width, text_width(fact.zh));
    if (is_number(fact.cell.value)) {
      number_width = std::max(number_width, text_width(cell_text(fact.cell.value, zone)));
    }
  }
  std::string text;
  for (const ReportFact& fact : report.facts) {
    const std::string value = cell_text(fact.cell.value, zone);
    text += "  " + pad_right(fact.zh, name_width) + "  " +
            (is_number(fact.cell.value) ? pad_left(value, number_width) : value) +
            records_text(fact.cell.records) + '\n';
  }
  return text;
}

std::string table_text(const ReportTable& table, const CivilZone& zone) {
  std::vector<TextColumn> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool numbers = std::ranges::any_of(
        table.rows, [i](const auto& row) { return i < row.size() && is_number(row[i].value); });
    columns.push_back({table.columns[i].zh, numbers ? Align::right : Align::left});
  }
  std::vector<std::vector<std::string>> rows;
  for (const std::vector<Cell>& row : table.rows) {
    std::vector<std::string>& texts = rows.emplace_back();
    std::ranges::transform(row, std::back_inserter(texts), [&zone](const Cell& cell) {
      return cell_text(cell.value, zone);
    });
  }
  return "\n" + table.zh + "\n" + format_table(columns, rows);
}

}  // namespace

std::string format_report(const Report& report, const CivilZone& zone) {
  const AsOf& as_of = report.as_of;
  std::string text = report.zh + "  " + report.en + "\n截至 as of: 卷宗 " + as_of.ledger + ", " +
                     std::to_string(as_of.tree_size) + " 条记录, 根 " +
                     crypto::to_hex(as_of.root).substr(0, 16) + ", " +
                     zone.to_text(as_of.last_recorded_at) + "\n\n";
  text += facts_text(report, zone);
  for (const ReportTable& table : report.tables) {
    text += table_text(table, zone);
  }
  for (const std::string& note : report.notes) {
    text += "\n" + note;
  }
  if (!report.next.empty()) {
    text += "\n下一页 next page: --cursor " + report.next;
  }
  return text.ends_with('\n') ? text : text + '\n';
}

}  // namespace juanzong::terminal
