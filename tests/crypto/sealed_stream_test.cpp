// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_stream.h"

#include "crypto/random_bytes.h"

#include "tests/support/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace juanzong::crypto {
namespace {

constexpr std::size_t sealed_chunk_bytes = sealed_stream_chunk_bytes + sealed_stream_overhead_bytes;
const ByteView context = bytes_of("a backup");

SecretKey new_key() {
  return SecretKey{random_array<32>()};
}

Bytes sample(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
  }
  return bytes;
}

// As a file holds it.
Bytes sealed_whole(const RecipientKey& recipient, ByteView plain) {
  auto sealer = StreamSealer::begin(recipient, context);
  EXPECT_TRUE(sealer.has_value());
  Bytes file = sealer->prelude();
  bool last = false;
  while (!last) {
    const std::size_t size = std::min(plain.size(), sealed_stream_chunk_bytes);
    last = size == plain.size();
    const Bytes chunk =
        sealer->seal(plain.first(size), last ? ChunkPlace::last : ChunkPlace::within);
    file.insert(file.end(), chunk.begin(), chunk.end());
    plain = plain.subspan(size);
  }
  return file;
}

std::optional<Bytes> opened_whole(const SecretKey& key, ByteView file, ByteView named = context) {
  if (file.size() < sealed_stream_prelude_bytes) {
    return std::nullopt;
  }
  auto opener = StreamOpener::begin(key, named, file.first(sealed_stream_prelude_bytes));
  ByteView rest = file.subspan(sealed_stream_prelude_bytes);
  Bytes plain;
  bool last = false;
  while (opener && !last) {
    const std::size_t size = std::min(rest.size(), sealed_chunk_bytes);
    last = size == rest.size();
    const auto chunk = opener->open(rest.first(size), last ? ChunkPlace::last : ChunkPlace::within);
    if (!chunk) {
      return std::nullopt;
    }
    plain.insert(plain.end(), chunk->begin(), chunk->end());
    rest = rest.subspan(size);
  }
  return opener ? std::optional(plain) : std::nullopt;
}

TEST(SealedStream, OpensToThePlaintextAtEverySize) {
  const SecretKey key = new_key();
  const RecipientKey recipient = RecipientKey::of(key);
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U, 200'000U}) {
    const Bytes plain = sample(size);
    EXPECT_EQ(opened_whole(key, sealed_whole(recipient, plain)), plain) << size;
  }
}

TEST(SealedStream, NeverSealsTwiceAlike) {
  const RecipientKey recipient = RecipientKey::of(new_key());
  EXPECT_NE(sealed_whole(recipient, {}), sealed_whole(recipient, {}));
}

TEST(SealedStream, IsRefusedAfterAFlippedBitInAnyByte) {
  const SecretKey key = new_key();
  const Bytes file = sealed_whole(RecipientKey::of(key), sample(100));
  for (std::size_t at = 0; at < file.size(); ++at) {
    Bytes mutant = file;
    mutant[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    EXPECT_FALSE(opened_whole(key, mutant)) << at;
  }
}

TEST(SealedStream, IsRefusedWhenItIsCutOffAnywhere) {
  const SecretKey key = new_key();
  const Bytes file = sealed_whole(RecipientKey::of(key), sample(131'072 + 5));
  for (std::size_t end = 0; end < sealed_stream_prelude_bytes + 40; ++end) {
    EXPECT_FALSE(opened_whole(key, ByteView(file).first(end))) << end;
  }
  for (const std::size_t chunks : {1U, 2U}) {
    const std::size_t border = sealed_stream_prelude_bytes + chunks * sealed_chunk_bytes;
    for (const std::size_t end : {border - 1, border, border + 1, border + 17}) {
      EXPECT_FALSE(opened_whole(key, ByteView(file).first(end))) << end;
    }
  }
}

TEST(SealedStream, IsRefusedWithItsChunksMovedDroppedOrAdded) {
  const SecretKey key = new_key();
  const Bytes file = sealed_whole(RecipientKey::of(key), sample(3 * 65'536));
  const auto first = file.begin() + sealed_stream_prelude_bytes;
  const auto second = first + static_cast<std::ptrdiff_t>(sealed_chunk_bytes);
  const auto third = second + static_cast<std::ptrdiff_t>(sealed_chunk_bytes);
  Bytes moved(file.begin(), first);
  moved.insert(moved.end(), second, third);
  moved.insert(moved.end(), first, second);
  moved.insert(moved.end(), third, file.end());
  EXPECT_FALSE(opened_whole(key, moved));
  Bytes dropped(file.begin(), second);
  dropped.insert(dropped.end(), third, file.end());
  EXPECT_FALSE(opened_whole(key, dropped));
  Bytes added = file;
  added.insert(added.end(), third, file.end());
  EXPECT_FALSE(opened_whole(key, added));
}

TEST(SealedStream, IsOpenedByItsRecipientUnderItsNameOnly) {
  const SecretKey key = new_key();
  const RecipientKey recipient = RecipientKey::of(key);
  const Bytes file = sealed_whole(recipient, sample(10));
  EXPECT_EQ(StreamOpener::recipient_of(ByteView(file).first(sealed_stream_prelude_bytes)),
            recipient);
  EXPECT_FALSE(opened_whole(new_key(), file));
  EXPECT_FALSE(opened_whole(key, file, bytes_of("another file")));
}

TEST(SealedStream, IsNotSealedToAKeyOfSmallOrder) {
  EXPECT_FALSE(StreamSealer::begin(RecipientKey{}, context));
}

// A file that an earlier build wrote opens for ever. It was sealed to the private key of 32 bytes
// 0x01, with the text "卷宗 Juanzong\n".
TEST(SealedStream, OpensWhatWasSealedBefore) {
  std::array<std::uint8_t, 32> ones{};
  ones.fill(1);
  const auto plain = opened_whole(SecretKey{ones}, testing::golden("sealed_stream"));
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(text_of(ByteView(*plain)), "卷宗 Juanzong\n");
}

}  // namespace
}  // namespace juanzong::crypto
