// SPDX-License-Identifier: Apache-2.0
#include "crypto/note_key.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

constexpr std::string_view example_text =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
// From the documentation of Go's golang.org/x/mod/sumdb/note.
constexpr std::string_view neumann_secret =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view neumann_text =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

TEST(VerifierKey, ReadsBackItsText) {
  for (const std::string_view text : {example_text, neumann_text}) {
    const auto key = VerifierKey::parse(text);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->text(), text);
  }
  const auto key = VerifierKey::parse(example_text);
  EXPECT_EQ(key->name(), "example.com/foo");
  EXPECT_EQ(key->key_id(), 0x530d903aU);
  EXPECT_EQ(key->type(), NoteKeyType::ed25519);
}

TEST(VerifierKey, IsRefusedAfterAnyChangedCharacter) {
  for (std::size_t at = 0; at < example_text.size(); ++at) {
    std::string mutant(example_text);
    mutant[at] = mutant[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(VerifierKey::parse(mutant)) << mutant;
    EXPECT_FALSE(VerifierKey::parse(example_text.substr(0, at)));
  }
  EXPECT_FALSE(VerifierKey::parse(std::string(example_text) + "\n"));
}

TEST(VerifierKey, RefusesUpperCaseInTheKeyId) {
  std::string upper(example_text);
  upper.replace(upper.find("530d903a"), 8, "530D903A");
  EXPECT_FALSE(VerifierKey::parse(upper));
}

TEST(VerifierKey, RefusesBadNamesKeysAndTypes) {
  const PublicKey good = PrivateKey::generate().public_key();
  EXPECT_TRUE(VerifierKey::create("a", good));
  EXPECT_FALSE(VerifierKey::create("", good));
  EXPECT_FALSE(VerifierKey::create("a+b", good));
  EXPECT_FALSE(VerifierKey::create("a b", good));
  EXPECT_FALSE(VerifierKey::create("a", PublicKey{}));
  EXPECT_FALSE(VerifierKey::create("a", good, static_cast<NoteKeyType>(2)));
}

TEST(VerifierKey, OfAnotherTypeHasAnotherId) {
  const PublicKey key = PrivateKey::generate().public_key();
  const auto log = VerifierKey::create("a", key);
  const auto witness = VerifierKey::create("a", key, NoteKeyType::cosignature_v1);
  EXPECT_NE(log->key_id(), witness->key_id());
  EXPECT_EQ(VerifierKey::parse(witness->text()), witness);
}

TEST(SignerKey, ReadsTheSecretTextOfGo) {
  const auto signer = SignerKey::parse(neumann_secret);
  ASSERT_TRUE(signer);
  EXPECT_EQ(signer->verifier().text(), neumann_text);
  EXPECT_EQ(signer->secret_text(), neumann_secret);
}

TEST(SignerKey, IsRefusedAfterAnyChangedCharacter) {
  for (std::size_t at = 0; at < neumann_secret.size(); ++at) {
    std::string mutant(neumann_secret);
    mutant[at] = mutant[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(SignerKey::parse(mutant)) << mutant;
    EXPECT_FALSE(SignerKey::parse(neumann_secret.substr(0, at)));
  }
}

TEST(SignerKey, HasTheVerifierOfItsPrivateKey) {
  auto signer = SignerKey::create("log.example/1", PrivateKey::generate());
  ASSERT_TRUE(signer);
  EXPECT_EQ(signer->verifier().public_key(), signer->private_key().public_key());
  EXPECT_FALSE(SignerKey::create("log example", PrivateKey::generate()));
}

}  // namespace
}  // namespace juanzong::crypto
