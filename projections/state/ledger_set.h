// SPDX-License-Identifier: Apache-2.0
// LedgerSet: all ledgers of a data directory, brought up to the journal's durable head on open.
// The derived rows carry the position they stand for; what follows it is folded again, so a crash
// costs time and nothing else. Owned by the writer thread after open().
//
// A ledger whose rules or projections break an invariant of their own stops: its machine is not
// asked any more, the others go on. If that happens while catching up, its rows stay behind the
// position that all ledgers share; the rows then say that they are to be rebuilt at the next open.
#pragma once

#include "events/log/journal.h"
#include "events/procedures/catalogue.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/ledger_machine.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Whether the rows are of this journal, so that they can be caught up. Rows that say more than the
// journal holds, or whose last frame is not the journal's, are of another history and are rebuilt.
[[nodiscard]] bool rows_fit(const DerivedRows& rows, const Journal& journal);

class LedgerSet {
 public:
  // Called now and then with records folded so far.
  using Progress = std::function<void(std::uint64_t records)>;
  // Called after each publish, so that a materialiser can keep the overlay bounded.
  using Published = std::function<void()>;

  LedgerSet(DerivedRows& rows, const Catalogue& catalogue);

  // Folds the frames after the rows' position. corruption names position and index.
  [[nodiscard]] Outcome catch_up(const Journal& journal,
                                 const Progress& progress,
                                 const Published& published);

  [[nodiscard]] LedgerMachine* find(std::string_view name);
  // A new ledger, not yet in the journal; its first request must be a genesis.
  LedgerMachine& create(const LedgerId& id);
  [[nodiscard]] std::vector<const LedgerMachine*> all() const;
  // Those that have not stopped.
  [[nodiscard]] std::vector<LedgerMachine*> running();
  void stop(const LedgerMachine& machine) { stopped_.insert(&machine); }
  [[nodiscard]] bool is_stopped(const LedgerMachine& machine) const {
    return stopped_.contains(&machine);
  }
  // What broke in a ledger while catching up, by its name.
  [[nodiscard]] const std::map<std::string, std::string>& broken() const { return broken_; }
  // The newest recorded_at of all ledgers, to hold a clock against: a community in which nothing
  // happened for long says nothing about it. nullopt without records.
  [[nodiscard]] std::optional<UnixMicros> newest_recorded_at() const;

  // Rows of everything since the last call, and where the frame's chunks lie.
  [[nodiscard]] RowBatch drain(const Frame& frame, std::uint64_t generation);
  void durable(std::uint64_t generation);

 private:
  [[nodiscard]] LedgerMachine& machine_of(const LedgerId& id);
  void locate(const Frame& frame, RowBatch& rows) const;
  [[nodiscard]] Outcome fold(const Frame& frame, std::uint64_t& records);
  [[nodiscard]] Outcome fold_batch(const Frame& frame,
                                   const BatchHead& batch,
                                   LedgerMachine& machine,
                                   std::uint64_t& records);
  void drain_machines(RowBatch& rows, std::uint64_t generation);
  void put_position(RowBatch& rows) const;

  DerivedRows& rows_;
  const Catalogue& catalogue_;
  std::map<LedgerId, std::unique_ptr<LedgerMachine>> machines_;
  std::set<const LedgerMachine*> stopped_;
  std::map<std::string, std::string> broken_;
  std::uint64_t next_position_ = 0;
  crypto::Digest tip_;
};

}  // namespace juanzong
