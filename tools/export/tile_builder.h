// SPDX-License-Identifier: Apache-2.0
// Tiles of a tree from its leaf hashes, in order, with one open tile a level in memory. Level L+1
// holds only roots of full tiles of level L (C2SP tlog-tiles).
#pragma once

#include "crypto/digest.h"
#include "crypto/merkle_tree.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace juanzong {

struct Tile {
  unsigned level = 0;
  std::uint64_t number = 0;
  std::span<const crypto::Digest> hashes;  // 256, or fewer of the last one of a level
};

class TileBuilder {
 public:
  // False stops: append() and finish() answer it.
  using Sink = std::function<bool(const Tile&)>;
  explicit TileBuilder(Sink sink) : sink_(std::move(sink)) {}

  // Gives full tiles as they fill.
  [[nodiscard]] bool append(const crypto::Digest& leaf) { return append_at(0, leaf); }
  // Gives the partial ones.
  [[nodiscard]] bool finish();

 private:
  struct Level {
    std::uint64_t number = 0;
    std::vector<crypto::Digest> hashes;
  };
  bool append_at(std::size_t level, const crypto::Digest& hash);

  Sink sink_;
  std::vector<Level> levels_;
};

}  // namespace juanzong
