// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/csv_report.h"

#include "tools/spreadsheet/sheet_text.h"
#include "tools/spreadsheet/sheets.h"

#include <string_view>

namespace juanzong::spreadsheet {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view line_end = "\r\n";

std::string as_field(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(field);
  }
  std::string text = "\"";
  for (const char each : field) {
    text += each;
    if (each == '"') {
      text += '"';
    }
  }
  return text + '"';
}

std::string field_of(const Cell& cell, const CivilZone& zone) {
  const std::string text = text_of(cell.value, zone);
  return as_field(is_text(cell.value) ? inert(text) : text);
}

void add_rows(std::string& to, const ReportTable& table, const CivilZone& zone) {
  for (const std::vector<Cell>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      to += (i == 0 ? "" : ",") + field_of(row[i], zone);
    }
    to += line_end;
  }
}

void add_headings(std::string& to, const ReportTable& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    to += (i == 0 ? "" : ",") + as_field(inert(table.columns[i].zh));
  }
  to += line_end;
}

}  // namespace

std::string csv_report(const Report& report, const CivilZone& zone) {
  std::string text(byte_order_mark);
  const std::vector<ReportTable> sheets = sheets_of(report, zone);
  add_rows(text, sheets.front(), zone);
  for (std::size_t i = 1; i < sheets.size(); ++i) {
    text += line_end;
    if (report.tables.size() > 1) {
      text += as_field(inert(sheets[i].zh)) + std::string(line_end);
    }
    add_headings(text, sheets[i]);
    add_rows(text, sheets[i], zone);
  }
  return text;
}

}  // namespace juanzong::spreadsheet
