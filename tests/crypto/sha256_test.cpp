// SPDX-License-Identifier: Apache-2.0
#include "crypto/sha256.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace juanzong::crypto {
namespace {

constexpr const char* abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, MatchesFips180Examples) {
  EXPECT_EQ(to_hex(sha256({})), nothing);
  EXPECT_EQ(to_hex(sha256(bytes_of("abc"))), abc);
  EXPECT_EQ(to_hex(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256(Bytes(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfTwoViewsIsThatOfTheirConcatenation) {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const ByteView all = bytes_of(text);
    EXPECT_EQ(sha256(all.first(cut), all.subspan(cut)), sha256(all)) << cut;
  }
}

TEST(Sha256, StreamsInPiecesOfAnySize) {
  const std::string text(300, 'y');
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      hash.update(bytes_of(std::string_view(text).substr(at, piece)));
    }
    EXPECT_EQ(hash.finish(), sha256(bytes_of(text))) << piece;
  }
}

TEST(Sha256, StartsAnewAfterFinish) {
  Sha256 hash;
  EXPECT_EQ(to_hex(hash.update(bytes_of("a")).update(bytes_of("bc")).finish()), abc);
  EXPECT_EQ(to_hex(hash.finish()), nothing);
  EXPECT_EQ(to_hex(hash.update(bytes_of("abc")).finish()), abc);
}

TEST(Sha256, WorksOnEveryThread) {
  Digest other;
  std::thread thread([&] { other = sha256(bytes_of("abc")); });
  thread.join();
  EXPECT_EQ(to_hex(other), abc);
}

}  // namespace
}  // namespace juanzong::crypto
