// SPDX-License-Identifier: Apache-2.0
// LogRows: what the derived rows say about the log itself, without reading a record: hashes of the
// tree, days, heads of streams, now and as of an earlier size. Streams, tiles and days are only
// added to, so every earlier size can be answered from any later state.
#pragma once

#include "crypto/digest.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/log_index.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// How many heads are read from one snapshot: publishing waits while one lives (some milliseconds).
inline constexpr std::size_t heads_in_part = 5'000;

class LogRows {
 public:
  LogRows(const RowReader& rows, LedgerOrdinal ledger) : rows_(rows), ledger_(ledger) {}

  // The last record of the civil day or before it; no_index if none.
  [[nodiscard]] RecordIndex last_of_day(CivilDate day) const;
  // Of record 0.
  [[nodiscard]] std::optional<CivilDate> first_day() const;

  // A tile's hashes (level, number), width of them; not_found if the tree has not that many.
  [[nodiscard]] Result<std::string> tile(std::uint8_t level,
                                         std::uint64_t number,
                                         std::size_t width) const;
  // Of a complete subtree of 2^level leaves of the stored tree.
  [[nodiscard]] crypto::Digest subtree(unsigned level, std::uint64_t index) const;
  // Root of the first `size` records, all of which are stored.
  [[nodiscard]] crypto::Digest root(std::uint64_t size) const;

  [[nodiscard]] StreamHead stream_head(std::string_view name) const;
  // Version 0 if the stream has no record before `size`.
  [[nodiscard]] StreamHead stream_head_at(std::string_view name, std::uint64_t size) const;
  // Heads as of `size` in the order of their names, from the first name after `after`, at most
  // `most` rows: streams that begin later are passed over. Returns the last name looked at; empty
  // at the end.
  using HeadVisitor = std::function<void(std::string_view name, const StreamHead& head)>;
  [[nodiscard]] std::string scan_heads(std::string_view after,
                                       std::uint64_t size,
                                       std::size_t most,
                                       const HeadVisitor& visitor) const;

 private:
  [[nodiscard]] StreamHead head_at(std::string_view name,
                                   std::string_view row,
                                   std::uint64_t size) const;

  const RowReader& rows_;
  LedgerOrdinal ledger_;
};

}  // namespace juanzong
