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

TEST(ProofText, IsReadBackInOneSpellingOnly) {
  const std::array<Digest, 2> path{empty_root(), Digest{}};
  const std::string text = inclusion_proof_text(17, path, "origin\n18\nroot\n\n— log sig\n");
  const auto proof = parse_inclusion_proof(text);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->index, 17U);
  EXPECT_EQ(proof->path, std::vector<Digest>(path.begin(), path.end()));
  EXPECT_EQ(proof->note, "origin\n18\nroot\n\n— log sig\n");
  const std::string line(empty_root_line);
  for (const std::string& other : {std::string(),
                                   std::string("c2sp.org/tlog-proof@v1\n"),
                                   "c2sp.org/tlog-proof@v1\nindex 017\n" + line + "\nnote\n",
                                   "c2sp.org/tlog-proof@v1\nindex x\n" + line + "\nnote\n",
                                   "c2sp.org/tlog-proof@v1\nindex 17 \n" + line + "\nnote\n",
                                   std::string("c2sp.org/tlog-proof@v1\nindex 17\nAAAA\n\nnote\n"),
                                   "c2sp.org/tlog-proof@v1\nindex 17\n" + line + "note\n",
                                   "c2sp.org/tlog-proof@v2\nindex 17\n" + line + "\nnote\n"}) {
    EXPECT_FALSE(parse_inclusion_proof(other)) << other;
  }
}

TEST(ProofText, CarriesExtraDataThatNobodySigned) {
  const std::array<Digest, 1> path{empty_root()};
  const std::array<std::uint8_t, 3> extra{1, 2, 3};
  const std::string text = inclusion_proof_text(1, path, "note\n", extra);
  EXPECT_EQ(
      text,
      "c2sp.org/tlog-proof@v1\nextra AQID\nindex 1\n" + std::string(empty_root_line) + "\nnote\n");
  const auto proof = parse_inclusion_proof(text);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->extra, Bytes(extra.begin(), extra.end()));
  for (const char* other : {"extra \nindex 1\n",
                            "extra\nindex 1\n",
                            "extra AQI\nindex 1\n",
                            "extra AQID",
                            "extra AQID\nextra AQID\nindex 1\n",
                            "index 1\nextra AQID\n"}) {
    const std::string whole = "c2sp.org/tlog-proof@v1\n" + std::string(other) + "\nnote\n";
    EXPECT_FALSE(parse_inclusion_proof(whole)) << other;
  }
}

TEST(ProofText, AWitnesssRequestIsReadBackInOneSpellingOnly) {
  const std::array<Digest, 1> hashes{empty_root()};
  const std::string text = consistency_proof_text(3, hashes, "note\n");
  const auto proof = parse_consistency_proof(text);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->old_size, 3U);
  EXPECT_EQ(proof->hashes, std::vector<Digest>(hashes.begin(), hashes.end()));
  EXPECT_EQ(proof->note, "note\n");
  for (const char* other :
       {"", "old 3\n", "old 03\n\nnote\n", "old -3\n\nnote\n", "old 3\nAA==\n\nn"}) {
    EXPECT_FALSE(parse_consistency_proof(other)) << other;
  }
}

}  // namespace
}  // namespace juanzong::crypto
