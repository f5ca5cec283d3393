// SPDX-License-Identifier: Apache-2.0
// What the signer process signs and what it refuses, request by request, over restarts, a disk
// that fails and files that were tampered with.
#include "server/signer/log_signer.h"

#include "crypto/checkpoint.h"
#include "crypto/signed_note.h"

#include "tests/server/growing_log.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace juanzong::testing {
namespace {

class LogSignerTest : public ::testing::Test {
 protected:
  LogSignerTest() {
    EXPECT_TRUE(begin_log(signing_log(), state(), "").has_value());
    open();
  }
  SigningLog signing_log() const {
    return {log_.key(), std::make_unique<crypto::MemorySigner>(GrowingLog::private_key())};
  }
  Result<std::unique_ptr<LogSigner>> try_open() const {
    std::vector<SigningLog> logs;
    logs.push_back(signing_log());
    return LogSigner::open(std::move(logs), state());
  }
  void open() {
    signer_.reset();  // one process a folder
    auto opened = try_open();
    ASSERT_TRUE(opened.has_value()) << to_text(opened.error());
    signer_ = *std::move(opened);
  }
  ErrorCode error_of_opening() {
    signer_.reset();
    const auto opened = try_open();
    return opened ? ErrorCode{} : opened.error().code;
  }
  HttpResponse post(const std::string& body) {
    return signer_->answer({"POST", "/sign-checkpoint", body});
  }
  std::string shown() { return signer_->answer({"GET", checkpoint_path("log.example")}).body; }
  std::filesystem::path state() const { return folder_.path() / "state"; }
  std::filesystem::path file() const { return checkpoint_file(state(), "log.example"); }

  TemporaryFolder folder_;
  GrowingLog log_;
  std::unique_ptr<LogSigner> signer_;
};

TEST_F(LogSignerTest, SignsWhatGrewOutOfWhatItSigned) {
  log_.grow_to(5);
  const HttpResponse first = post(log_.unsigned_request(0));
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(crypto::open_checkpoint(log_.text() + "\n" + first.body, log_.key()), log_.head());
  EXPECT_EQ(post(log_.unsigned_request(5)).body, first.body) << "an answer that got lost";
  log_.grow_to(12);
  EXPECT_EQ(post(log_.unsigned_request(5)).status, 200);
  EXPECT_EQ(shown(), log_.note());
}

TEST_F(LogSignerTest, RefusesAnOlderCopyAlsoAfterARestart) {
  log_.grow_to(12);
  ASSERT_EQ(post(log_.unsigned_request(0)).status, 200);
  open();
  GrowingLog restored;
  restored.grow_to(5);
  const HttpResponse conflict = post(restored.unsigned_request(0));
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.body, "12\n");
  EXPECT_EQ(post(restored.unsigned_request(5)).status, 409);
  EXPECT_EQ(post(crypto::consistency_proof_text(12, {}, restored.text())).status, 400)
      << "older than what it claims to continue";
  EXPECT_EQ(shown(), log_.note()) << "nothing was forgotten";
}

TEST_F(LogSignerTest, RefusesAnotherHistory) {
  log_.grow_to(12);
  ASSERT_EQ(post(log_.unsigned_request(0)).status, 200);
  GrowingLog other;
  other.grow_to(12, 9);
  EXPECT_EQ(post(other.unsigned_request(12)).status, 422) << "another root of the same size";
  other.grow_to(20, 9);
  EXPECT_EQ(post(other.unsigned_request(12)).status, 422);
  GrowingLog grown;  // the same leaves and more
  grown.grow_to(20);
  EXPECT_EQ(post(crypto::consistency_proof_text(12, {}, grown.text())).status, 422) << "no proof";
  EXPECT_EQ(post(grown.unsigned_request(12)).status, 200);
}

TEST_F(LogSignerTest, RefusesTheTwistsOfTheEmptyTree) {
  std::string twisted = "old 0\n\nlog.example\n0\n";
  log_.grow_to(3);
  twisted += log_.text().substr(std::string("log.example\n3\n").size());
  EXPECT_EQ(post(twisted).status, 400) << "size 0 with another root than the empty tree's";
  ASSERT_EQ(post(log_.unsigned_request(0)).status, 200);
  EXPECT_EQ(post(GrowingLog().unsigned_request(0)).status, 409) << "back to nothing";
}

