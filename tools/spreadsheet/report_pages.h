// SPDX-License-Identifier: Apache-2.0
// One report from the pages of a paged view. All pages must rest on the same records.
#pragma once

#include "events/model/result.h"

#include "projections/views/report.h"

#include <cstddef>

namespace juanzong::spreadsheet {

// Rows of `page` join the tables of `whole`; `whole.next` becomes that of `page`. Only the list is
// paged: a table which the page repeats as it stood on the first page belongs to the whole report
// and stays as it is. `first_rows` holds the number of rows that each table had on the first page.
// corruption: the page is of other records or has other tables.
[[nodiscard]] Outcome join_page(Report& whole,
                                const std::vector<std::size_t>& first_rows,
                                Report page);

[[nodiscard]] std::vector<std::size_t> row_counts(const Report& report);
[[nodiscard]] std::size_t rows_of(const Report& report);

}  // namespace juanzong::spreadsheet
