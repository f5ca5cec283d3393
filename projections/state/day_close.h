// SPDX-License-Identifier: Apache-2.0
// Day close (日结): what a DayClosed record says of a ledger at the end of a civil day. A pure
// function of the rows at a size of the log that lies before; it can be computed at any later time,
// by the server or by an audit from rows of its own, and is the same.
#pragma once

#include "crypto/digest.h"

#include "events/model/civil_time.h"
#include "events/model/money.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/own_request.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace juanzong {

struct DayFacts {
  CivilDate day;
  std::uint64_t size = 0;  // records stamped on that day or before
  crypto::Digest root;     // of the tree over them
  std::uint64_t streams = 0;
  crypto::Digest streams_root;  // events/log/stream_heads.h
  // Control totals: sums of the accounts of a class ("cash", "deposit", …), classes that have a
  // posting. They sum to zero.
  std::map<std::string, Fen> totals;
  bool operator==(const DayFacts&) const = default;
};

// Reads the rows in parts, so that nothing is held for long. nullopt: no record is that old, or
// there are more than `most_streams`. `before`: facts of an earlier day, if at hand; a day without
// records repeats them.
[[nodiscard]] std::optional<DayFacts> day_facts(
    const DerivedRows& rows,
    LedgerOrdinal ledger,
    CivilDate day,
    const std::optional<DayFacts>& before = std::nullopt,
    std::uint64_t most_streams = UINT64_MAX);

// The totals alone, of one snapshot.
[[nodiscard]] std::map<std::string, Fen> control_totals(const RowReader& rows,
                                                        LedgerOrdinal ledger,
                                                        std::uint64_t size);

// The day to be closed next: after the last one closed, or that of record 0. nullopt without
// records.
[[nodiscard]] std::optional<CivilDate> first_open_day(const LedgerMachine& machine,
                                                      const DerivedRows& rows);

[[nodiscard]] OwnStatement day_statement(const DayFacts& facts);
// What the body of a DayClosed says.
[[nodiscard]] DayFacts read_day(ByteView body);

}  // namespace juanzong
