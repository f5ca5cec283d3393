// SPDX-License-Identifier: Apache-2.0
// A new embedded journal filled with many frames at once: a restored copy. Nothing is durable
// before finish(), so the folder must not be used, nor renamed to where it is used, before that.
#pragma once

#include "events/log/journal.h"
#include "events/model/result.h"

#include <filesystem>
#include <memory>

namespace juanzong {

class BulkJournal {
 public:
  [[nodiscard]] static Result<std::unique_ptr<BulkJournal>> create(
      const std::filesystem::path& directory);
  virtual ~BulkJournal() = default;

  // The frames in order from the first; corruption if one does not follow the one before.
  [[nodiscard]] virtual Outcome append(const Frame& frame) = 0;
  // Writes everything to synced table files; the database is closed afterwards. Once.
  [[nodiscard]] virtual Outcome finish() = 0;
};

}  // namespace juanzong
