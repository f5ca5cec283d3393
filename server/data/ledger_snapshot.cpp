// SPDX-License-Identifier: Apache-2.0
#include "server/data/ledger_snapshot.h"

#include "projections/state/ledger_list.h"

#include <utility>

namespace juanzong {

LedgerSnapshot::LedgerSnapshot(Rows rows,
                               LedgerOrdinal ordinal,
                               const RecordReader& reader,
                               LedgerHead head)
    : rows_(std::move(rows)), ordinal_(ordinal), reader_(reader), head_(std::move(head)) {}

Result<LedgerSnapshot> LedgerSnapshot::take(const DerivedRows& rows,
                                            const Journal& journal,
                                            std::string_view name) {
  auto snapshot = std::make_unique<const DerivedRows::Snapshot>(rows);
  const Result<LedgerOrdinal> ordinal = find_ledger(*snapshot, name);
  return ordinal ? read(std::move(snapshot), journal, *ordinal)
                 : Result<LedgerSnapshot>(fail(ordinal.error()));
}

Result<LedgerSnapshot> LedgerSnapshot::take(const DerivedRows& rows,
                                            const Journal& journal,
                                            LedgerOrdinal ordinal) {
  return read(std::make_unique<const DerivedRows::Snapshot>(rows), journal, ordinal);
}

Result<LedgerSnapshot> LedgerSnapshot::read(Rows rows,
                                            const Journal& journal,
                                            LedgerOrdinal ordinal) {
  const RecordReader reader(*rows, journal, ordinal);
  Result<LedgerHead> head = reader.head();
  if (!head) {
    return fail(head.error());
  }
  return LedgerSnapshot(std::move(rows), ordinal, reader, std::move(*head));
}

}  // namespace juanzong
