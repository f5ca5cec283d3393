// SPDX-License-Identifier: Apache-2.0
#include "crypto/hkdf.h"

#include "tests/crypto/vectors.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

TEST(Hkdf, MatchesRfc5869) {
  const Bytes secret(22, 0x0B);
  const auto salt = hex_decode("000102030405060708090a0b0c").value();
  const auto info = hex_decode("f0f1f2f3f4f5f6f7f8f9").value();
  EXPECT_EQ(hex_encode(hkdf_sha256(secret, salt, info, 42).value()),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_EQ(hex_encode(hkdf_sha256(secret, {}, {}, 42).value()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, GivesAtMost255Blocks) {
  EXPECT_EQ(hkdf_sha256({}, {}, {}, 8160)->size(), 8160U);
  EXPECT_EQ(hkdf_sha256({}, {}, {}, 8161), std::nullopt);
  EXPECT_EQ(hkdf_sha256({}, {}, {}, 0), Bytes{});
}

TEST(Hkdf, DerivesTheFirst32BytesAsAKey) {
  const SecretKey key = derive_key(bytes_of("secret"), bytes_of("salt"), bytes_of("info"));
  const Bytes output =
      hkdf_sha256(bytes_of("secret"), bytes_of("salt"), bytes_of("info"), 32).value();
  EXPECT_TRUE(constant_time_equal(key.view(), output));
  const SecretKey other = derive_key(bytes_of("secret"), bytes_of("salt"), bytes_of("infp"));
  EXPECT_FALSE(constant_time_equal(key.view(), other.view()));
}

TEST(Hkdf, AgreesWithWycheproof) {
  const auto vectors = read_vectors("wycheproof/hkdf_sha256_test.json");
  const int count = for_each_test(vectors, [](const auto&, const auto& test) {
    const auto output = hkdf_sha256(hex_field(test, "ikm"),
                                    hex_field(test, "salt"),
                                    hex_field(test, "info"),
                                    test.at("size").template to_number<std::size_t>());
    const bool equal = output && *output == hex_field(test, "okm");
    EXPECT_EQ(equal, is_valid(test)) << test.at("tcId");
  });
  EXPECT_EQ(count, 86);
}

}  // namespace
}  // namespace juanzong::crypto
