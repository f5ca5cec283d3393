// SPDX-License-Identifier: Apache-2.0
// Time stamps of a real authority, `openssl ts`: it takes what we ask, we take what it answers, and
// nothing that was altered.
#include "crypto/timestamp.h"

#include "crypto/sha256.h"

#include "tests/support/test_tsa.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

namespace juanzong::crypto {
namespace {

using juanzong::testing::TestTsa;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Lt;
using ::testing::Not;
using Kind = TimestampFault::Kind;

constexpr std::string_view text = "log.example\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
constexpr std::uint64_t nonce = 0x8123'4567'89AB'CDEF;

std::int64_t now_micros() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

class TimestampTest : public ::testing::Test {
 protected:
  Digest imprint() const { return sha256(bytes_of(text)); }
  Bytes token_of(const TestTsa& tsa) const {
    const auto reply = read_timestamp_reply(tsa.reply(timestamp_query(imprint(), nonce)));
    EXPECT_TRUE(reply.has_value());
    EXPECT_EQ(reply ? reply->refusal : "", "");
    return reply ? reply->token : Bytes();
  }
  static TimestampRoots roots_of(const TestTsa& tsa) { return *TimestampRoots::parse(tsa.roots()); }
  TimestampFault fault_of(ByteView token,
                          const TimestampRoots& roots,
                          std::optional<std::uint64_t> asked = std::nullopt) const {
    TimestampFault fault;
    EXPECT_FALSE(verify_timestamp(token, imprint(), roots, fault, asked).has_value());
    return fault;
  }
  // Where a bit of the token can be flipped so that it still verifies; it then states the same.
  std::vector<std::size_t> flips_taken(const TestTsa& tsa) {
    return flips_taken(tsa, token_of(tsa));
  }
  std::vector<std::size_t> flips_taken(const TestTsa& tsa, const Bytes& good) {
    const TimestampRoots roots = roots_of(tsa);
    const auto stated = verify_timestamp(good, imprint(), roots, fault_, nonce);
    EXPECT_TRUE(stated.has_value()) << fault_.en;
    std::vector<std::size_t> taken;
    for (std::size_t at = 0; at < good.size(); ++at) {
      Bytes token = good;
      token[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
      if (const auto stamp = verify_timestamp(token, imprint(), roots, fault_, nonce)) {
        EXPECT_EQ(stamp, stated) << at;
        taken.push_back(at);
      }
    }
    return taken;
  }
  // Made once: each takes its own keys and certificates.
  static inline std::unique_ptr<TestTsa> shared_;
  static void SetUpTestSuite() { shared_ = std::make_unique<TestTsa>(); }
  static void TearDownTestSuite() { shared_.reset(); }
  const TestTsa& tsa_ = *shared_;
  TimestampFault fault_;
};

TEST_F(TimestampTest, TheAuthoritysAnswerVerifiesHereAndThere) {
  const std::int64_t before = now_micros();
  const Bytes token = token_of(tsa_);
  const auto stamp = verify_timestamp(token, imprint(), roots_of(tsa_), fault_, nonce);
  ASSERT_TRUE(stamp.has_value()) << fault_.en;
  EXPECT_EQ(stamp->imprint, imprint());
  // `openssl ts` states whole seconds.
  EXPECT_THAT(stamp->time_unix_micros, AllOf(Ge(before - 1'000'000), Le(now_micros())));
  EXPECT_EQ(stamp->accuracy_micros, 1'500'000);
  EXPECT_EQ(stamp->policy, "1.2.3.4.1");
  EXPECT_EQ(stamp->authority, "CN=Test TSA,O=Test");
  EXPECT_EQ(stamp->serial, "0101");
  EXPECT_EQ(read_timestamp(token), stamp);
  EXPECT_TRUE(verify_timestamp(token, imprint(), roots_of(tsa_), fault_)) << "years later";
  EXPECT_TRUE(tsa_.takes(token, text));
  EXPECT_FALSE(tsa_.takes(token, "something else"));
}

TEST_F(TimestampTest, AQueryOfAnotherProgramIsAnsweredAlike) {
  const auto reply = read_timestamp_reply(tsa_.reply(tsa_.query_of(text)));
  ASSERT_TRUE(reply.has_value());
  EXPECT_TRUE(verify_timestamp(reply->token, imprint(), roots_of(tsa_), fault_)) << fault_.en;
}

TEST_F(TimestampTest, AnotherDigestNonceOrRootIsRefused) {
  const Bytes token = token_of(tsa_);
  const TimestampRoots roots = roots_of(tsa_);
  EXPECT_FALSE(verify_timestamp(token, sha256(bytes_of("other")), roots, fault_));
  EXPECT_EQ(fault_.kind, Kind::other_imprint);
  EXPECT_EQ(fault_of(token, roots, nonce + 1).kind, Kind::other_nonce);
  const TestTsa stranger;
  const TimestampFault untrusted = fault_of(token, roots_of(stranger), nonce);
  EXPECT_EQ(untrusted.kind, Kind::not_trusted) << "same names, other keys";
}

TEST_F(TimestampTest, ACertificateThatWasNotValidThenIsRefused) {
  const TestTsa expired({.valid_until = "20210101000000Z"});
  const TimestampFault fault = fault_of(token_of(expired), roots_of(expired), nonce);
  EXPECT_EQ(fault.kind, Kind::not_trusted);
  EXPECT_THAT(fault.en, HasSubstr("expired"));
  EXPECT_TRUE(read_timestamp(token_of(expired)).has_value()) << "readable, but not trusted";
}

TEST_F(TimestampTest, ARefusalSaysWhy) {
  std::string query = std::string(text_of(timestamp_query(imprint(), nonce)));
  query[1] = static_cast<char>(query[1] + 1);  // no longer one value
  const auto reply = read_timestamp_reply(tsa_.reply(bytes_of(query)));
  ASSERT_TRUE(reply.has_value());
  EXPECT_TRUE(reply->token.empty());
  EXPECT_THAT(reply->refusal, HasSubstr("status 2"));
}

TEST_F(TimestampTest, TakesNothingBehindOrShortOfTheEnd) {
  Bytes reply = tsa_.reply(timestamp_query(imprint(), nonce));
  Bytes token = token_of(tsa_);
  const TimestampRoots roots = roots_of(tsa_);
  for (std::size_t size = 0; size < token.size(); size += 7) {
    EXPECT_EQ(fault_of(ByteView(token).first(size), roots).kind, Kind::malformed) << size;
  }
  reply.push_back(0);
  EXPECT_FALSE(read_timestamp_reply(reply).has_value());
  token.push_back(0);
  EXPECT_EQ(fault_of(token, roots).kind, Kind::malformed);
}

// One bit of every byte. Only in a certificate beside the signer's is a change not noticed: it is
// not signed and not used, because the roots have it.
TEST_F(TimestampTest, EveryFlippedByteIsRefused) {
  for (const bool rsa : {false, true}) {
    const TestTsa tsa({.sends_chain = false, .rsa = rsa});
    EXPECT_THAT(flips_taken(tsa), IsEmpty()) << (rsa ? "RSA" : "P-256");
  }
}

TEST_F(TimestampTest, OnlyCertificatesBesideTheSignersAreNotSigned) {
  const Bytes token = token_of(tsa_);
  const Bytes root = roots_of(tsa_).certificates().front();
  const auto found = std::ranges::search(token, root);
  ASSERT_EQ(found.size(), root.size());
  const auto first = static_cast<std::size_t>(found.begin() - token.begin());
  const std::vector<std::size_t> taken = flips_taken(tsa_, token);
  EXPECT_THAT(taken, Not(IsEmpty()));
  EXPECT_THAT(taken, Each(AllOf(Ge(first), Lt(first + root.size()))));
}

TEST_F(TimestampTest, RootsAreWholeCertificates) {
  EXPECT_FALSE(TimestampRoots::parse("").has_value());
  EXPECT_FALSE(TimestampRoots::parse("# none\n").has_value());
  std::string pem = tsa_.roots();
  EXPECT_EQ(TimestampRoots::parse("# ours\n" + pem + pem)->certificates().size(), 2U);
  EXPECT_FALSE(TimestampRoots::parse(pem + pem.substr(0, pem.size() / 2)).has_value());
}

}  // namespace
}  // namespace juanzong::crypto
