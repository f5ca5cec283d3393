// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle_tree.h"

#include "crypto/sha256.h"

#include <algorithm>
#include <array>
#include <bit>

namespace juanzong::crypto {
namespace {

constexpr std::uint8_t leaf_prefix = 0x00;
constexpr std::uint8_t node_prefix = 0x01;

// Largest power of two strictly below n, for n > 1: where RFC 6962 §2.1 splits a tree.
std::uint64_t split_point(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

// Joins complete subtrees, largest first, into one root; they lie left to right, so the fold goes
// from the right.
Digest fold(std::span<const Digest> subtrees) {
  if (subtrees.empty()) {
    return empty_root();
  }
  Digest root = subtrees.back();
  for (std::size_t i = subtrees.size() - 1; i > 0; --i) {
    root = node_hash(subtrees[i - 1], root);
  }
  return root;
}

// Root of the leaves [begin, end) of a larger tree. Every range met while descending a tree
// starts at a multiple of the power of two that covers it, so it is made of complete subtrees.
Digest range_root(std::uint64_t begin, std::uint64_t end, const SubtreeReader& reader) {
  std::vector<Digest> subtrees;
  while (begin < end) {
    const std::uint64_t width = std::bit_floor(end - begin);
    const auto level = static_cast<unsigned>(std::countr_zero(width));
    subtrees.push_back(reader(level, begin >> level));
    begin += width;
  }
  return fold(subtrees);
}

// Position of a proof's node on its level, and of the last node there: fn and sn of RFC 9162.
struct Position {
  std::uint64_t node;
  std::uint64_t last;

  void ascend() {
    node >>= 1U;
    last >>= 1U;
  }

  // True if the next proof hash stands left of the node; then climbs past the levels where the
  // node, being the last and alone, is promoted unhashed.
  bool sibling_is_left() {
    if ((node & 1U) == 0 && node != last) {
      return false;
    }
    while ((node & 1U) == 0 && node != 0) {
      ascend();
    }
    return true;
  }
};

}  // namespace

Digest leaf_hash(ByteView entry) {
  return sha256({&leaf_prefix, 1}, entry);
}

Digest node_hash(const Digest& left, const Digest& right) {
  // One contiguous update is measurably faster than three.
  std::array<std::uint8_t, 1 + 2 * Digest::size_bytes> input{};
  input[0] = node_prefix;
  std::copy(left.bytes.begin(), left.bytes.end(), input.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), input.begin() + 1 + Digest::size_bytes);
  return sha256(input);
}

Digest empty_root() {
  static const Digest root = sha256({});
  return root;
}

Digest root_of(std::span<const Digest> leaves) {
  CompactRange range;
  for (const Digest& leaf : leaves) {
    range.append(leaf);
  }
  return range.root();
}

std::vector<Digest> inclusion_path(std::span<const Digest> leaves, std::uint64_t index) {
  std::vector<Digest> path;
  if (index >= leaves.size()) {
    return path;
  }
  while (leaves.size() > 1) {
    const std::uint64_t split = split_point(leaves.size());
    const auto left = leaves.first(split);
    const auto right = leaves.subspan(split);
    if (index < split) {
      path.push_back(root_of(right));
      leaves = left;
    } else {
      path.push_back(root_of(left));
      leaves = right;
      index -= split;
    }
  }
  std::reverse(path.begin(), path.end());
  return path;
}

namespace {

// Root of the leaves; appends the sibling of each half to the paths of the other half, so that
// paths grow from leaf to root.
Digest extend_paths(std::span<const Digest> leaves, std::span<std::vector<Digest>> paths) {
  if (leaves.size() == 1) {
    return leaves.front();
  }
  const std::uint64_t split = split_point(leaves.size());
  const Digest left = extend_paths(leaves.first(split), paths.first(split));
  const Digest right = extend_paths(leaves.subspan(split), paths.subspan(split));
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    paths[i].push_back(i < split ? right : left);
  }
  return node_hash(left, right);
}

}  // namespace

