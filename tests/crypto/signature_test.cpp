// SPDX-License-Identifier: Apache-2.0
#include "crypto/signature.h"

#include "crypto/hex.h"

#include "tests/crypto/vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace juanzong::crypto {
namespace {

template <typename Value>
Value from_hex(std::string_view hex) {
  const Bytes bytes = hex_decode(hex).value();
  Value value;
  EXPECT_EQ(bytes.size(), value.bytes.size());
  std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
  return value;
}

PrivateKey key_from_hex(std::string_view hex) {
  const Bytes seed = hex_decode(hex).value();
  return PrivateKey::from_seed(std::span<const std::uint8_t, 32>(seed));
}

// p - y for a field element in little-endian bytes (p = 2^255 - 19), keeping the sign bit clear.
PublicKey negate_y(const PublicKey& key) {
  PublicKey negated;
  int borrow = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const int p = i == 0 ? 0xED : (i == 31 ? 0x7F : 0xFF);
    const int y = i == 31 ? key.bytes[i] & 0x7F : key.bytes[i];
    const int difference = p - y - borrow;
    borrow = difference < 0 ? 1 : 0;
    negated.bytes[i] = static_cast<std::uint8_t>(difference & 0xFF);
  }
  return negated;
}

TEST(Signature, MatchesRfc8032) {
  const PrivateKey empty =
      key_from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  EXPECT_EQ(hex_encode(empty.public_key().view()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(hex_encode(empty.sign({}).view()),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
            "39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  const PrivateKey one =
      key_from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  EXPECT_EQ(hex_encode(one.sign(Bytes{0x72}).view()),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
            "3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Signature, VerifiesOnlyItsOwnMessageUnderItsOwnKey) {
  const PrivateKey key = PrivateKey::generate();
  const PrivateKey other = PrivateKey::generate();
  const Signature signature = key.sign(bytes_of("message"));
  EXPECT_TRUE(verify(key.public_key(), bytes_of("message"), signature));
  EXPECT_FALSE(verify(key.public_key(), bytes_of("messagf"), signature));
  EXPECT_FALSE(verify(key.public_key(), {}, signature));
  EXPECT_FALSE(verify(other.public_key(), bytes_of("message"), signature));
}

TEST(Signature, IsRefusedAfterAnyFlippedBit) {
  const PrivateKey key = PrivateKey::generate();
  const Signature signature = key.sign(bytes_of("message"));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature mutant = signature;
    mutant.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(verify(key.public_key(), bytes_of("message"), mutant)) << bit;
  }
}

TEST(Signature, AgreesWithWycheproof) {
  const auto vectors = read_vectors("wycheproof/ed25519_test.json");
  const int count = for_each_test(vectors, [](const auto& group, const auto& test) {
    const auto key = from_hex<PublicKey>(text_field(group.at("publicKey"), "pk"));
    const Bytes bytes = hex_field(test, "sig");
    bool verified = false;
    if (bytes.size() == Signature::size_bytes) {
      const auto signature = from_hex<Signature>(hex_encode(bytes));
      verified = verify(key, hex_field(test, "msg"), signature);
    }
    EXPECT_EQ(verified, is_valid(test)) << test.at("tcId");
  });
  EXPECT_EQ(count, 151);
}

TEST(PrivateKey, IsItsSeed) {
  const PrivateKey key = PrivateKey::generate();
  const PrivateKey again = PrivateKey::from_seed(key.seed());
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_EQ(again.sign(bytes_of("m")), key.sign(bytes_of("m")));
}

TEST(PrivateKey, MovesButIsNeverCopied) {
  EXPECT_FALSE(std::is_copy_constructible_v<PrivateKey>);
  PrivateKey key = PrivateKey::generate();
  const PublicKey public_key = key.public_key();
  const PrivateKey moved = std::move(key);
  EXPECT_TRUE(verify(public_key, bytes_of("m"), moved.sign(bytes_of("m"))));
  EXPECT_TRUE(std::all_of(key.seed().begin(), key.seed().end(), [](auto b) { return b == 0; }));
}

TEST(PublicKey, IsAcceptableWhenGenerated) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(is_acceptable(PrivateKey::generate().public_key()));
  }
}

TEST(PublicKey, OfSmallOrderIsRefused) {
  // All eight points of the torsion subgroup, and their non-canonical encodings.
  for (const char* hex : {
           "0100000000000000000000000000000000000000000000000000000000000000",
           "0100000000000000000000000000000000000000000000000000000000000080",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
           "0000000000000000000000000000000000000000000000000000000000000000",
           "0000000000000000000000000000000000000000000000000000000000000080",
           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
       }) {
    EXPECT_FALSE(is_acceptable(from_hex<PublicKey>(hex))) << hex;
  }
}

TEST(PublicKey, WithASmallOrderPartIsRefused) {
  // (x, y) + (0, -1) = (-x, -y): prime-order point plus the point of order two.
  for (int i = 0; i < 20; ++i) {
    const PublicKey key = PrivateKey::generate().public_key();
    PublicKey mixed = negate_y(key);
    mixed.bytes[31] |= static_cast<std::uint8_t>((key.bytes[31] & 0x80U) ^ 0x80U);
    EXPECT_FALSE(is_acceptable(mixed));
  }
}

TEST(PublicKey, ThatIsNotAPointOrNotCanonicalIsRefused) {
  // y = 2 has no x on the curve; y = p + 3 is a second spelling of y = 3.
  EXPECT_FALSE(is_acceptable(
      from_hex<PublicKey>("0200000000000000000000000000000000000000000000000000000000000000")));
  EXPECT_FALSE(is_acceptable(
      from_hex<PublicKey>("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
  PublicKey all_ones;
  all_ones.bytes.fill(0xFF);
  EXPECT_FALSE(is_acceptable(all_ones));
}

}  // namespace
}  // namespace juanzong::crypto
