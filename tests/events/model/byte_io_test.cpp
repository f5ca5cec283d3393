// SPDX-License-Identifier: Apache-2.0
#include "events/model/byte_io.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

TEST(ByteWriter, WritesLittleEndianWithLengthsFirst) {
  ByteWriter out;
  out.put(std::uint8_t{1}).put(std::uint16_t{0x0203}).put(std::uint32_t{0x04050607});
  out.put_i64(-2).put_sized<std::uint16_t>(bytes_of("ab"));
  EXPECT_EQ(
      out.take(),
      (Bytes{1, 3, 2, 7, 6, 5, 4, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 'a', 'b'}));
}

TEST(ByteWriter, PadsToAMultipleAndNoFurther) {
  ByteWriter out;
  out.pad_to(8);
  EXPECT_EQ(out.size(), 0U);
  out.put(std::uint8_t{1}).pad_to(8);
  EXPECT_EQ(out.size(), 8U);
  out.pad_to(8);
  EXPECT_EQ(out.size(), 8U);
}

TEST(ByteReader, ReadsWhatWasWritten) {
  ByteWriter out;
  out.put(std::uint64_t{0xfedcba9876543210}).put_i64(-7).put_sized<std::uint8_t>(bytes_of("xyz"));
  out.put(crypto::Digest{}).pad_to(8);
  const Bytes bytes = out.take();
  ByteReader in(bytes);
  EXPECT_EQ(in.take<std::uint64_t>(), 0xfedcba9876543210);
  EXPECT_EQ(in.take_i64(), -7);
  EXPECT_EQ(text_of(in.take_sized<std::uint8_t>()), "xyz");
  EXPECT_EQ(in.take_digest(), crypto::Digest{});
  EXPECT_FALSE(in.finished());
  in.skip_padding(8);
  EXPECT_TRUE(in.finished());
}

TEST(ByteReader, StaysFailedPastTheEnd) {
  const Bytes bytes{1, 2, 3};
  ByteReader in(bytes);
  EXPECT_EQ(in.take<std::uint32_t>(), 0U);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.take<std::uint8_t>(), 0U);
  EXPECT_TRUE(in.take_view(0).empty());
  EXPECT_FALSE(in.finished());
}

TEST(ByteReader, ALengthBeyondTheEndFails) {
  const Bytes bytes{0xff, 0xff, 0xff, 0xff, 1};
  ByteReader in(bytes);
  EXPECT_TRUE(in.take_sized<std::uint32_t>().empty());
  EXPECT_FALSE(in.ok());
}

TEST(ByteReader, PaddingMustBeZeroAndPresent) {
  const Bytes dirty{1, 0, 0, 0, 0, 0, 9, 0};
  ByteReader in(dirty);
  in.take<std::uint8_t>();
  in.skip_padding(8);
  EXPECT_FALSE(in.ok());
  const Bytes cut{1, 0, 0};
  ByteReader shorter(cut);
  shorter.take<std::uint8_t>();
  shorter.skip_padding(8);
  EXPECT_FALSE(shorter.ok());
}

}  // namespace
}  // namespace juanzong
