// SPDX-License-Identifier: Apache-2.0
// Merkle trees of RFC 6962 §2.1 (the same as RFC 9162 §2.1): hashing, roots, proofs, verification.
//
//   empty tree  SHA-256("")
//   leaf        SHA-256(0x00 ‖ entry)
//   node        SHA-256(0x01 ‖ left[32] ‖ right[32])
//
// A tree of n > 1 leaves splits at the largest power of two strictly below n. Indices count from
// 0. Proofs list hashes from the leaf's side to the root's. All functions are total: a request
// outside the tree gives an empty proof, which verifies against nothing it should not.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace juanzong::crypto {

[[nodiscard]] Digest leaf_hash(ByteView entry);
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);
[[nodiscard]] Digest empty_root();

// Root over leaf hashes held in memory.
[[nodiscard]] Digest root_of(std::span<const Digest> leaves);

// PATH(index, leaves) of RFC 6962 §2.1.1; empty if the index is not a leaf's.
[[nodiscard]] std::vector<Digest> inclusion_path(std::span<const Digest> leaves,
                                                 std::uint64_t index);

// RFC 9162 §2.1.3.2. `leaf` is a leaf hash, not an entry.
// The paths of all leaves at once, O(n log n): path i as inclusion_path(leaves, i) gives it.
[[nodiscard]] std::vector<std::vector<Digest>> inclusion_paths(std::span<const Digest> leaves);

[[nodiscard]] bool verify_inclusion(std::uint64_t index,
                                    std::uint64_t size,
                                    const Digest& leaf,
                                    std::span<const Digest> path,
                                    const Digest& root);

// RFC 9162 §2.1.4.2. Equal sizes need equal roots and an empty proof. From size 0 the proof is
// empty too, and the old root must be the empty tree's: there is only one.
[[nodiscard]] bool verify_consistency(std::uint64_t old_size,
                                      std::uint64_t new_size,
                                      std::span<const Digest> proof,
                                      const Digest& old_root,
                                      const Digest& new_root);

// The roots of the complete subtrees that make up a tree, largest first: all that is needed to
// append. One subtree of 2^b leaves for every bit b set in the size, so at most 64 hashes.
class CompactRange {
 public:
  CompactRange() = default;

  // Resumes from a stored frontier; nullopt if its length does not fit the size. That the hashes
  // are right cannot be seen here: compare root() with a trusted one.
  [[nodiscard]] static std::optional<CompactRange> from_frontier(std::uint64_t size,
                                                                 std::span<const Digest> frontier);

  void append(const Digest& leaf) {
    append(leaf, [](unsigned, const Digest&) {});
  }
  // Calls completed(height, root) for every subtree of 2^height leaves that the leaf completes,
  // lowest first; the leaf itself is the first.
  template <class Completed>
  void append(const Digest& leaf, const Completed& completed) {
    Digest merged = leaf;
    unsigned height = 0;
    completed(height, merged);
    // Each trailing 1 bit of the size is a complete subtree as large as the one just finished.
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
      merged = node_hash(frontier_.back(), merged);
      frontier_.pop_back();
      completed(++height, merged);
    }
    frontier_.push_back(merged);
    ++size_;
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Digest root() const;
  [[nodiscard]] std::span<const Digest> frontier() const { return frontier_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> frontier_;
};

// Returns the stored root of the complete subtree of 2^level leaves that starts at leaf
// index · 2^level. Asked only for subtrees wholly inside the tree. Level 0 is the leaf hashes.
using SubtreeReader = std::function<Digest(unsigned level, std::uint64_t index)>;

// The same values as root_of and inclusion_path over stored hashes: O(log² n) reads for a proof.
[[nodiscard]] Digest tree_root(std::uint64_t size, const SubtreeReader& reader);
[[nodiscard]] std::vector<Digest> inclusion_proof(std::uint64_t index,
                                                  std::uint64_t size,
                                                  const SubtreeReader& reader);

// PROOF(old_size, D[new_size]) of RFC 6962 §2.1.2; empty unless 0 < old_size < new_size.
[[nodiscard]] std::vector<Digest> consistency_proof(std::uint64_t old_size,
                                                    std::uint64_t new_size,
                                                    const SubtreeReader& reader);

}  // namespace juanzong::crypto
