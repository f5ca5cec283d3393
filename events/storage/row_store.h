// SPDX-License-Identifier: Apache-2.0
// RowStore: the derived rows. One column family, write-ahead log off, the position row in the same
// atomic batch as the rows it stands for: any state found after a crash is a true earlier state
// and is caught up from the journal. Damaged or missing, it is deleted and rebuilt.
#pragma once

#include "events/model/result.h"
#include "events/storage/row_batch.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace juanzong {

// Lives shorter than its store. A row that cannot be read stops the process: it is not a row that
// is not there, and nothing may be decided on it. The folder is marked, and opens no more.
class RowCursor {
 public:
  virtual ~RowCursor() = default;
  [[nodiscard]] virtual bool valid() const = 0;
  virtual void next() = 0;
  virtual void previous() = 0;
  [[nodiscard]] virtual std::string_view key() const = 0;
  [[nodiscard]] virtual std::string_view value() const = 0;
};

class RowStore {
 public:
  virtual ~RowStore() = default;
  // Changes sorted by key, one atomic batch. False on any error.
  [[nodiscard]] virtual bool write(std::span<const RowChange> changes) = 0;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) const = 0;
  // A consistent view; positioned at the first key ≥ `from` / at the last key ≤ `from`.
  [[nodiscard]] virtual std::unique_ptr<RowCursor> seek(std::string_view from) const = 0;
  [[nodiscard]] virtual std::unique_ptr<RowCursor> seek_for_previous(
      std::string_view from) const = 0;
  // Flushes memory to disk, so that a clean restart has nothing to catch up.
  [[nodiscard]] virtual bool flush() = 0;
};

// corruption if the directory holds a damaged store: the caller deletes and rebuilds.
[[nodiscard]] Result<std::unique_ptr<RowStore>> open_row_store(
    const std::filesystem::path& directory);
[[nodiscard]] Result<std::unique_ptr<RowStore>> open_row_store_read_only(
    const std::filesystem::path& directory);

}  // namespace juanzong
