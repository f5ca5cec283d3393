// SPDX-License-Identifier: Apache-2.0
#include "events/vault/blob_store.h"

#include "crypto/sealed_field.h"

#include "events/model/limits.h"
#include "events/storage/durable_file.h"

#include "tests/support/secret_keys.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace juanzong {
namespace {

constexpr std::size_t chunk = limits::blob_chunk_bytes;
constexpr std::size_t sealed_chunk = chunk + crypto::sealed_overhead_size_bytes;

class Blobs : public ::testing::Test {
 protected:
  std::filesystem::path directory() const { return folder_.path() / "a" / "blobs"; }
  static BlobId id(std::uint8_t byte) {
    BlobId blob;
    blob.bytes.fill(byte);
    return blob;
  }
  static crypto::SecretKey key(std::uint8_t byte = 3) { return testing::secret(byte); }
  static Bytes content(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
      bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    }
    return bytes;
  }
  std::filesystem::path file(const BlobId& blob) const { return directory() / hex_of(blob.bytes); }
  ErrorCode code_after(const Bytes& stored) const {
    std::ofstream(file(id(1)), std::ios::binary | std::ios::trunc) << text_of(stored);
    const auto loaded = store_.load(id(1), key());
    EXPECT_FALSE(loaded);
    return loaded ? ErrorCode::malformed_frame : loaded.error().code;
  }

  testing::TemporaryFolder folder_;
  BlobStore store_{directory()};
};

TEST_F(Blobs, ComeBackAtEverySizeAroundAChunk) {
  std::uint8_t number = 0;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 17}) {
    const BlobId blob = id(++number);
    EXPECT_FALSE(store_.has(blob));
    ASSERT_TRUE(store_.store(blob, key(), content(size)));
    EXPECT_TRUE(store_.has(blob));
    const auto loaded = store_.load(blob, key());
    ASSERT_TRUE(loaded) << size;
    EXPECT_EQ(*loaded, content(size));
  }
}

TEST_F(Blobs, AreNotReplacedAndNotUnbounded) {
  ASSERT_TRUE(store_.store(id(1), key(), content(10)));
  EXPECT_EQ(store_.store(id(1), key(), content(11)).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(*store_.load(id(1), key()), content(10));
  const Bytes huge(limits::blob_bytes_max + 1);
  EXPECT_EQ(store_.store(id(2), key(), huge).error().code, ErrorCode::limit_exceeded);
  EXPECT_FALSE(store_.has(id(2)));
  EXPECT_EQ(store_.load(id(2), key()).error().code, ErrorCode::not_found);
}

TEST_F(Blobs, OpenUnderTheirOwnKeyAndIdOnly) {
  ASSERT_TRUE(store_.store(id(1), key(), content(100)));
  EXPECT_EQ(store_.load(id(1), key(4)).error().code, ErrorCode::corruption);
  std::filesystem::copy_file(file(id(1)), file(id(2)));
  EXPECT_EQ(store_.load(id(2), key()).error().code, ErrorCode::corruption);
}

TEST_F(Blobs, TellWhoseTheyAreAndAreRemoved) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, chunk, chunk + 1}) {
    ASSERT_TRUE(store_.store(id(1), key(), content(size)));
    EXPECT_TRUE(store_.opens(id(1), key())) << size;
    EXPECT_FALSE(store_.opens(id(1), key(4))) << size;
    ASSERT_TRUE(store_.remove(id(1)));
    EXPECT_FALSE(store_.has(id(1)));
    EXPECT_FALSE(store_.opens(id(1), key())) << size;
    EXPECT_TRUE(store_.remove(id(1))) << "it is gone already";
  }
}

TEST_F(Blobs, CutSwappedExtendedOrFlippedAreRefused) {
  ASSERT_TRUE(store_.store(id(1), key(), content(2 * chunk + 5)));
  const Bytes stored = *read_file(file(id(1)), 1U << 24U);
  const auto part = [&](std::size_t from, std::size_t to) {
    return Bytes(stored.begin() + static_cast<std::ptrdiff_t>(from),
                 stored.begin() + static_cast<std::ptrdiff_t>(to));
  };
  EXPECT_EQ(code_after(part(0, sealed_chunk)), ErrorCode::corruption);      // two chunks lost
  EXPECT_EQ(code_after(part(0, 2 * sealed_chunk)), ErrorCode::corruption);  // the last lost
  EXPECT_EQ(code_after(part(sealed_chunk, stored.size())), ErrorCode::corruption);
  EXPECT_EQ(code_after(part(0, stored.size() - 1)), ErrorCode::corruption);
  EXPECT_EQ(code_after({}), ErrorCode::corruption);
  Bytes swapped = part(sealed_chunk, 2 * sealed_chunk);
  const Bytes first = part(0, sealed_chunk);
  swapped.insert(swapped.end(), first.begin(), first.end());
  const Bytes last = part(2 * sealed_chunk, stored.size());
  swapped.insert(swapped.end(), last.begin(), last.end());
  EXPECT_EQ(code_after(swapped), ErrorCode::corruption);
  Bytes longer = stored;
  longer.push_back(0);
  EXPECT_EQ(code_after(longer), ErrorCode::corruption);
  for (std::size_t at = 0; at < stored.size(); at += 9'973) {
    Bytes flipped = stored;
    flipped[at] ^= 1;
    EXPECT_EQ(code_after(flipped), ErrorCode::corruption) << at;
  }
}

}  // namespace
}  // namespace juanzong
