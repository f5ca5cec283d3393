// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle_tree.h"

#include "crypto/base64.h"
#include "crypto/sha256.h"

#include "tests/crypto/vectors.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>

namespace juanzong::crypto {
namespace {

using Digests = std::vector<Digest>;
constexpr std::uint64_t size_max = 256;

const Digests& leaves() {
  static const Digests all = [] {
    Digests hashes;
    for (std::uint64_t i = 0; i < size_max; ++i) {
      hashes.push_back(leaf_hash(bytes_of("entry " + std::to_string(i))));
    }
    return hashes;
  }();
  return all;
}

std::span<const Digest> first_leaves(std::uint64_t size) {
  return std::span(leaves()).first(size);
}

// MTH of RFC 6962 §2.1 word for word: the slow oracle for everything below.
Digest naive_root(std::span<const Digest> range) {
  if (range.empty()) {
    return sha256({});
  }
  if (range.size() == 1) {
    return range[0];
  }
  const std::size_t k = std::bit_floor(range.size() - 1);
  return node_hash(naive_root(range.first(k)), naive_root(range.subspan(k)));
}

// SUBPROOF of RFC 6962 §2.1.2 word for word.
Digests naive_subproof(std::uint64_t m, std::span<const Digest> range, bool complete) {
  if (m == range.size()) {
    return complete ? Digests{} : Digests{naive_root(range)};
  }
  const std::size_t k = std::bit_floor(range.size() - 1);
  Digests proof;
  if (m <= k) {
    proof = naive_subproof(m, range.first(k), complete);
    proof.push_back(naive_root(range.subspan(k)));
  } else {
    proof = naive_subproof(m - k, range.subspan(k), false);
    proof.push_back(naive_root(range.first(k)));
  }
  return proof;
}

// A store of a tree of `size` leaves that records reads outside complete subtrees as failures.
SubtreeReader reader_of(std::uint64_t size) {
  return [size](unsigned level, std::uint64_t index) {
    const std::uint64_t width = std::uint64_t{1} << level;
    EXPECT_LE((index + 1) * width, size) << "subtree is not complete";
    return naive_root(first_leaves(size).subspan(index * width, width));
  };
}

Digest roots_at(std::uint64_t size) {
  static const Digests roots = [] {
    Digests all;
    for (std::uint64_t n = 0; n <= size_max; ++n) {
      all.push_back(naive_root(first_leaves(n)));
    }
    return all;
  }();
  return roots[size];
}

// Calls check(mutant) for every proof that differs in one bit, lacks a hash or has one too many.
template <typename Check>
void for_each_mutant(const Digests& proof, Check check) {
  for (std::size_t bit = 0; bit < proof.size() * 256; ++bit) {
    Digests mutant = proof;
    mutant[bit / 256].bytes[bit % 256 / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    check(mutant);
  }
  for (std::size_t at = 0; at < proof.size(); ++at) {
    Digests mutant = proof;
    mutant.erase(mutant.begin() + static_cast<std::ptrdiff_t>(at));
    check(mutant);
  }
  for (std::size_t at = 0; at <= proof.size(); ++at) {
    Digests mutant = proof;
    mutant.insert(mutant.begin() + static_cast<std::ptrdiff_t>(at), leaves()[0]);
    check(mutant);
  }
}

TEST(MerkleTree, MatchesKnownHashes) {
  EXPECT_EQ(to_hex(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(leaf_hash({})),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(to_hex(leaf_hash(bytes_of("L123456"))),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  // The published answer hashes children that are not 32 bytes long.
  EXPECT_EQ(to_hex(sha256(bytes_of("\x01N123N456"))),
            "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
}

TEST(MerkleTree, PrefixesNodesWithOne) {
  const Digest left = leaf_hash(bytes_of("a"));
  const Digest right = leaf_hash(bytes_of("b"));
  Bytes input{0x01};
  input.insert(input.end(), left.bytes.begin(), left.bytes.end());
  input.insert(input.end(), right.bytes.begin(), right.bytes.end());
  EXPECT_EQ(node_hash(left, right), sha256(input));
}

TEST(MerkleTree, HasTheRootOfRfc6962AtEverySize) {
  CompactRange range;
  for (std::uint64_t size = 0; size <= size_max; ++size) {
    ASSERT_EQ(range.size(), size);
    ASSERT_EQ(range.root(), roots_at(size)) << size;
    ASSERT_EQ(root_of(first_leaves(size)), roots_at(size)) << size;
    ASSERT_EQ(tree_root(size, reader_of(size)), roots_at(size)) << size;
    if (size < size_max) {
      range.append(leaves()[size]);
    }
  }
}

TEST(CompactRange, ResumesFromItsFrontier) {
  CompactRange whole;
  for (std::uint64_t size = 0; size < size_max; ++size) {
    const auto frontier = whole.frontier();
    ASSERT_EQ(frontier.size(), static_cast<std::size_t>(std::popcount(size)));
    auto resumed = CompactRange::from_frontier(size, frontier);
    ASSERT_TRUE(resumed);
    resumed->append(leaves()[size]);
    whole.append(leaves()[size]);
    ASSERT_EQ(resumed->root(), whole.root());
    ASSERT_EQ(resumed->size(), size + 1);
  }
}

TEST(CompactRange, RefusesAFrontierThatDoesNotFitTheSize) {
  const Digests two(2);
  EXPECT_FALSE(CompactRange::from_frontier(0, two));
  EXPECT_FALSE(CompactRange::from_frontier(4, two));
  EXPECT_FALSE(CompactRange::from_frontier(7, two));
  EXPECT_TRUE(CompactRange::from_frontier(6, two));
  EXPECT_TRUE(CompactRange::from_frontier(0, {}));
}

TEST(InclusionProof, VerifiesForEveryLeafOfEverySize) {
  for (std::uint64_t size = 1; size <= size_max; ++size) {
    const SubtreeReader reader = reader_of(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Digests path = inclusion_path(first_leaves(size), index);
      ASSERT_EQ(inclusion_proof(index, size, reader), path) << index << " of " << size;
      ASSERT_TRUE(verify_inclusion(index, size, leaves()[index], path, roots_at(size)));
      ASSERT_FALSE(verify_inclusion(index ^ 1U, size, leaves()[index], path, roots_at(size)));
    }
  }
}

TEST(InclusionProof, IsRefusedForAnyOtherIndexLeafOrRoot) {
  constexpr std::uint64_t size_limit = 32;
  for (std::uint64_t size = 1; size <= size_limit; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const Digests path = inclusion_path(first_leaves(size), index);
      for (std::uint64_t other = 0; other < 2 * size_limit; ++other) {
        EXPECT_EQ(verify_inclusion(other, size, leaves()[index], path, roots_at(size)),
                  other == index);
        EXPECT_EQ(verify_inclusion(index, size, leaves()[other], path, roots_at(size)),
                  other == index);
        EXPECT_EQ(verify_inclusion(index, size, leaves()[index], path, roots_at(other)),
                  other == size);
      }
    }
  }
}

TEST(InclusionProof, IsRefusedAfterAnySingleChange) {
  for (std::uint64_t size = 1; size <= 32; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      for_each_mutant(inclusion_path(first_leaves(size), index), [&](const Digests& mutant) {
        ASSERT_FALSE(verify_inclusion(index, size, leaves()[index], mutant, roots_at(size)));
      });
    }
  }
}

TEST(InclusionProof, IsEmptyOutsideTheTree) {
  EXPECT_TRUE(inclusion_path(first_leaves(3), 3).empty());
  EXPECT_TRUE(inclusion_proof(3, 3, reader_of(3)).empty());
  EXPECT_TRUE(inclusion_path({}, 0).empty());
  EXPECT_FALSE(verify_inclusion(0, 0, empty_root(), {}, empty_root()));
}

TEST(ConsistencyProof, VerifiesBetweenAllSizes) {
  for (std::uint64_t new_size = 1; new_size <= size_max; ++new_size) {
    const SubtreeReader reader = reader_of(new_size);
    for (std::uint64_t old_size = 1; old_size <= new_size; ++old_size) {
      const Digests proof = consistency_proof(old_size, new_size, reader);
      ASSERT_EQ(proof, naive_subproof(old_size, first_leaves(new_size), true))
          << old_size << " to " << new_size;
      ASSERT_TRUE(
          verify_consistency(old_size, new_size, proof, roots_at(old_size), roots_at(new_size)));
      ASSERT_FALSE(verify_consistency(
          old_size, new_size, proof, roots_at(old_size - 1), roots_at(new_size)));
    }
  }
}

TEST(ConsistencyProof, MatchesTheExamplesOfRfc6962) {
  // §2.1.3, seven leaves: [c, d, g, l], [l] and [i, j, k] by the leaves that they cover.
  const auto range = [](std::uint64_t begin, std::uint64_t end) {
    return naive_root(first_leaves(7).subspan(begin, end - begin));
  };
  const SubtreeReader reader = reader_of(7);
  EXPECT_EQ(consistency_proof(3, 7, reader),
            (Digests{range(2, 3), range(3, 4), range(0, 2), range(4, 7)}));
  EXPECT_EQ(consistency_proof(4, 7, reader), (Digests{range(4, 7)}));
  EXPECT_EQ(consistency_proof(6, 7, reader), (Digests{range(4, 6), range(6, 7), range(0, 4)}));
}

TEST(ConsistencyProof, IsRefusedAfterAnySingleChange) {
  for (std::uint64_t new_size = 2; new_size <= 32; ++new_size) {
    for (std::uint64_t old_size = 1; old_size < new_size; ++old_size) {
      const Digests proof = consistency_proof(old_size, new_size, reader_of(new_size));
      for_each_mutant(proof, [&](const Digests& mutant) {
        ASSERT_FALSE(
            verify_consistency(old_size, new_size, mutant, roots_at(old_size), roots_at(new_size)));
      });
    }
  }
}

TEST(ConsistencyProof, IsTrivialForEqualSizesAndFromTheEmptyTree) {
  EXPECT_TRUE(verify_consistency(5, 5, {}, roots_at(5), roots_at(5)));
  EXPECT_FALSE(verify_consistency(5, 5, {}, roots_at(5), roots_at(6)));
  EXPECT_FALSE(verify_consistency(5, 5, leaves(), roots_at(5), roots_at(5)));
  EXPECT_TRUE(verify_consistency(0, 5, {}, empty_root(), roots_at(5)));
  EXPECT_TRUE(verify_consistency(0, 0, {}, empty_root(), empty_root()));
  EXPECT_FALSE(verify_consistency(0, 0, {}, roots_at(1), roots_at(1)));
  EXPECT_FALSE(verify_consistency(0, 5, {}, roots_at(1), roots_at(5)));
  EXPECT_FALSE(verify_consistency(0, 5, leaves(), empty_root(), roots_at(5)));
  EXPECT_FALSE(verify_consistency(6, 5, {}, roots_at(6), roots_at(5)));
  EXPECT_TRUE(consistency_proof(0, 5, reader_of(5)).empty());
  EXPECT_TRUE(consistency_proof(6, 5, reader_of(5)).empty());
}

// Some vectors use hashes that are not 32 bytes long, which Digest cannot hold: decoding refuses
// them before any verification.
std::optional<Digest> vector_digest(const boost::json::value& value) {
  return digest_from_bytes(base64_decode(std::string_view(value.as_string())).value());
}

std::optional<Digests> vector_proof(const boost::json::value& test) {
  Digests proof;
  if (const auto* hashes = test.at("proof").if_array()) {
    for (const boost::json::value& hash : *hashes) {
      const auto digest = vector_digest(hash);
      if (!digest) {
        return std::nullopt;
      }
      proof.push_back(*digest);
    }
  }
  return proof;
}

std::uint64_t vector_number(const boost::json::value& test, const char* name) {
  return test.at(name).to_number<std::uint64_t>();
}

bool verify_inclusion_vector(const boost::json::value& test) {
  const auto leaf = vector_digest(test.at("leafHash"));
  const auto root = vector_digest(test.at("root"));
  const auto proof = vector_proof(test);
  return leaf && root && proof &&
         verify_inclusion(
             vector_number(test, "leafIdx"), vector_number(test, "treeSize"), *leaf, *proof, *root);
}

bool verify_consistency_vector(const boost::json::value& test) {
  const auto old_root = vector_digest(test.at("root1"));
  const auto new_root = vector_digest(test.at("root2"));
  const auto proof = vector_proof(test);
  return old_root && new_root && proof &&
         verify_consistency(vector_number(test, "size1"),
                            vector_number(test, "size2"),
                            *proof,
                            *old_root,
                            *new_root);
}

TEST(InclusionProof, AgreesWithPublishedVectors) {
  const auto vectors = read_vectors("merkle/inclusion.json");
  EXPECT_EQ(vectors.as_array().size(), 98U);
  for (const boost::json::value& test : vectors.as_array()) {
    EXPECT_EQ(verify_inclusion_vector(test), !test.at("wantErr").as_bool())
        << text_field(test, "name");
  }
}

TEST(ConsistencyProof, AgreesWithPublishedVectors) {
  const auto vectors = read_vectors("merkle/consistency.json");
  EXPECT_EQ(vectors.as_array().size(), 98U);
  for (const boost::json::value& test : vectors.as_array()) {
    // The one accepted vector whose roots are not 32 bytes: Digest cannot express it.
    if (test.at("desc").as_string() == "sizes are equal (one) and proof is empty") {
      continue;
    }
    EXPECT_EQ(verify_consistency_vector(test), !test.at("wantErr").as_bool())
        << text_field(test, "name");
  }
}

TEST(InclusionPaths, EqualTheSinglePathsForEverySize) {
  std::vector<Digest> leaves;
  for (std::uint8_t size = 1; size <= 70; ++size) {
    leaves.push_back(leaf_hash(Bytes{size}));
    const auto paths = inclusion_paths(leaves);
    ASSERT_EQ(paths.size(), leaves.size());
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      EXPECT_EQ(paths[i], inclusion_path(leaves, i)) << i << " of " << leaves.size();
    }
  }
  EXPECT_TRUE(inclusion_paths({}).empty());
}

}  // namespace
}  // namespace juanzong::crypto
