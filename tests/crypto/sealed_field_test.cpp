// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_field.h"

#include "crypto/random_bytes.h"

#include "tests/crypto/vectors.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

SecretKey random_key() {
  return SecretKey{random_array<32>()};
}

TEST(SealedField, OpensToThePlaintextAtEverySize) {
  const SecretKey key = random_key();
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 255U, 4096U, 100000U}) {
    const Bytes plaintext(size, 0x5A);
    const Bytes sealed = seal(key, bytes_of("record 7 name"), plaintext);
    EXPECT_EQ(sealed.size(), size + 28);
    EXPECT_EQ(open(key, bytes_of("record 7 name"), sealed), plaintext) << size;
  }
}

TEST(SealedField, NeverSealsTwiceAlike) {
  const SecretKey key = random_key();
  const Bytes first = seal(key, {}, bytes_of("same"));
  const Bytes second = seal(key, {}, bytes_of("same"));
  EXPECT_NE(first, second);
  EXPECT_FALSE(std::equal(first.begin(), first.begin() + 12, second.begin()));
}

TEST(SealedField, IsRefusedAfterAnyFlippedBit) {
  const SecretKey key = random_key();
  const Bytes sealed = seal(key, bytes_of("aad"), bytes_of("plaintext"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes mutant = sealed;
    mutant[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_EQ(open(key, bytes_of("aad"), mutant), std::nullopt) << bit;
  }
}

TEST(SealedField, IsRefusedUnderAnotherKeyOrPlace) {
  const SecretKey key = random_key();
  const Bytes sealed = seal(key, bytes_of("record 7"), bytes_of("plaintext"));
  EXPECT_EQ(open(random_key(), bytes_of("record 7"), sealed), std::nullopt);
  EXPECT_EQ(open(key, bytes_of("record 8"), sealed), std::nullopt);
  EXPECT_EQ(open(key, {}, sealed), std::nullopt);
}

TEST(SealedField, IsRefusedWhenCutShort) {
  const SecretKey key = random_key();
  const Bytes sealed = seal(key, {}, bytes_of("plaintext"));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_EQ(open(key, {}, ByteView(sealed).first(size)), std::nullopt) << size;
  }
}

TEST(SealedField, AgreesWithWycheproof) {
  const auto vectors = read_vectors("wycheproof/aes_gcm_test.json");
  int applicable = 0;
  for_each_test(vectors, [&](const auto& group, const auto& test) {
    if (group.at("keySize") != 256 || group.at("ivSize") != 96 || group.at("tagSize") != 128) {
      return;
    }
    ++applicable;
    Bytes sealed;
    for (const char* part : {"iv", "ct", "tag"}) {
      const Bytes bytes = hex_field(test, part);
      sealed.insert(sealed.end(), bytes.begin(), bytes.end());
    }
    const Bytes key = hex_field(test, "key");
    const auto opened =
        open(SecretKey{std::span<const std::uint8_t, 32>(key)}, hex_field(test, "aad"), sealed);
    EXPECT_EQ(opened.has_value(), is_valid(test)) << test.at("tcId");
    EXPECT_TRUE(!opened || *opened == hex_field(test, "msg")) << test.at("tcId");
  });
  EXPECT_EQ(applicable, 66);
}

}  // namespace
}  // namespace juanzong::crypto
