// SPDX-License-Identifier: Apache-2.0
#include "crypto/proof_text.h"

#include "crypto/merkle_tree.h"

#include <gtest/gtest.h>

#include <array>

namespace juanzong::crypto {
namespace {

constexpr std::string_view empty_root_line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

TEST(ProofText, NamesTheRecordThenThePathThenTheNote) {
  const std::array<Digest, 2> path{empty_root(), empty_root()};
  const std::string line(empty_root_line);
  EXPECT_EQ(inclusion_proof_text(17, path, "note\n"),
            "c2sp.org/tlog-proof@v1\nindex 17\n" + line + line + "\nnote\n");
  EXPECT_EQ(inclusion_proof_text(0, {}, "note\n"), "c2sp.org/tlog-proof@v1\nindex 0\n\nnote\n");
}

TEST(ProofText, NamesTheOldSizeThenTheProofThenTheNote) {
  const std::array<Digest, 1> proof{empty_root()};
  EXPECT_EQ(consistency_proof_text(3, proof, "note\n"),
            "old 3\n" + std::string(empty_root_line) + "\nnote\n");
}

}  // namespace
}  // namespace juanzong::crypto
