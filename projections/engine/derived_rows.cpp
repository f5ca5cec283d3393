// SPDX-License-Identifier: Apache-2.0
#include "projections/engine/derived_rows.h"

#include "events/model/check.h"

#include "projections/engine/row_keys.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <map>
#include <memory_resource>
#include <mutex>

namespace juanzong {
namespace {

bool is_scanned(std::string_view key) {
  switch (static_cast<Table>(key.front())) {
    case Table::locator:
    case Table::posting:
    case Table::account:
    case Table::list:
    case Table::day:
    case Table::ledger_head:
      return true;
    default:
      return false;
  }
}

// Changed with every record and listed seldom: hashed in the overlay, sorted for a scan. Whoever
// scans in parts pays for the overlay in each.
bool is_sorted_on_demand(std::string_view key) {
  const auto table = static_cast<Table>(key.front());
  return table == Table::state || table == Table::stream_head;
}

using Value = std::optional<std::string_view>;
std::optional<std::string> owned(const Value& value) {
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

using Ordered = std::pmr::map<std::string_view, Value>;

template <class Points>
Ordered sorted_range(const Points& points, std::string_view from, std::string_view to) {
  Ordered sorted;
  for (const auto& [key, value] : points) {
    if (key >= from && (to.empty() || key < to)) {
      sorted.emplace(key, value);
    }
  }
  return sorted;
}

// Merges two overlays and the store in key order; the newer source wins on equal keys.
class MergedScan {
 public:
  MergedScan(const Ordered& active,
             const Ordered& frozen,
             const RowStore& store,
             std::string_view from)
      : active_(active.lower_bound(from)),
        active_end_(active.end()),
        frozen_(frozen.lower_bound(from)),
        frozen_end_(frozen.end()),
        stored_(store.seek(from)) {}

  void run(std::string_view to, const RowReader::Visitor& visitor) {
    while (true) {
      const std::optional<std::string> key = smallest();
      if (!key || (!to.empty() && std::string_view(*key) >= to)) {
        return;
      }
      const std::optional<std::string> value = take(*key);
      if (value && !visitor(*key, *value)) {
        return;
      }
    }
  }

 private:
  [[nodiscard]] std::optional<std::string> smallest() const {
    std::optional<std::string> key;
    const auto consider = [&key](std::string_view candidate) {
      if (!key || candidate < std::string_view(*key)) {
        key = candidate;
      }
    };
    if (active_ != active_end_) {
      consider(active_->first);
    }
    if (frozen_ != frozen_end_) {
      consider(frozen_->first);
    }
    if (stored_->valid()) {
      consider(stored_->key());
    }
    return key;
  }

  // The value of the newest source that has the key; advances every source past it.
  std::optional<std::string> take(const std::string& key) {
    std::optional<std::string> value;
    if (stored_->valid() && stored_->key() == key) {
      value = std::string(stored_->value());
      stored_->next();
    }
    if (frozen_ != frozen_end_ && frozen_->first == key) {
      value = owned((frozen_++)->second);
    }
    if (active_ != active_end_ && active_->first == key) {
      value = owned((active_++)->second);
    }
    return value;
  }

  Ordered::const_iterator active_;
  Ordered::const_iterator active_end_;
  Ordered::const_iterator frozen_;
  Ordered::const_iterator frozen_end_;
  std::unique_ptr<RowCursor> stored_;
};

// Last live row of an overlay at or before `at`. Rows of these tables are never deleted.
std::optional<RowReader::Row> last_in(const Ordered& rows,
                                      std::string_view from,
                                      std::string_view at) {
  auto after = rows.upper_bound(at);
  while (after != rows.begin()) {
    --after;
    if (std::string_view(after->first) < from) {
      return std::nullopt;
    }
    if (after->second) {
      return RowReader::Row{std::string(after->first), std::string(*after->second)};
    }
  }
  return std::nullopt;
}

}  // namespace

std::string end_of_prefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    if (static_cast<unsigned char>(end.back()) != 0xFF) {
      end.back() = static_cast<char>(end.back() + 1);
      return end;
    }
    end.pop_back();
  }
  return end;
}

// Point rows are hashed, rows of scanned tables ordered. Both point into the batches' memory.
struct DerivedRows::Overlay {
  std::vector<RowBatch::Memory> memory;
  std::pmr::monotonic_buffer_resource nodes;
  boost::unordered_flat_map<std::string_view, Value> points;
  Ordered ordered{&nodes};
  std::size_t records = 0;
  std::size_t bytes = 0;  // superseded rows too: their memory is held
};

