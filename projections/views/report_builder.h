// SPDX-License-Identifier: Apache-2.0
// Building reports: cells, tables row by row, facts. A key stands in a report once, and a row has
// as many cells as its table has columns; both are our own mistakes if not.
#pragma once

#include "events/model/check.h"

#include "projections/views/view_context.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace juanzong {

using Records = std::vector<RecordIndex>;

[[nodiscard]] inline CellValue cell_text(std::string_view text) {
  return text.empty() ? CellValue() : CellValue(std::string(text));
}
[[nodiscard]] inline CellValue cell_count(std::size_t count) {
  return static_cast<std::int64_t>(count);
}
[[nodiscard]] inline CellValue cell_index(RecordIndex index) {
  return static_cast<std::int64_t>(number(index));
}
[[nodiscard]] inline CellValue cell_code(std::string_view code, std::string_view zh) {
  return CellCode{std::string(code), std::string(zh)};
}
template <class T>
[[nodiscard]] CellValue cell_maybe(const std::optional<T>& value) {
  return value ? CellValue(*value) : CellValue();
}
[[nodiscard]] inline Records records_of(const std::optional<RecordIndex>& index) {
  return index ? Records{*index} : Records{};
}

class TableBuilder {
 public:
  TableBuilder(std::string_view key, std::string_view zh, std::vector<ReportColumn> columns)
      : table_{std::string(key), std::string(zh), std::move(columns), {}} {}

  TableBuilder& row() {
    check_full();
    table_.rows.emplace_back();
    return *this;
  }
  TableBuilder& add(CellValue value, Records records = {}) {
    table_.rows.back().push_back({std::move(value), std::move(records)});
    return *this;
  }
  [[nodiscard]] ReportTable take() {
    check_full();
    return std::move(table_);
  }

 private:
  void check_full() const {
    check(table_.rows.empty() || table_.rows.back().size() == table_.columns.size(),
          "a row has a cell for every column");
  }
  ReportTable table_;
};

class ReportBuilder {
 public:
  explicit ReportBuilder(const ViewContext& context) { report_.as_of = context.moment().as_of; }

  ReportBuilder& fact(std::string_view key,
                      std::string_view zh,
                      CellValue value,
                      Records records = {}) {
    report_.facts.push_back(
        {std::string(key), std::string(zh), {std::move(value), std::move(records)}});
    return *this;
  }
  ReportBuilder& table(ReportTable table) {
    report_.tables.push_back(std::move(table));
    return *this;
  }
  ReportBuilder& table(TableBuilder& table) {
    report_.tables.push_back(table.take());
    return *this;
  }
  ReportBuilder& note(std::string_view zh, std::string_view en) {
    report_.notes.emplace_back(zh);
    report_.notes.emplace_back(en);
    return *this;
  }
  ReportBuilder& next(std::string cursor) {
    report_.next = std::move(cursor);
    return *this;
  }
  [[nodiscard]] Report take() { return std::move(report_); }

 private:
  Report report_;  // view and titles are filled in by run_query
};

}  // namespace juanzong
