// SPDX-License-Identifier: Apache-2.0
#include "projections/state/snapshot_world.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

namespace juanzong {

SnapshotWorld::SnapshotWorld(const RowReader& rows,
                             LedgerOrdinal ledger,
                             const Catalogue& catalogue,
                             CivilZone zone)
    : rows_(rows), ledger_(ledger), catalogue_(catalogue), zone_(std::move(zone)) {}

const StateBox* SnapshotWorld::find_box(StateKind kind, std::string_view key) const {
  const auto [found, is_new] = decoded_.try_emplace({kind, std::string(key)});
  if (is_new) {
    if (const auto row = rows_.get(state_key(ledger_, kind, key))) {
      const StateType* type = catalogue_.find_state(kind);
      check(type != nullptr, "every state kind is declared by a procedure");
      found->second = type->decode(bytes_of(*row));
    }
  }
  return found->second.get();
}

std::int64_t SnapshotWorld::posted(PostingView view, std::string_view account) const {
  const auto row = rows_.get(account_key(ledger_, view, account));
  return row ? ByteReader(bytes_of(*row)).take_i64() : 0;
}

std::int64_t SnapshotWorld::posted_as_of(PostingView view,
                                         std::string_view account,
                                         RecordIndex upto) const {
  return total_at(rows_, ledger_, view, account, upto).value_or(0);
}

std::optional<std::int64_t> total_at(const RowReader& rows,
                                     LedgerOrdinal ledger,
                                     PostingView view,
                                     std::string_view account,
                                     RecordIndex upto) {
  const auto row = rows.last_at_most(posting_prefix(ledger, view, account),
                                     posting_key(ledger, view, account, upto, 0xFFFF));
  if (!row) {
    return std::nullopt;
  }
  ByteReader in(bytes_of(row->second));
  in.take_i64();
  return in.take_i64();
}

}  // namespace juanzong