DerivedRows::DerivedRows(std::unique_ptr<RowStore> store)
    : store_(std::move(store)),
      active_(std::make_unique<Overlay>()),
      frozen_(std::make_unique<Overlay>()) {}

DerivedRows::~DerivedRows() = default;

void DerivedRows::publish(RowBatch batch, std::size_t records) {
  const std::unique_lock lock(mutex_);
  active_->records += records;
  for (const auto& [key, value] : batch.rows()) {
    active_->bytes += key.size() + (value ? value->size() : 0) + sizeof(RowChange);
    if (is_scanned(key)) {
      active_->ordered.insert_or_assign(key, value);
    } else {
      active_->points.insert_or_assign(key, value);
    }
  }
  active_->memory.push_back(batch.take_memory());
}

DerivedRows::Found DerivedRows::find_in(const Overlay& overlay, std::string_view key) {
  if (is_scanned(key)) {
    const auto found = overlay.ordered.find(key);
    return found == overlay.ordered.end() ? Found{} : Found{found->second};
  }
  const auto found = overlay.points.find(key);
  return found == overlay.points.end() ? Found{} : Found{found->second};
}

std::optional<std::string> DerivedRows::get_locked(std::string_view key) const {
  for (const Overlay* overlay : {active_.get(), frozen_.get()}) {
    if (const Found found = find_in(*overlay, key)) {
      return owned(*found);
    }
  }
  return store_->get(key);
}

std::optional<std::string> DerivedRows::get(std::string_view key) const {
  const std::shared_lock lock(mutex_);
  return get_locked(key);
}

DerivedRows::Snapshot::Snapshot(const DerivedRows& rows) : rows_(rows), lock_(rows.mutex_) {}

std::optional<std::string> DerivedRows::Snapshot::get(std::string_view key) const {
  return rows_.get_locked(key);
}

void DerivedRows::Snapshot::scan(std::string_view from,
                                 std::string_view to,
                                 const Visitor& visitor) const {
  if (is_sorted_on_demand(from)) {
    const Ordered active = sorted_range(rows_.active_->points, from, to);
    const Ordered frozen = sorted_range(rows_.frozen_->points, from, to);
    MergedScan(active, frozen, *rows_.store_, from).run(to, visitor);
    return;
  }
  check(is_scanned(from), "only ordered tables are scanned");
  MergedScan(rows_.active_->ordered, rows_.frozen_->ordered, *rows_.store_, from).run(to, visitor);
}

std::optional<RowReader::Row> DerivedRows::Snapshot::last_at_most(std::string_view from,
                                                                  std::string_view at) const {
  check(is_scanned(from), "only ordered tables are searched backwards");
  std::optional<Row> best;
  const auto consider = [&best](std::optional<Row> row) {
    if (row && (!best || best->first <= row->first)) {
      best = std::move(row);
    }
  };
  const auto stored = rows_.store_->seek_for_previous(at);
  if (stored->valid() && stored->key() >= from) {
    consider(Row{std::string(stored->key()), std::string(stored->value())});
  }
  consider(last_in(rows_.frozen_->ordered, from, at));
  consider(last_in(rows_.active_->ordered, from, at));
  return best;
}

DerivedRows::Size DerivedRows::active_size() const {
  const std::shared_lock lock(mutex_);
  return {active_->records, active_->bytes};
}

std::vector<RowChange> DerivedRows::freeze() {
  {
    const std::unique_lock lock(mutex_);
    check(frozen_->memory.empty(), "one frozen overlay at a time");
    std::swap(active_, frozen_);
  }
  // The frozen overlay does not change until thaw(): no lock to copy and sort it.
  std::vector<RowChange> rows;
  rows.reserve(frozen_->points.size() + frozen_->ordered.size());
  rows.insert(rows.end(), frozen_->points.begin(), frozen_->points.end());
  rows.insert(rows.end(), frozen_->ordered.begin(), frozen_->ordered.end());
  std::ranges::sort(rows, {}, &RowChange::first);
  return rows;
}

void DerivedRows::thaw() {
  auto empty = std::make_unique<Overlay>();
  {
    const std::unique_lock lock(mutex_);
    std::swap(frozen_, empty);
  }
  // The old overlay is freed here, without the lock.
}

}  // namespace juanzong
