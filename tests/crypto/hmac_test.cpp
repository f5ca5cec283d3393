// SPDX-License-Identifier: Apache-2.0
#include "crypto/hmac.h"

#include "tests/crypto/vectors.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace juanzong::crypto {
namespace {

TEST(Hmac, MatchesRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0B), bytes_of("Hi There"))),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xAA),
                               bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, TakesTheEmptyKeyForZeros) {
  EXPECT_EQ(to_hex(hmac_sha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  // A keyed call in between must leave nothing for the next one.
  EXPECT_NE(hmac_sha256(Bytes(32, 1), {}), hmac_sha256({}, {}));
  EXPECT_EQ(hmac_sha256({}, bytes_of("m")), hmac_sha256(Bytes(64), bytes_of("m")));
}

TEST(Hmac, AgreesWithWycheproof) {
  const auto vectors = read_vectors("wycheproof/hmac_sha256_test.json");
  const int count = for_each_test(vectors, [](const auto&, const auto& test) {
    const Bytes tag = hex_field(test, "tag");
    const Digest full = hmac_sha256(hex_field(test, "key"), hex_field(test, "msg"));
    // Half of the cases are of tags cut to 128 bits.
    const bool equal = std::equal(tag.begin(), tag.end(), full.bytes.begin());
    EXPECT_EQ(equal, is_valid(test)) << test.at("tcId");
  });
  EXPECT_EQ(count, 174);
}

}  // namespace
}  // namespace juanzong::crypto
