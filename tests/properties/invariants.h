// SPDX-License-Identifier: Apache-2.0
// What must hold of any ledger at any index.
#pragma once

#include "tests/support/test_ledger.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace juanzong::testing {

using Totals = std::map<std::string, std::int64_t>;

// Every account of a view with its total now.
[[nodiscard]] Totals totals(const DerivedRows& rows, PostingView view);
[[nodiscard]] std::int64_t sum_of(const Totals& totals, std::string_view prefix = "");
// The same as of an earlier record, from the postings alone.
[[nodiscard]] Totals totals_as_of(const DerivedRows& rows, PostingView view, RecordIndex upto);

// The record's bytes are what encoding its parsed parts gives, and the tree holds them.
void expect_record_stands(TestLedger& ledger, RecordIndex index);
// Folding the journal from the start gives every row that the writer gave, byte by byte.
void expect_replay_gives_the_same_rows(TestLedger& ledger);

}  // namespace juanzong::testing
