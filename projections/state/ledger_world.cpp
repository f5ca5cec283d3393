// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_world.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

#include <algorithm>

namespace juanzong {
namespace {

// Decoded states kept when everything is durable; about 300 bytes each.
constexpr std::size_t states_cached_max = 100'000;

std::string i64_row(std::initializer_list<std::int64_t> values) {
  ByteWriter out;
  for (const std::int64_t value : values) {
    out.put_i64(value);
  }
  return std::string(text_of(out.view()));
}

}  // namespace

LedgerWorld::LedgerWorld(const DerivedRows& durable,
                         LedgerOrdinal ledger,
                         const Catalogue& catalogue,
                         CivilZone zone)
    : durable_(durable), ledger_(ledger), catalogue_(catalogue), zone_(std::move(zone)) {}

LedgerWorld::Entry& LedgerWorld::load(StateKind kind, std::string_view key) const {
  const auto [found, is_new] = states_.try_emplace(state_key(ledger_, kind, key));
  Entry& entry = found->second;
  if (is_new) {
    if (const auto row = durable_.get(found->first)) {
      const StateType* type = catalogue_.find_state(kind);
      check(type != nullptr, "every state kind is declared by a procedure");
      entry.box = type->decode(bytes_of(*row));
      check(entry.box != nullptr, "a derived state row decodes");
    }
  }
  return entry;
}

const StateBox* LedgerWorld::find_box(StateKind kind, std::string_view key) const {
  return load(kind, key).box.get();
}

void LedgerWorld::touch(const std::string& key, Entry& entry) {
  if (undoable_ && !undo_.contains(key)) {
    undo_.emplace(key, entry.box ? entry.box->clone() : nullptr);
  }
  if (!entry.changed) {
    entry.changed = true;
    changed_states_.push_back(key);
  }
  entry.generation = generation_;
}

StateBox& LedgerWorld::edit_box(StateKind kind,
                                std::string_view key,
                                std::unique_ptr<StateBox> (*make)()) {
  Entry& entry = load(kind, key);
  touch(state_key(ledger_, kind, key), entry);
  if (!entry.box) {
    entry.box = make();
  }
  return *entry.box;
}

void LedgerWorld::erase(StateKind kind, std::string_view key) {
  Entry& entry = load(kind, key);
  touch(state_key(ledger_, kind, key), entry);
  entry.box.reset();
}

LedgerWorld::Total& LedgerWorld::load_total(const std::string& key) const {
  const auto [found, is_new] = totals_.try_emplace(key);
  if (is_new) {
    if (const auto row = durable_.get(key)) {
      found->second.value = ByteReader(bytes_of(*row)).take_i64();
    }
  }
  return found->second;
}

void LedgerWorld::post(PostingView view,
                       std::string_view account,
                       std::int64_t delta,
                       CivilDate effective) {
  const std::string key = account_key(ledger_, view, account);
  Total& total = load_total(key);
  if (undoable_) {
    total_undo_.push_back({key, total});
  }
  check(!__builtin_add_overflow(total.value, delta, &total.value), "totals stay inside 64 bits");
  if (!total.changed) {
    total.changed = true;
    changed_totals_.push_back(key);
  }
  total.generation = generation_;
  rows_.emplace_back(posting_key(ledger_, view, account, index_, posting_sequence_++),
                     i64_row({delta, total.value, effective.days}));
}

std::int64_t LedgerWorld::posted(PostingView view, std::string_view account) const {
  return load_total(account_key(ledger_, view, account)).value;
}

void LedgerWorld::put_row(std::string_view list, std::string_view key, std::string_view value) {
  ByteWriter out;
  out.put(number(index_)).put(value);
  rows_.emplace_back(list_key(ledger_, list, key), std::string(text_of(out.view())));
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
}

void LedgerWorld::roll_back_request() {
  check(undoable_ || (rows_.size() == rows_mark_), "only undoable requests are rolled back");
  // A state that this request touched first stays listed as changed: its row is written again with
  // the value it had, which is harmless.
  for (auto& [key, box] : undo_) {
    states_.at(key).box = std::move(box);
  }
  for (auto undo = total_undo_.rbegin(); undo != total_undo_.rend(); ++undo) {
    totals_.at(undo->key).value = undo->total.value;
  }
  rows_.resize(rows_mark_);
  undo_.clear();
  total_undo_.clear();
}

void LedgerWorld::drain(std::vector<RowChange>& rows, std::uint64_t generation) {
  std::ranges::move(rows_, std::back_inserter(rows));
  rows_.clear();
  for (const std::string& key : changed_states_) {
    Entry& entry = states_.at(key);
    entry.changed = false;
    if (entry.box) {
      rows.emplace_back(key, std::string(text_of(ByteView(entry.box->encode()))));
    } else {
      rows.emplace_back(key, std::nullopt);
    }
  }
  changed_states_.clear();
  for (const std::string& key : changed_totals_) {
    Total& total = totals_.at(key);
    total.changed = false;
    rows.emplace_back(key, i64_row({total.value}));
  }
  changed_totals_.clear();
  generation_ = generation + 1;
}

void LedgerWorld::durable(std::uint64_t generation) {
  const auto evictable = [generation](const auto& cached) {
    return !cached.second.changed && cached.second.generation <= generation;
  };
  if (states_.size() > states_cached_max) {
    std::erase_if(states_, evictable);
  }
  if (totals_.size() > states_cached_max) {
    std::erase_if(totals_, evictable);
  }
}

}  // namespace juanzong
