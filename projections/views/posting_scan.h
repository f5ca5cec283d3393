// SPDX-License-Identifier: Apache-2.0
// Postings at the moment of a view: totals by account, and the records that a total was summed
// from. The one mechanism for money and counts, live and as of an index.
#pragma once

#include "projections/views/report_builder.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct PostingRow {
  RecordIndex index{};
  std::uint16_t sequence = 0;
  std::int64_t delta = 0;
  std::int64_t total = 0;  // running, after this posting
  CivilDate effective;
};

struct AccountTotal {
  std::string account;
  std::int64_t total = 0;
};

// Postings of an account up to the moment, ascending, until the visitor says false.
void scan_postings(const ViewContext& context,
                   PostingView view,
                   std::string_view account,
                   const std::function<bool(const PostingRow&)>& visitor);
[[nodiscard]] std::int64_t total_of(const ViewContext& context,
                                    PostingView view,
                                    std::string_view account);
[[nodiscard]] Records postings_of(const ViewContext& context,
                                  PostingView view,
                                  std::string_view account);
// Accounts that start so and have a posting up to the moment, ascending.
[[nodiscard]] std::vector<AccountTotal> accounts_of(const ViewContext& context,
                                                    PostingView view,
                                                    std::string_view prefix);
[[nodiscard]] Fen sum_of(const std::vector<AccountTotal>& accounts);

}  // namespace juanzong
