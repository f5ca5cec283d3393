// SPDX-License-Identifier: Apache-2.0
#include "crypto/recipient_key.h"

#include "crypto/hex.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

SecretKey secret(std::string_view hex) {
  const auto bytes = hex_decode(hex);
  SecretKey key;
  std::ranges::copy(*bytes, key.writable().begin());
  return key;
}

// RFC 7748, section 6.1.
TEST(RecipientKey, IsThePublicKeyOfX25519) {
  const SecretKey bob = secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  EXPECT_EQ(hex_encode(RecipientKey::of(bob).bytes),
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
}

TEST(RecipientKey, IsReadAsItIsWritten) {
  const RecipientKey key = RecipientKey::of(SecretKey{});
  EXPECT_EQ(RecipientKey::parse(key.text()), key);
  EXPECT_EQ(RecipientKey::parse(key.text() + "\n"), key);
}

TEST(RecipientKey, IsRefusedWithAnyOtherCharacter) {
  const std::string text = RecipientKey::of(SecretKey{}).text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string mistyped = text;
    mistyped[i] = mistyped[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(RecipientKey::parse(mistyped)) << i;
  }
  EXPECT_FALSE(RecipientKey::parse(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(RecipientKey::parse(text + " "));
  EXPECT_FALSE(RecipientKey::parse(""));
}

}  // namespace
}  // namespace juanzong::crypto
