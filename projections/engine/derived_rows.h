// SPDX-License-Identifier: Apache-2.0
// Derived rows as readers see them: an overlay in memory over the row store. Rows never stand in
// the commit path: publish() puts a commit's rows into the overlay after the journal synced them,
// and the materialiser (materialiser.h) writes the overlay out, sorted, in large batches.
//
// Two overlays at most: the active one, and a frozen one that is being written. Rows are absolute
// values, so a row that stands in both overlay and store is the same fact twice.
#pragma once

#include "events/storage/row_store.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// What a rule state or view reads rows through.
class RowReader {
 public:
  RowReader() = default;
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;
  virtual ~RowReader() = default;

  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) const = 0;
  // Rows from `from` (inclusive) to `to` (exclusive) in key order until the visitor says false.
  using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
  virtual void scan(std::string_view from, std::string_view to, const Visitor& visitor) const = 0;
  // The last row with from ≤ key ≤ at.
  using Row = std::pair<std::string, std::string>;
  [[nodiscard]] virtual std::optional<Row> last_at_most(std::string_view from,
                                                        std::string_view at) const = 0;
};

// First key after every key that starts with `prefix`.
[[nodiscard]] std::string end_of_prefix(std::string_view prefix);

class DerivedRows {
 public:
  explicit DerivedRows(std::unique_ptr<RowStore> store);
  DerivedRows(const DerivedRows&) = delete;
  DerivedRows& operator=(const DerivedRows&) = delete;
  ~DerivedRows();

  // One commit's rows, later ones win; `records` counts towards the bounds of the overlay.
  void publish(RowBatch rows, std::size_t records);

  // A consistent view of everything published; publishing waits while one lives, so keep it short.
  class Snapshot final : public RowReader {
   public:
    explicit Snapshot(const DerivedRows& rows);
    [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
    void scan(std::string_view from, std::string_view to, const Visitor& visitor) const override;
    [[nodiscard]] std::optional<Row> last_at_most(std::string_view from,
                                                  std::string_view at) const override;

   private:
    const DerivedRows& rows_;
    std::shared_lock<std::shared_mutex> lock_;
  };

  // For the writer's own reads: no lock held between calls.
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const;

  // --- the materialiser's side --------------------------------------------------------------
  struct Size {
    std::size_t records = 0;
    std::size_t bytes = 0;
  };
  [[nodiscard]] Size active_size() const;
  // Freezes the active overlay and gives its rows sorted; empty if there is nothing to write. They
  // can be read until thaw().
  [[nodiscard]] std::vector<RowChange> freeze();
  // The frozen rows are in the store now.
  void thaw();
  [[nodiscard]] RowStore& store() { return *store_; }

 private:
  struct Overlay;
  using Found = std::optional<std::optional<std::string_view>>;
  [[nodiscard]] static Found find_in(const Overlay& overlay, std::string_view key);
  [[nodiscard]] std::optional<std::string> get_locked(std::string_view key) const;

  std::unique_ptr<RowStore> store_;
  mutable std::shared_mutex mutex_;  // guards the two overlays; the store guards itself
  std::unique_ptr<Overlay> active_;
  std::unique_ptr<Overlay> frozen_;
};

}  // namespace juanzong
