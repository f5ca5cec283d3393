// SPDX-License-Identifier: Apache-2.0
// LedgerWorld: the writer's world. States are decoded once and cached; changes of a batch stay in
// the cache until their rows are durable (generations), so that the next batch is decided on them.
// A refused request is rolled back; a batch whose outcome is not ok drops the whole cache.
#pragma once

#include "events/procedures/catalogue.h"
#include "events/procedures/world.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/text_map.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace juanzong {

class LedgerWorld final : public WorldChange {
 public:
  LedgerWorld(const DerivedRows& durable,
              LedgerOrdinal ledger,
              const Catalogue& catalogue,
              CivilZone zone);

  [[nodiscard]] const CivilZone& zone() const override { return zone_; }
  void set_zone(CivilZone zone) { zone_ = std::move(zone); }

  void erase(StateKind kind, std::string_view key) override;
  void post(PostingView view,
            std::string_view account,
            std::int64_t delta,
            CivilDate effective) override;
  [[nodiscard]] std::int64_t posted(PostingView view, std::string_view account) const override;
  void put_row(std::string_view list, std::string_view key, std::string_view value) override;

  // The record whose event is applied next: postings and list rows carry its index.
  void begin_record(RecordIndex index);
  // A request of several statements remembers what it changes, so that a refusal of a later
  // statement can undo the earlier ones.
  void begin_request(bool undoable);
  void roll_back_request();

  // Moves the changed rows out; they stay readable here until durable().
  void drain(RowBatch& rows, std::uint64_t generation);
  void durable(std::uint64_t generation);

 private:
  // Nodes of the maps never move, so pointers to them stay valid until they are evicted, and only
  // unchanged ones are.
  struct Entry {
    std::unique_ptr<StateBox> box;  // null: there is no such state
    std::uint64_t generation = 0;   // of the last change
    bool changed = false;
    bool used = false;  // since the last sweep
  };
  struct Total {
    std::int64_t value = 0;
    std::uint64_t generation = 0;
    bool changed = false;
    bool used = false;
  };
  using StateNode = TextMap<Entry>::value_type;
  using TotalNode = TextMap<Total>::value_type;
  // A kind is one byte: every value has its place, also of kinds to come.
  static constexpr std::size_t kinds = std::size_t{1} << (8 * sizeof(StateKind));
  static constexpr std::size_t posting_views = 4;

  [[nodiscard]] const StateBox* find_box(StateKind kind, std::string_view key) const override;
  StateBox& edit_box(StateKind kind,
                     std::string_view key,
                     std::unique_ptr<StateBox> (*make)()) override;
  StateNode& load(StateKind kind, std::string_view key) const;
  void touch(StateKind kind, StateNode& node);
  [[nodiscard]] TotalNode& load_total(PostingView view, std::string_view account) const;

  const DerivedRows& durable_;
  LedgerOrdinal ledger_;
  const Catalogue& catalogue_;
  CivilZone zone_;
  mutable std::array<SweptCache<Entry>, kinds> states_;          // by kind
  mutable std::array<SweptCache<Total>, posting_views> totals_;  // by view
  std::vector<std::pair<StateKind, StateNode*>> changed_states_;
  std::vector<std::pair<PostingView, TotalNode*>> changed_totals_;
  RowBatch rows_;     // postings and list rows, in order
  ByteWriter value_;  // of the row being written
  // Before the request: states by node, totals in order of change.
  std::unordered_map<StateNode*, std::unique_ptr<StateBox>> undo_;
  std::vector<std::pair<TotalNode*, std::int64_t>> total_undo_;
  std::size_t rows_mark_ = 0;
  std::size_t changed_states_mark_ = 0;
  std::size_t changed_totals_mark_ = 0;
  bool undoable_ = false;
  RecordIndex index_{};
  std::uint16_t posting_sequence_ = 0;
  std::uint64_t generation_ = 1;
};

}  // namespace juanzong
