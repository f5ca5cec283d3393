// SPDX-License-Identifier: Apache-2.0
#include "events/storage/memory_row_store.h"

#include <functional>
#include <iterator>
#include <map>
#include <mutex>

namespace juanzong {
namespace {

using Rows = std::map<std::string, std::string, std::less<>>;
// A published snapshot: copied before a write while a cursor still looks at it.
using Snapshot = std::shared_ptr<Rows>;

class MemoryCursor final : public RowCursor {
 public:
  MemoryCursor(std::mutex& mutex, Snapshot rows, Rows::const_iterator at)
      : mutex_(mutex), rows_(std::move(rows)), at_(at) {}
  MemoryCursor(const MemoryCursor&) = delete;
  MemoryCursor& operator=(const MemoryCursor&) = delete;
  ~MemoryCursor() override {
    const std::lock_guard lock(mutex_);  // orders our last read before the store's next write
    rows_.reset();
  }

  [[nodiscard]] bool valid() const override { return at_ != rows_->end(); }
  void next() override {
    if (valid()) {
      ++at_;
    }
  }
  void previous() override {
    if (valid()) {
      at_ = at_ == rows_->begin() ? rows_->end() : std::prev(at_);
    }
  }
  [[nodiscard]] std::string_view key() const override { return at_->first; }
  [[nodiscard]] std::string_view value() const override { return at_->second; }

 private:
  std::mutex& mutex_;
  Snapshot rows_;
  Rows::const_iterator at_;
};

class MemoryRowStore final : public RowStore {
 public:
  bool write(std::span<const RowChange> changes) override {
    const std::lock_guard lock(mutex_);
    if (rows_.use_count() > 1) {
      rows_ = std::make_shared<Rows>(*rows_);
    }
    for (const auto& [key, value] : changes) {
      if (value) {
        rows_->insert_or_assign(std::string(key), std::string(*value));
      } else {
        rows_->erase(std::string(key));
      }
    }
    return true;
  }

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override {
    const std::lock_guard lock(mutex_);
    const auto found = rows_->find(key);
    return found == rows_->end() ? std::nullopt : std::optional<std::string>(found->second);
  }

  [[nodiscard]] std::unique_ptr<RowCursor> seek(std::string_view from) const override {
    const std::lock_guard lock(mutex_);
    return std::make_unique<MemoryCursor>(mutex_, rows_, rows_->lower_bound(from));
  }

  [[nodiscard]] std::unique_ptr<RowCursor> seek_for_previous(std::string_view from) const override {
    const std::lock_guard lock(mutex_);
    const auto after = rows_->upper_bound(from);
    const auto at = after == rows_->begin() ? rows_->end() : std::prev(after);
    return std::make_unique<MemoryCursor>(mutex_, rows_, at);
  }

  bool flush() override { return true; }

 private:
  mutable std::mutex mutex_;
  Snapshot rows_ = std::make_shared<Rows>();
};

}  // namespace

std::unique_ptr<RowStore> make_memory_row_store() {
  return std::make_unique<MemoryRowStore>();
}

}  // namespace juanzong
