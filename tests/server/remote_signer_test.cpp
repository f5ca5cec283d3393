// SPDX-License-Identifier: Apache-2.0
// The server's side of the signer process: what it signs is passed on, what it refuses is not
// published, and one that is down is left alone for a while.
#include "server/signer/remote_signer.h"

#include "server/pipeline/checkpoint_signer.h"
#include "server/signer/log_signer.h"

#include "tests/server/growing_log.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class RemoteSignerTest : public ::testing::Test {
 protected:
  RemoteSignerTest() {
    SigningLog log{log_.key(), std::make_unique<crypto::MemorySigner>(GrowingLog::private_key())};
    EXPECT_TRUE(begin_log(log, folder_.path(), "").has_value());
    std::vector<SigningLog> logs;
    logs.push_back(std::move(log));
    process_ = *LogSigner::open(std::move(logs), folder_.path());
  }
  std::unique_ptr<RemoteSigner> remote(const crypto::VerifierKey& key) {
    return std::make_unique<RemoteSigner>(RemoteSigner::Parts{
        key,
        [this](const std::string& body) {
          ++asked_;
          return up_ ? Result<HttpResponse>(process_->answer({"POST", "/sign-checkpoint", body}))
                     : fail(ErrorCode::environment, "no such file");
        },
        [this](const Outcome& signing) { told_ = signing; },
        [this] { return now_; }});
  }
  static HeadSigner::Growth growth_of(const GrowingLog& log) {
    return [&log](std::uint64_t old_size) {
      return Result<std::vector<crypto::Digest>>(log.growth(old_size));
    };
  }
  Result<std::string> sign(const GrowingLog& log) {
    return signer_->sign(log.head(), growth_of(log));
  }
  std::string note_of(const GrowingLog& log) {
    const Result<std::string> note = sign(log);
    return note ? *note : to_text(note.error());
  }
  ErrorCode refused(const GrowingLog& log) {
    const Result<std::string> note = sign(log);
    return note ? ErrorCode{} : note.error().code;
  }

  TemporaryFolder folder_;
  GrowingLog log_;
  bool up_ = true;
  int asked_ = 0;
  std::optional<Outcome> told_;
  std::chrono::steady_clock::time_point now_{};
  std::unique_ptr<LogSigner> process_;
  std::unique_ptr<RemoteSigner> signer_ = remote(log_.key());
};

TEST_F(RemoteSignerTest, PassesOnWhatTheProcessSigns) {
  log_.grow_to(5);
  EXPECT_EQ(note_of(log_), log_.note());
  log_.grow_to(9);
  EXPECT_EQ(note_of(log_), log_.note());
  EXPECT_EQ(asked_, 2);
  signer_ = remote(log_.key());  // a restart: it does not know how far the process is
  log_.grow_to(11);
  EXPECT_EQ(note_of(log_), log_.note());
  EXPECT_EQ(asked_, 4);
  EXPECT_TRUE(told_->has_value());
}

TEST_F(RemoteSignerTest, AnOlderCopyIsRefusedWithBothSizes) {
  log_.grow_to(9);
  ASSERT_TRUE(sign(log_).has_value());
  GrowingLog restored;
  restored.grow_to(5);
  const Result<std::string> note = sign(restored);
  ASSERT_FALSE(note.has_value());
  EXPECT_EQ(note.error().code, ErrorCode::ledger_behind_anchor);
  EXPECT_THAT(note.error().detail, HasSubstr("size 5"));
  EXPECT_THAT(note.error().detail, HasSubstr("size 9"));
  EXPECT_FALSE(told_->has_value());
  GrowingLog other;
  other.grow_to(12, 9);
  EXPECT_EQ(refused(other), ErrorCode::corruption) << "another history that is longer";
}

TEST_F(RemoteSignerTest, ASignatureOfAnotherKeyIsNotPublished) {
  log_.grow_to(5);
  signer_ = remote(
      *crypto::VerifierKey::create("log.example", crypto::PrivateKey::generate().public_key()));
  EXPECT_EQ(refused(log_), ErrorCode::environment);
}

TEST_F(RemoteSignerTest, OneThatIsDownIsNotAskedByEveryCaller) {
  log_.grow_to(5);
  up_ = false;
  EXPECT_EQ(refused(log_), ErrorCode::busy);
  EXPECT_EQ(refused(log_), ErrorCode::busy);
  EXPECT_EQ(asked_, 1);
  up_ = true;
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(note_of(log_), log_.note());
}

// Callers that need no later head get the last that was signed; the others are told.
TEST_F(RemoteSignerTest, WhatWasSignedServesWhileItIsDown) {
  CheckpointSigner heads(std::move(signer_));
  log_.grow_to(5);
  ASSERT_TRUE(heads.at_least(5, log_.head(), growth_of(log_)).has_value());
  const std::string signed_note = log_.note();
  up_ = false;
  log_.grow_to(9);
  EXPECT_EQ(heads.at_least(4, log_.head(), growth_of(log_))->note, signed_note);
  EXPECT_EQ(heads.at_least(9, log_.head(), growth_of(log_)).error().code, ErrorCode::busy);
  EXPECT_EQ(heads.last()->note, signed_note);
}

}  // namespace
}  // namespace juanzong::testing
