// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_world.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

#include <algorithm>

namespace juanzong {
namespace {

// Decoded states and totals kept of one kind when everything is durable; about 300 bytes each.
// Of each kind: the units of several communities with all that is open in them. What is kept costs
// memory that the growing filters of the row store need.
constexpr std::size_t cached_max = 20'000;

}  // namespace

LedgerWorld::LedgerWorld(const DerivedRows& durable,
                         LedgerOrdinal ledger,
                         const Catalogue& catalogue,
                         CivilZone zone)
    : durable_(durable), ledger_(ledger), catalogue_(catalogue), zone_(std::move(zone)) {}

LedgerWorld::StateNode& LedgerWorld::load(StateKind kind, std::string_view key) const {
  SweptCache<Entry>& cache = states_[static_cast<std::size_t>(kind)];
  if (StateNode* cached = cache.find(key, generation_)) {
    return *cached;
  }
  StateNode& node = *cache.entries.try_emplace(std::string(key)).first;
  if (const auto row = durable_.get(state_key(ledger_, kind, key))) {
    const StateType* type = catalogue_.find_state(kind);
    check(type != nullptr, "every state kind is declared by a procedure");
    node.second.box = type->decode(bytes_of(*row));
    check(node.second.box != nullptr, "a derived state row decodes");
  }
  return node;
}

const StateBox* LedgerWorld::find_box(StateKind kind, std::string_view key) const {
  return load(kind, key).second.box.get();
}

void LedgerWorld::touch(StateKind kind, StateNode& node) {
  Entry& entry = node.second;
  if (undoable_ && !undo_.contains(&node)) {
    undo_.emplace(&node, entry.box ? entry.box->clone() : nullptr);
  }
  if (!entry.changed) {
    entry.changed = true;
    changed_states_.emplace_back(kind, &node);
  }
  entry.generation = generation_;
}

StateBox& LedgerWorld::edit_box(StateKind kind,
                                std::string_view key,
                                std::unique_ptr<StateBox> (*make)()) {
  StateNode& node = load(kind, key);
  touch(kind, node);
  if (!node.second.box) {
    node.second.box = make();
  }
  return *node.second.box;
}

void LedgerWorld::erase(StateKind kind, std::string_view key) {
  StateNode& node = load(kind, key);
  touch(kind, node);
  node.second.box.reset();
}

LedgerWorld::TotalNode& LedgerWorld::load_total(PostingView view, std::string_view account) const {
  SweptCache<Total>& cache = totals_[static_cast<std::size_t>(view)];
  if (TotalNode* cached = cache.find(account, generation_)) {
    return *cached;
  }
  TotalNode& node = *cache.entries.try_emplace(std::string(account)).first;
  if (const auto row = durable_.get(account_key(ledger_, view, account))) {
    node.second.value = ByteReader(bytes_of(*row)).take_i64();
  }
  return node;
}

void LedgerWorld::post(PostingView view,
                       std::string_view account,
                       std::int64_t delta,
                       CivilDate effective) {
  TotalNode& node = load_total(view, account);
  Total& total = node.second;
  if (undoable_) {
    total_undo_.emplace_back(&node, total.value);
  }
  check(!__builtin_add_overflow(total.value, delta, &total.value), "totals stay inside 64 bits");
  if (!total.changed) {
    total.changed = true;
    changed_totals_.emplace_back(view, &node);
  }
  total.generation = generation_;
  value_.clear();
  value_.put_i64(delta).put_i64(total.value).put_i64(effective.days);
  rows_.put(posting_key(ledger_, view, account, index_, posting_sequence_++),
            text_of(value_.view()));
}

std::int64_t LedgerWorld::posted(PostingView view, std::string_view account) const {
  return load_total(view, account).second.value;
}

void LedgerWorld::put_row(std::string_view list, std::string_view key, std::string_view value) {
  value_.clear();
  value_.put(number(index_)).put(value);
  rows_.put(list_key(ledger_, list, key), text_of(value_.view()));
}

void LedgerWorld::begin_record(RecordIndex index) {
  index_ = index;
  posting_sequence_ = 0;
}

void LedgerWorld::begin_request(bool undoable) {
  undoable_ = undoable;
  undo_.clear();
  total_undo_.clear();
  rows_mark_ = rows_.size();
  changed_states_mark_ = changed_states_.size();
  changed_totals_mark_ = changed_totals_.size();
}

void LedgerWorld::roll_back_request() {
  check(undoable_ || rows_.size() == rows_mark_, "only undoable requests are rolled back");
  // What this request touched first is unchanged again: no row may tell of it.
  const auto forget = [](auto& changed, std::size_t mark) {
    for (std::size_t i = mark; i < changed.size(); ++i) {
      changed[i].second->second.changed = false;
    }
    changed.resize(mark);
  };
  forget(changed_states_, changed_states_mark_);
  forget(changed_totals_, changed_totals_mark_);
  for (auto& [node, box] : undo_) {
    node->second.box = std::move(box);
  }
  for (auto undo = total_undo_.rbegin(); undo != total_undo_.rend(); ++undo) {
    undo->first->second.value = undo->second;
  }
  rows_.truncate(rows_mark_);
  undo_.clear();
  total_undo_.clear();
}

void LedgerWorld::drain(RowBatch& rows, std::uint64_t generation) {
  rows.append(std::move(rows_));
  for (const auto& [kind, node] : changed_states_) {
    Entry& entry = node->second;
    entry.changed = false;
    if (entry.box) {
      value_.clear();
      entry.box->encode(value_);
      rows.put(state_key(ledger_, kind, node->first), text_of(value_.view()));
    } else {
      rows.erase(state_key(ledger_, kind, node->first));
    }
  }
  changed_states_.clear();
  for (const auto& [view, node] : changed_totals_) {
    node->second.changed = false;
    value_.clear();
    value_.put_i64(node->second.value);
    rows.put(account_key(ledger_, view, node->first), text_of(value_.view()));
  }
  changed_totals_.clear();
  undo_.clear();
  total_undo_.clear();
  generation_ = generation + 1;
}

void LedgerWorld::durable(std::uint64_t generation) {
  const auto sweep = [generation](auto& cache) { cache.sweep(cached_max, generation); };
  std::ranges::for_each(states_, sweep);
  std::ranges::for_each(totals_, sweep);
}

}  // namespace juanzong