std::vector<std::vector<Digest>> inclusion_paths(std::span<const Digest> leaves) {
  std::vector<std::vector<Digest>> paths(leaves.size());
  if (!leaves.empty()) {
    static_cast<void>(extend_paths(leaves, paths));
  }
  return paths;
}

bool verify_inclusion(std::uint64_t index,
                      std::uint64_t size,
                      const Digest& leaf,
                      std::span<const Digest> path,
                      const Digest& root) {
  if (index >= size) {
    return false;
  }
  Position at{index, size - 1};
  Digest computed = leaf;
  for (const Digest& sibling : path) {
    if (at.last == 0) {
      return false;
    }
    computed = at.sibling_is_left() ? node_hash(sibling, computed) : node_hash(computed, sibling);
    at.ascend();
  }
  return at.last == 0 && computed == root;
}

bool verify_consistency(std::uint64_t old_size,
                        std::uint64_t new_size,
                        std::span<const Digest> proof,
                        const Digest& old_root,
                        const Digest& new_root) {
  if (old_size > new_size || (old_size == 0 && old_root != empty_root())) {
    return false;
  }
  if (old_size == new_size) {
    return proof.empty() && old_root == new_root;
  }
  if (old_size == 0 || proof.empty()) {
    return old_size == 0 && proof.empty();
  }
  Position at{old_size - 1, new_size - 1};
  while ((at.node & 1U) != 0) {
    at.ascend();
  }
  // A complete old tree is itself a node of the new one, so its root is left out of the proof.
  const bool old_is_complete = std::has_single_bit(old_size);
  Digest old_computed = old_is_complete ? old_root : proof.front();
  Digest new_computed = old_computed;
  for (const Digest& sibling : proof.subspan(old_is_complete ? 0 : 1)) {
    if (at.last == 0) {
      return false;
    }
    if (at.sibling_is_left()) {
      old_computed = node_hash(sibling, old_computed);
      new_computed = node_hash(sibling, new_computed);
    } else {
      new_computed = node_hash(new_computed, sibling);
    }
    at.ascend();
  }
  return at.last == 0 && old_computed == old_root && new_computed == new_root;
}

std::optional<CompactRange> CompactRange::from_frontier(std::uint64_t size,
                                                        std::span<const Digest> frontier) {
  if (frontier.size() != static_cast<std::size_t>(std::popcount(size))) {
    return std::nullopt;
  }
  CompactRange range;
  range.size_ = size;
  range.frontier_.assign(frontier.begin(), frontier.end());
  return range;
}

Digest CompactRange::root() const {
  return fold(frontier_);
}

Digest tree_root(std::uint64_t size, const SubtreeReader& reader) {
  return range_root(0, size, reader);
}

std::vector<Digest> inclusion_proof(std::uint64_t index,
                                    std::uint64_t size,
                                    const SubtreeReader& reader) {
  std::vector<Digest> path;
  if (index >= size) {
    return path;
  }
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t split = begin + split_point(end - begin);
    if (index < split) {
      path.push_back(range_root(split, end, reader));
      end = split;
    } else {
      path.push_back(range_root(begin, split, reader));
      begin = split;
    }
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<Digest> consistency_proof(std::uint64_t old_size,
                                      std::uint64_t new_size,
                                      const SubtreeReader& reader) {
  std::vector<Digest> proof;
  if (old_size == 0 || old_size >= new_size) {
    return proof;
  }
  // SUBPROOF descends to where the old tree ends; begin == 0 there means that the whole old tree
  // is that subtree (b is true), which the verifier already knows.
  std::uint64_t begin = 0;
  std::uint64_t end = new_size;
  while (end != old_size) {
    const std::uint64_t split = begin + split_point(end - begin);
    if (old_size <= split) {
      proof.push_back(range_root(split, end, reader));
      end = split;
    } else {
      proof.push_back(range_root(begin, split, reader));
      begin = split;
    }
  }
  if (begin != 0) {
    proof.push_back(range_root(begin, end, reader));
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

}  // namespace juanzong::crypto
