// SPDX-License-Identifier: Apache-2.0
#include "events/log/time_evidence.h"

#include "crypto/hex.h"

#include "tests/support/mutations.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

crypto::Digest digest(std::uint8_t fill) {
  crypto::Digest digest;
  digest.bytes.fill(fill);
  return digest;
}

TimeEvidence sample() {
  return {StampedTree{"o\n1\nr\n", {digest(1)}, {0xAA, 0xBB}}, {{5, {0xCC}, {digest(2)}}}};
}

// docs/FORMATS.md, by hand.
TEST(TimeEvidence, HasGoldenBytes) {
  std::string expected;
  for (const char* part : {"6a75616e7a6f6e672f74696d657374616d702f76310a",
                           "01",
                           "0600",
                           "6f0a310a720a",
                           "01",
                           "0101010101010101010101010101010101010101010101010101010101010101",
                           "0200",
                           "aabb",
                           "01",
                           "0500000000000000",
                           "01",
                           "0202020202020202020202020202020202020202020202020202020202020202",
                           "0100",
                           "cc"}) {
    expected += part;
  }
  EXPECT_EQ(crypto::hex_encode(encode_time_evidence(sample())), expected);
}

TEST(TimeEvidence, IsReadBackInOneEncodingOnly) {
  for (const TimeEvidence& evidence : {sample(), TimeEvidence{}}) {
    const auto parsed = parse_time_evidence(encode_time_evidence(evidence));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, evidence);
  }
  const MutationCount count =
      count_mutations(encode_time_evidence(sample()), [](const Bytes& bytes) {
        const auto parsed = parse_time_evidence(bytes);
        return parsed ? std::optional(encode_time_evidence(*parsed)) : std::nullopt;
      });
  EXPECT_EQ(count.other, 0U) << count.first_other_at;
  EXPECT_GT(count.refused, 0U);
}

}  // namespace
}  // namespace juanzong::testing
