// SPDX-License-Identifier: Apache-2.0
// Reads an export (export_ledger.h). What it says is only what the files say: the audit judges it.
#pragma once

#include "crypto/checkpoint.h"

#include "events/log/record_source.h"
#include "events/model/result.h"

#include "tools/export/tile_builder.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace juanzong {

class ExportReader {
 public:
  // Whether the folder has an export's shape: a checkpoint and a tile folder.
  [[nodiscard]] static bool is_export(const std::filesystem::path& folder);
  // not_found without checkpoint; corruption if that is no checkpoint.
  [[nodiscard]] static Result<ExportReader> open(const std::filesystem::path& folder);

  [[nodiscard]] const std::string& note() const { return note_; }
  // As the note states it, unverified.
  [[nodiscard]] const crypto::Checkpoint& stated() const { return stated_; }
  [[nodiscard]] Result<std::string> text(const std::filesystem::path& name) const;
  // The records that the checkpoint counts.
  [[nodiscard]] std::unique_ptr<RecordSource> records() const;
  // Compares the file of this tile; the number of the first hash that differs, in the tile.
  struct TileDifference {
    std::size_t hash = 0;
    std::string path;
  };
  [[nodiscard]] std::optional<TileDifference> compare(const Tile& tile) const;

 private:
  ExportReader() = default;
  std::filesystem::path folder_;
  std::string note_;
  crypto::Checkpoint stated_;
};

}  // namespace juanzong