TEST_F(LogSignerTest, RefusesWhatIsNoRequest) {
  log_.grow_to(5);
  EXPECT_EQ(post("").status, 400);
  EXPECT_EQ(post("old 0\n").status, 400);
  EXPECT_EQ(post(log_.request(0)).status, 400) << "a signed note: it signs texts of three lines";
  EXPECT_EQ(post("old 0\n\njust any text\n").status, 400);
  GrowingLog stranger("other.example");
  stranger.grow_to(5);
  EXPECT_EQ(post(stranger.unsigned_request(0)).status, 404);
  EXPECT_EQ(signer_->answer({"GET", "/sign-checkpoint"}).status, 405);
  EXPECT_EQ(signer_->answer({"POST", checkpoint_path("log.example")}).status, 405);
}

// A signature that it would have forgotten must never have left it.
TEST_F(LogSignerTest, PersistsBeforeItAnswers) {
  log_.grow_to(5);
  std::filesystem::rename(state(), folder_.path() / "away");
  const HttpResponse unstored = post(log_.unsigned_request(0));
  EXPECT_EQ(unstored.status, 500);
  EXPECT_EQ(unstored.body, "cannot store\n");
  std::filesystem::rename(folder_.path() / "away", state());
  EXPECT_EQ(post(log_.unsigned_request(0)).status, 200) << "still from the empty tree";
}

TEST_F(LogSignerTest, AnAlteredOrMissingStateStopsIt) {
  log_.grow_to(5);
  ASSERT_EQ(post(log_.unsigned_request(0)).status, 200);
  std::ifstream in(file(), std::ios::binary);
  const std::string good((std::istreambuf_iterator<char>(in)), {});
  std::string bad = good;
  bad[bad.find("\n5\n") + 1] = '4';
  std::ofstream(file(), std::ios::binary) << bad;
  EXPECT_EQ(error_of_opening(), ErrorCode::corruption);
  std::filesystem::remove(file());
  EXPECT_EQ(error_of_opening(), ErrorCode::not_found) << "it would begin anew";
  std::ofstream(file(), std::ios::binary) << good;
  EXPECT_EQ(error_of_opening(), ErrorCode{});
}

TEST_F(LogSignerTest, OneProcessHasAFolder) {
  const auto second = try_open();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::already_running);
}

TEST_F(LogSignerTest, AKeyThatIsNotTheLogsIsRefused) {
  signer_.reset();
  std::vector<SigningLog> logs;
  logs.push_back(
      {log_.key(), std::make_unique<crypto::MemorySigner>(crypto::PrivateKey::generate())});
  const auto opened = LogSigner::open(std::move(logs), state());
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::environment);
}

TEST_F(LogSignerTest, BeginsOnceAlsoFromACheckpointOfThePast) {
  EXPECT_EQ(begin_log(signing_log(), state(), "").error().code, ErrorCode::not_permitted);
  std::filesystem::remove(file());
  log_.grow_to(7);
  GrowingLog forger("forger.example");
  EXPECT_EQ(begin_log(signing_log(), state(), forger.note()).error().code,
            ErrorCode::proof_invalid);
  EXPECT_TRUE(begin_log(signing_log(), state(), log_.note()).has_value());
  open();
  log_.grow_to(9);
  EXPECT_EQ(post(log_.unsigned_request(0)).status, 409);
  EXPECT_EQ(post(log_.unsigned_request(7)).status, 200);
}

// A token that is pulled out signs nothing, and nothing is remembered as signed.
TEST_F(LogSignerTest, AKeyThatDoesNotSignIsSaid) {
  class Absent final : public crypto::MessageSigner {
   public:
    const crypto::PublicKey& public_key() const override { return key_; }
    std::optional<crypto::Signature> sign(ByteView) const override { return std::nullopt; }

   private:
    crypto::PublicKey key_ = GrowingLog::private_key().public_key();
  };
  signer_.reset();
  std::vector<SigningLog> logs;
  logs.push_back({log_.key(), std::make_unique<Absent>()});
  signer_ = *LogSigner::open(std::move(logs), state());
  log_.grow_to(5);
  EXPECT_EQ(post(log_.unsigned_request(0)).status, 500);
  EXPECT_EQ(shown(), GrowingLog().note());
}

}  // namespace
}  // namespace juanzong::testing
