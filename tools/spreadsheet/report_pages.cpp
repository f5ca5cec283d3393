// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/report_pages.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace juanzong::spreadsheet {
namespace {

bool same_columns(const ReportTable& a, const ReportTable& b) {
  return a.key == b.key &&
         std::ranges::equal(a.columns, b.columns, {}, &ReportColumn::key, &ReportColumn::key);
}

bool repeats(const ReportTable& page, const ReportTable& whole, std::size_t first_rows) {
  return page.rows.size() == first_rows &&
         std::equal(page.rows.begin(), page.rows.end(), whole.rows.begin());
}

}  // namespace

Outcome join_page(Report& whole, const std::vector<std::size_t>& first_rows, Report page) {
  if (!(page.as_of.root == whole.as_of.root && page.as_of.tree_size == whole.as_of.tree_size) ||
      !std::ranges::equal(page.tables, whole.tables, same_columns)) {
    return fail(ErrorCode::corruption, "the pages of the report do not belong together");
  }
  for (std::size_t i = 0; i < page.tables.size(); ++i) {
    ReportTable& table = page.tables[i];
    if (!repeats(table, whole.tables[i], first_rows[i])) {
      std::ranges::move(table.rows, std::back_inserter(whole.tables[i].rows));
    }
  }
  whole.next = std::move(page.next);
  return Done{};
}

std::vector<std::size_t> row_counts(const Report& report) {
  std::vector<std::size_t> counts;
  for (const ReportTable& table : report.tables) {
    counts.push_back(table.rows.size());
  }
  return counts;
}

std::size_t rows_of(const Report& report) {
  const std::vector<std::size_t> counts = row_counts(report);
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

}  // namespace juanzong::spreadsheet
