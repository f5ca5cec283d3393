// SPDX-License-Identifier: Apache-2.0
#include "events/log/commitment.h"

#include "tests/events/log/samples.h"
#include "tests/support/golden.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

FieldPlace sample_place() {
  return {testing::sample_origin,
          PersonId{testing::filled<16>(0x77)},
          testing::sample_header().request_id,
          1,
          "signatures[0].image"};
}

const std::array<std::uint8_t, 32> salt = testing::filled<32>(0x88);

TEST(Commitment, HasTheGoldenBytes) {
  const crypto::Digest digest = commitment_of(sample_place(), salt, bytes_of("张三"));
  EXPECT_EQ(Bytes(digest.bytes.begin(), digest.bytes.end()), testing::golden("commitment"));
}

TEST(Commitment, DependsOnEveryPart) {
  const crypto::Digest digest = commitment_of(sample_place(), salt, bytes_of("张三"));
  EXPECT_NE(commitment_of(sample_place(), salt, bytes_of("张四")), digest);
  EXPECT_NE(commitment_of(sample_place(), testing::filled<32>(0x89), bytes_of("张三")), digest);
  FieldPlace place = sample_place();
  place.origin = "juanzong.example/tesT";
  EXPECT_NE(commitment_of(place, salt, bytes_of("张三")), digest);
  place = sample_place();
  place.statement = 2;
  EXPECT_NE(commitment_of(place, salt, bytes_of("张三")), digest);
  place = sample_place();
  place.path = "signatures[1].image";
  EXPECT_NE(commitment_of(place, salt, bytes_of("张三")), digest);
  place = sample_place();
  place.subject.bytes[15] ^= 1;
  EXPECT_NE(commitment_of(place, salt, bytes_of("张三")), digest);
}

TEST(Commitment, OfAnAttachmentNamesDigestLengthAndType) {
  const Bytes value = attachment_value(testing::digest_of_byte(0x12), 0x0102, "image/png");
  ASSERT_EQ(value.size(), 32U + 8U + 9U);
  EXPECT_EQ(value[32], 0x02);
  EXPECT_EQ(value[33], 0x01);
  EXPECT_EQ(text_of(ByteView(value).subspan(40)), "image/png");
}

}  // namespace
}  // namespace juanzong
