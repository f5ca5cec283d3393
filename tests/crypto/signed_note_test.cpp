// SPDX-License-Identifier: Apache-2.0
#include "crypto/signed_note.h"

#include "crypto/cosignature.h"

#include "tests/crypto/note_sample.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

using Keys = std::vector<VerifierKey>;

constexpr std::string_view example_note =
    "This is an example message.\n"
    "\n"
    "\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr std::string_view example_key =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

// From the documentation of Go's golang.org/x/mod/sumdb/note.
constexpr std::string_view neumann_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view neumann_line =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    "\n";
constexpr std::string_view neumann_secret =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

std::string line_of(const SignerKey& signer, std::string_view text) {
  return format_signature_line(sign_text(signer, text).value());
}

TEST(SignedNote, OpensTheExampleOfTheSpecification) {
  const Keys keys{VerifierKey::parse(example_key).value()};
  const auto note = open_note(example_note, keys);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "This is an example message.\n");
  EXPECT_EQ(note->signatures.size(), 1U);
  EXPECT_EQ(format_note(*note), example_note);
}

TEST(SignedNote, SignsTheBytesThatGoSigns) {
  const auto signer = SignerKey::parse(neumann_secret);
  ASSERT_TRUE(signer);
  EXPECT_EQ(sign_note(*signer, neumann_text),
            std::string(neumann_text) + "\n" + std::string(neumann_line));
}

TEST(SignedNote, SplitsAtTheLastBlankLine) {
  const SignerKey signer = sample_signer("a", 1);
  const std::string text = "first\n\nsecond\n\n";
  const auto bytes = sign_note(signer, text);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(parse_note(*bytes)->text, text);
  EXPECT_TRUE(open_note(*bytes, Keys{signer.verifier()}));
}

TEST(SignedNote, IsRefusedAfterAnySingleChange) {
  const Keys keys{VerifierKey::parse(example_key).value()};
  for_each_text_mutant(example_note, [&](const std::string& mutant) {
    EXPECT_FALSE(open_note(mutant, keys)) << mutant;
  });
}

TEST(SignedNote, FormatsBackWhateverItParses) {
  for_each_text_mutant(example_note, [&](const std::string& mutant) {
    const auto note = parse_note(mutant);
    EXPECT_TRUE(!note || format_note(*note) == mutant) << mutant;
  });
}

TEST(SignedNote, IgnoresSignaturesByUnknownKeys) {
  const SignerKey known = sample_signer("known", 1);
  const SignerKey unknown = sample_signer("unknown", 2);
  const std::string text = "text\n";
  std::string bad_line = format_signature_line({"unknown", 7, Bytes{1}});
  const std::string bytes = text + "\n" + line_of(unknown, text) + bad_line + line_of(known, text);
  const auto note = open_note(bytes, Keys{known.verifier()});
  ASSERT_TRUE(note);
  ASSERT_EQ(note->signatures.size(), 1U);
  EXPECT_EQ(note->signatures[0].name, "known");
  // The name alone does not make a key known, nor does the id alone.
  EXPECT_FALSE(open_note(bytes, Keys{sample_signer("known", 3).verifier()}));
  EXPECT_FALSE(open_note(bytes, Keys{sample_signer("renamed", 1).verifier()}));
  EXPECT_FALSE(open_note(bytes, {}));
}

TEST(SignedNote, IsRefusedForOneBadSignatureByAKnownKey) {
  const SignerKey first = sample_signer("first", 1);
  const SignerKey second = sample_signer("second", 2);
  const std::string text = "text\n";
  const Keys keys{first.verifier(), second.verifier()};
  const std::string good = text + "\n" + line_of(first, text);
  EXPECT_TRUE(open_note(good + line_of(second, text), keys));
  EXPECT_FALSE(open_note(good + line_of(second, "other\n"), keys));
  // Also when a good signature by the same key came before, and when the length is wrong.
  EXPECT_FALSE(open_note(good + line_of(first, "other\n"), keys));
  NoteSignature longer = sign_text(first, text).value();
  longer.blob.push_back(0);
  EXPECT_FALSE(open_note(good + format_signature_line(longer), keys));
}

