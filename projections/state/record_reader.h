// SPDX-License-Identifier: Apache-2.0
// Reading one ledger's records through the derived locators: by index, by stream, with openings
// and proofs. Every answer is of one snapshot; bytes come from the journal and are checked there.
#pragma once

#include "events/log/frame.h"
#include "events/log/journal.h"
#include "events/model/result.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/ledger_head.h"
#include "projections/state/log_index.h"
#include "projections/state/log_rows.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace juanzong {

class RecordReader {
 public:
  RecordReader(const RowReader& rows, const Journal& journal, LedgerOrdinal ledger);

  [[nodiscard]] Result<LedgerHead> head() const;
  // The stored bytes of one record; not_found past the end.
  [[nodiscard]] Result<Bytes> record(RecordIndex index) const;
  // Records from..to (exclusive), at most `count`; reads each chunk once.
  [[nodiscard]] Result<std::vector<Bytes>> records(RecordIndex from, std::size_t count) const;
  // Indexes of a stream's records, ascending; empty for an unknown stream.
  [[nodiscard]] std::vector<RecordIndex> stream(std::string_view name) const;
  [[nodiscard]] StreamHead stream_head(std::string_view name) const {
    return log_.stream_head(name);
  }
  // Sealed openings of a record.
  [[nodiscard]] Result<std::vector<SealedOpening>> openings(RecordIndex index) const;
  // The last record of the civil day or before it; no_index if none. As-of by date.
  [[nodiscard]] RecordIndex last_of_day(CivilDate day) const { return log_.last_of_day(day); }

  // Leaf hash from the tiles.
  [[nodiscard]] Result<crypto::Digest> leaf(RecordIndex index) const;
  // A tile's hashes (level, number), width of them; not_found if the tree has not that many.
  [[nodiscard]] Result<std::string> tile(std::uint8_t level,
                                         std::uint64_t number,
                                         std::size_t width) const {
    return log_.tile(level, number, width);
  }
  [[nodiscard]] Result<std::vector<crypto::Digest>> inclusion_proof(RecordIndex index,
                                                                    std::uint64_t size) const;
  [[nodiscard]] Result<std::vector<crypto::Digest>> consistency_proof(std::uint64_t old_size,
                                                                      std::uint64_t new_size) const;
  // Root of the first `size` records.
  [[nodiscard]] Result<crypto::Digest> root(std::uint64_t size) const;

  // The same rows, for what needs no record.
  [[nodiscard]] const LogRows& log() const { return log_; }

 private:
  const RowReader& rows_;
  LogRows log_;
  const Journal& journal_;
  LedgerOrdinal ledger_;
};

}  // namespace juanzong
