// SPDX-License-Identifier: Apache-2.0
#include "events/log/stream_heads.h"

#include "crypto/hex.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

const NamedHead head{"unit:3-1-1202", StreamVersion{5}, RecordIndex{41}};

// docs/FORMATS.md; made with Python's struct and hashlib.
TEST(StreamHeads, HaveGoldenBytes) {
  EXPECT_EQ(crypto::hex_encode(encode_named_head(head)),
            "0105000000000000002900000000000000756e69743a332d312d31323032");
  EXPECT_EQ(crypto::hex_encode(named_head_leaf(head).view()),
            "f3fba68cac3bf69b6a006c6f16db0a5d155c46adcf8584e888721ddb60c7f94f");
}

TEST(StreamHeads, AreReadBack) {
  const Bytes entry = encode_named_head(head);
  const auto parsed = parse_named_head(entry);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->name, head.name);
  EXPECT_EQ(parsed->version, head.version);
  EXPECT_EQ(parsed->last, head.last);
}

TEST(StreamHeads, OtherBytesAreRefused) {
  const Bytes entry = encode_named_head(head);
  for (std::size_t size = 0; size <= 17; ++size) {
    EXPECT_FALSE(parse_named_head(ByteView(entry).first(size))) << size;
  }
  Bytes other = entry;
  other[0] = 2;
  EXPECT_FALSE(parse_named_head(other)) << "another layout";
  EXPECT_FALSE(parse_named_head(encode_named_head({"unit:x", StreamVersion{0}, RecordIndex{1}})))
      << "a stream without records";
  EXPECT_FALSE(parse_named_head(encode_named_head({"unit:", StreamVersion{1}, RecordIndex{1}})));
}

}  // namespace
}  // namespace juanzong::testing