TEST(SignedNote, KeepsARepeatedSignatureOnce) {
  const SignerKey signer = sample_signer("a", 1);
  const std::string line = line_of(signer, "text\n");
  const auto note = open_note("text\n\n" + line + line, Keys{signer.verifier()});
  ASSERT_TRUE(note);
  EXPECT_EQ(note->signatures.size(), 1U);
}

TEST(SignedNote, HasAtMostAHundredSignatures) {
  const SignerKey signer = sample_signer("a", 1);
  std::string bytes = "text\n\n";
  for (int i = 0; i < 100; ++i) {
    bytes += line_of(signer, "text\n");
  }
  EXPECT_TRUE(open_note(bytes, Keys{signer.verifier()}));
  EXPECT_FALSE(parse_note(bytes + line_of(signer, "text\n")));
}

TEST(SignedNote, HasAtMostAMillionBytes) {
  const SignerKey signer = sample_signer("a", 1);
  const std::string line = line_of(signer, "text\n");
  const auto note_of_size = [&](std::size_t size) {
    return std::string(size - line.size() - 2, 'x') + "\n\n" + line;
  };
  EXPECT_TRUE(parse_note(note_of_size(note_size_bytes_max)));
  EXPECT_FALSE(parse_note(note_of_size(note_size_bytes_max + 1)));
}

TEST(SignedNote, RefusesMalformedNotes) {
  const std::string line = "\u2014 name AAAAAAA=\n";
  ASSERT_TRUE(parse_note("text\n\n" + line));
  for (const std::string& bytes : {
           std::string(),
           std::string("\n\n"),
           std::string("text\n\n"),                       // no signature
           "text\n" + line,                               // no blank line
           "text\n\n" + line + "\n",                      // ends with a blank line
           "text\n\n" + line + "text\n",                  // text after the signatures
           std::string("text\n\n- name AAAAAAA=\n"),      // hyphen for the dash
           std::string("text\n\n\u2014name AAAAAAA=\n"),  // no space
           std::string("text\n\n\u2014 name AAAAAAA=\r\n"),
           std::string("text\n\n\u2014 name AAAAAAA= \n"),
           std::string("text\n\n\u2014 name  AAAAAAA=\n"),
           std::string("text\n\n\u2014  AAAAAAA=\n"),      // empty name
           std::string("text\n\n\u2014 name \n"),          // nothing signed
           std::string("text\n\n\u2014 name AAAAAA==\n"),  // key id without a signature
           std::string("text\n\n\u2014 name AAAAAAB=\n"),  // non-zero trailing bits
           std::string("text\n\n\u2014 na+me AAAAAAA=\n"),
           std::string("text\n\n\u2014 name AAAAAAA="),  // no last newline
           "te\txt\n\n" + line,
           "te\xFFxt\n\n" + line,
       }) {
    EXPECT_FALSE(parse_note(bytes)) << bytes;
  }
}

TEST(SignedNote, RefusesToFormatWhatItCouldNotParse) {
  const NoteSignature signature{"name", 1, Bytes{1}};
  EXPECT_TRUE(format_note({"text\n", {signature}}));
  EXPECT_FALSE(format_note({"text", {signature}}));
  EXPECT_FALSE(format_note({"", {signature}}));
  EXPECT_FALSE(format_note({"text\n", {}}));
  EXPECT_FALSE(format_note({"text\n", {{"na me", 1, Bytes{1}}}}));
  EXPECT_FALSE(format_note({"text\n", {{"name", 1, Bytes{}}}}));
  EXPECT_FALSE(sign_note(sample_signer("a", 1), "text"));
}

TEST(SignedNote, ChecksCosignaturesByTheirOwnRule) {
  const SignerKey log = sample_signer("log", 1);
  const SignerKey witness = sample_signer("witness", 2, NoteKeyType::cosignature_v1);
  const std::string text = "log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  const Keys keys{log.verifier(), witness.verifier()};
  const std::string bytes = text + "\n" + line_of(log, text);
  const std::string good = format_signature_line(cosign(witness, text, 1700000000).value());
  const std::string bad = format_signature_line(cosign(witness, "log\n", 1700000000).value());
  const auto note = open_note(bytes + good, keys);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->signatures.size(), 2U);
  EXPECT_FALSE(open_note(bytes + bad, keys));
  EXPECT_EQ(sign_text(witness, text), std::nullopt);
}

}  // namespace
}  // namespace juanzong::crypto
