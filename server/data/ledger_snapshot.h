// SPDX-License-Identifier: Apache-2.0
// LedgerSnapshot: one ledger as it stands at one moment, to answer one question from. Publishing
// waits while one lives, so a server keeps it short. Rows and journal outlive it.
#pragma once

#include "events/log/journal.h"
#include "events/model/result.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/ledger_head.h"
#include "projections/state/record_reader.h"

#include <memory>
#include <string_view>

namespace juanzong {

class LedgerSnapshot {
 public:
  // `name`: "" for the only ledger. unknown_ledger, ledger_not_named.
  [[nodiscard]] static Result<LedgerSnapshot> take(const DerivedRows& rows,
                                                   const Journal& journal,
                                                   std::string_view name);
  [[nodiscard]] static Result<LedgerSnapshot> take(const DerivedRows& rows,
                                                   const Journal& journal,
                                                   LedgerOrdinal ordinal);

  [[nodiscard]] const RowReader& rows() const { return *rows_; }
  [[nodiscard]] LedgerOrdinal ordinal() const { return ordinal_; }
  [[nodiscard]] const RecordReader& reader() const { return reader_; }
  [[nodiscard]] const LedgerHead& head() const { return head_; }

 private:
  using Rows = std::unique_ptr<const DerivedRows::Snapshot>;

  LedgerSnapshot(Rows rows, LedgerOrdinal ordinal, const RecordReader& reader, LedgerHead head);
  [[nodiscard]] static Result<LedgerSnapshot> read(Rows rows,
                                                   const Journal& journal,
                                                   LedgerOrdinal ordinal);

  Rows rows_;  // behind a pointer, so that the reader's reference stays true when this moves
  LedgerOrdinal ordinal_;
  RecordReader reader_;
  LedgerHead head_;
};

}  // namespace juanzong
