// SPDX-License-Identifier: Apache-2.0
#include "crypto/checkpoint.h"

#include "crypto/merkle_tree.h"
#include "crypto/signed_note.h"

#include "tests/crypto/note_sample.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

Checkpoint sample() {
  return {"log.example/1", 42, leaf_hash(bytes_of("entry"))};
}

constexpr std::string_view root_line = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

std::optional<Checkpoint> parse(const std::string& origin_and_size) {
  return parse_checkpoint(origin_and_size + std::string(root_line));
}

TEST(Checkpoint, IsThreeLines) {
  EXPECT_EQ(format_checkpoint({"log.example/1", 0, empty_root()}),
            "log.example/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  const auto checkpoint = parse("log.example/1\n123456\n");
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->origin, "log.example/1");
  EXPECT_EQ(checkpoint->size, 123456U);
  EXPECT_EQ(checkpoint->root.bytes[31], 0x1F);
}

TEST(Checkpoint, ReadsBackItsTextAtTheLimits) {
  for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{10}, checkpoint_size_max}) {
    const Checkpoint checkpoint{"卷宗 one", size, leaf_hash({})};
    EXPECT_EQ(parse_checkpoint(format_checkpoint(checkpoint).value()), checkpoint);
  }
  EXPECT_FALSE(format_checkpoint({"a", checkpoint_size_max + 1, leaf_hash({})}));
}

TEST(Checkpoint, RefusesEverySecondSpellingOfTheSize) {
  ASSERT_TRUE(parse("a\n1\n"));
  for (const char* size : {"",
                           "01",
                           "00",
                           "+1",
                           "-1",
                           " 1",
                           "1 ",
                           "0x1",
                           "1e3",
                           "9223372036854775808",
                           "18446744073709551616",
                           "99999999999999999999999"}) {
    EXPECT_FALSE(parse("a\n" + std::string(size) + "\n")) << size;
  }
}

TEST(Checkpoint, RefusesMissingSurplusAndMalformedLines) {
  for (const std::string_view text : {
           "",
           "a\n1\n",
           "\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n",
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nextension\n",
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",  // trailing bits
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n",  // 31 bytes
           "a\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n",  // 33 bytes
           "a\n0\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",  // empty tree, other root
           "a\tb\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
       }) {
    EXPECT_FALSE(parse_checkpoint(text)) << text;
  }
  EXPECT_FALSE(format_checkpoint({"", 1, Digest{}}));
  EXPECT_FALSE(format_checkpoint({"a\nb", 1, Digest{}}));
  EXPECT_FALSE(format_checkpoint({"a", 0, Digest{}}));
}

TEST(Checkpoint, OpensUnderTheKeyOfItsLog) {
  const SignerKey log = sample_signer("log.example/1", 1);
  const auto note = sign_checkpoint(sample(), log);
  ASSERT_TRUE(note);
  EXPECT_EQ(open_checkpoint(*note, log.verifier()), sample());
  EXPECT_FALSE(open_checkpoint(*note, sample_signer("log.example/1", 2).verifier()));
}

TEST(Checkpoint, IsRefusedAfterAnySingleChange) {
  const SignerKey log = sample_signer("log.example/1", 1);
  const std::string note = sign_checkpoint(sample(), log).value();
  for_each_text_mutant(note, [&](const std::string& mutant) {
    EXPECT_FALSE(open_checkpoint(mutant, log.verifier())) << mutant;
  });
}

TEST(Checkpoint, StandsWhateverHappensToAnUnknownSignature) {
  const SignerKey log = sample_signer("log.example/1", 1);
  const SignerKey other = sample_signer("other.example", 2);
  const std::string own = sign_checkpoint(sample(), log).value();
  const std::string text = format_checkpoint(sample()).value();
  const std::string line = format_signature_line(sign_text(other, text).value());
  ASSERT_EQ(open_checkpoint(own + line, log.verifier()), sample());
  // A change there either spoils the form of the note or leaves the log's word as it was.
  int accepted = 0;
  for_each_text_mutant(line, [&](const std::string& mutant) {
    const auto opened = open_checkpoint(own + mutant, log.verifier());
    EXPECT_TRUE(!opened || *opened == sample()) << mutant;
    accepted += opened ? 1 : 0;
  });
  EXPECT_GT(accepted, 0);
  for_each_text_mutant(own, [&](const std::string& mutant) {
    EXPECT_FALSE(open_checkpoint(mutant + line, log.verifier())) << mutant;
  });
}

TEST(Checkpoint, OfAnotherOriginIsNotTheLogsToSign) {
  const SignerKey log = sample_signer("log.example/2", 1);
  EXPECT_FALSE(sign_checkpoint(sample(), log));
  const auto note = sign_note(log, format_checkpoint(sample()).value());
  ASSERT_TRUE(note);
  EXPECT_FALSE(open_checkpoint(*note, log.verifier()));
}

TEST(Checkpoint, IsNotOpenedByACosignatureAlone) {
  const SignerKey witness = sample_signer("log.example/1", 1, NoteKeyType::cosignature_v1);
  const SignerKey log = sample_signer("log.example/1", 1);
  EXPECT_FALSE(sign_checkpoint(sample(), witness));
  EXPECT_FALSE(open_checkpoint(sign_checkpoint(sample(), log).value(), witness.verifier()));
}

}  // namespace
}  // namespace juanzong::crypto
