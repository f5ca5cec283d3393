// SPDX-License-Identifier: Apache-2.0
#include "tools/export/tile_builder.h"

#include "tools/export/tile_path.h"

namespace juanzong {

bool TileBuilder::append_at(std::size_t level, const crypto::Digest& hash) {
  if (levels_.size() == level) {
    levels_.emplace_back();
  }
  levels_[level].hashes.push_back(hash);
  if (levels_[level].hashes.size() < tile_width) {
    return true;
  }
  const std::vector<crypto::Digest> full = std::move(levels_[level].hashes);
  levels_[level].hashes.clear();
  const std::uint64_t number = levels_[level].number++;
  return sink_({static_cast<unsigned>(level), number, full}) &&
         append_at(level + 1, crypto::root_of(full));
}

bool TileBuilder::finish() {
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const Level& open = levels_[level];
    if (!open.hashes.empty() && !sink_({static_cast<unsigned>(level), open.number, open.hashes})) {
      return false;
    }
  }
  return true;
}

}  // namespace juanzong
