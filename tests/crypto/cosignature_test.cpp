// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosignature.h"

#include "crypto/signed_note.h"

#include "tests/crypto/note_sample.h"

#include <gtest/gtest.h>

#include <numeric>

namespace juanzong::crypto {
namespace {

constexpr std::string_view text =
    "log.example/1\n15\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
constexpr std::uint64_t time_unix_seconds = 1679315147;

// Seed 00 01 … 1f.
SignerKey witness() {
  std::array<std::uint8_t, 32> seed{};
  std::iota(seed.begin(), seed.end(), std::uint8_t{0});
  return SignerKey::create(
             "witness.example/w1", PrivateKey::from_seed(seed), NoteKeyType::cosignature_v1)
      .value();
}

TEST(Cosignature, MatchesBytesMadeWithGo) {
  const SignerKey signer = witness();
  EXPECT_EQ(signer.verifier().text(),
            "witness.example/w1+e75f6532+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
  const auto signature = cosign(signer, text, time_unix_seconds);
  ASSERT_TRUE(signature);
  EXPECT_EQ(signature->blob.size(), 72U);
  EXPECT_EQ(format_signature_line(*signature),
            "\u2014 witness.example/w1 "
            "519lMgAAAABkGFDL+prmdO6ondmLcTUjBhrFy3/+vx7vjd1PJCdoHs5NGroUw7K6oEPqy"
            "sMGnzK3onY+dius6n47O3kBuovvMZuwBw==\n");
}

TEST(Cosignature, VouchesForItsTime) {
  const SignerKey signer = witness();
  for (const std::uint64_t time : {std::uint64_t{0}, time_unix_seconds, ~std::uint64_t{0} >> 1U}) {
    const auto signature = cosign(signer, text, time);
    ASSERT_TRUE(signature);
    EXPECT_EQ(verify_cosignature(signer.verifier(), text, *signature), time);
  }
  EXPECT_EQ(cosign(signer, text, std::uint64_t{1} << 63U), std::nullopt);
}

TEST(Cosignature, IsRefusedAfterAnyFlippedBit) {
  const SignerKey signer = witness();
  const NoteSignature signature = cosign(signer, text, time_unix_seconds).value();
  for (std::size_t bit = 0; bit < signature.blob.size() * 8; ++bit) {
    NoteSignature mutant = signature;
    mutant.blob[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(verify_cosignature(signer.verifier(), text, mutant)) << bit;
  }
  for_each_text_mutant(text, [&](const std::string& mutant) {
    EXPECT_FALSE(verify_cosignature(signer.verifier(), mutant, signature));
  });
}

TEST(Cosignature, IsRefusedAtAnyOtherLength) {
  const SignerKey signer = witness();
  NoteSignature signature = cosign(signer, text, time_unix_seconds).value();
  signature.blob.push_back(0);
  EXPECT_FALSE(verify_cosignature(signer.verifier(), text, signature));
  signature.blob.resize(71);
  EXPECT_FALSE(verify_cosignature(signer.verifier(), text, signature));
  signature.blob.clear();
  EXPECT_FALSE(verify_cosignature(signer.verifier(), text, signature));
}

TEST(Cosignature, NeedsAKeyOfItsOwnType) {
  const SignerKey plain = sample_signer("witness.example/w1", 5);
  const SignerKey other = sample_signer("witness.example/w1", 6, NoteKeyType::cosignature_v1);
  EXPECT_EQ(cosign(plain, text, time_unix_seconds), std::nullopt);
  const NoteSignature signature = cosign(witness(), text, time_unix_seconds).value();
  EXPECT_FALSE(verify_cosignature(plain.verifier(), text, signature));
  EXPECT_FALSE(verify_cosignature(other.verifier(), text, signature));
  EXPECT_EQ(cosign(other, "no newline", time_unix_seconds), std::nullopt);
}

}  // namespace
}  // namespace juanzong::crypto
