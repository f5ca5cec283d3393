// SPDX-License-Identifier: Apache-2.0
// The witness (C2SP tlog-witness v1.0.0) request by request, over restarts and a disk that fails,
// and the log's side of it.
#include "server/witness/witness.h"

#include "crypto/cosignature.h"
#include "crypto/hex.h"
#include "crypto/proof_text.h"
#include "crypto/sha256.h"
#include "crypto/signed_note.h"

#include "server/witness/cosigning.h"

#include "tests/server/growing_log.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t noon = 1'735'790'400;

class WitnessTest : public ::testing::Test {
 protected:
  WitnessTest() { open(); }
  void open() {
    witness_.reset();  // one process a folder
    auto opened = Witness::open(cosigner(), {log_.key()}, folder_.path() / "state");
    ASSERT_TRUE(opened.has_value()) << to_text(opened.error());
    witness_ = *std::move(opened);
  }
  crypto::SignerKey cosigner() const {
    return *crypto::SignerKey::create("w.example",
                                      crypto::PrivateKey::from_seed(seed_.seed()),
                                      crypto::NoteKeyType::cosignature_v1);
  }
  HttpResponse post(const std::string& body, std::uint64_t now = noon) {
    return witness_->answer({"POST", "/add-checkpoint", body}, now);
  }
  std::string monitoring_path() const {
    return "/" + to_hex(crypto::sha256(bytes_of("log.example"))) + "/checkpoint";
  }
  std::filesystem::path state_file() const {
    return folder_.path() / "state" /
           (to_hex(crypto::sha256(bytes_of("log.example"))) + ".checkpoint");
  }
  const crypto::PrivateKey seed_ = crypto::PrivateKey::generate();
  TemporaryFolder folder_;
  GrowingLog log_;
  std::unique_ptr<Witness> witness_;
};

TEST_F(WitnessTest, CosignsWhatGrewAndSaysWhen) {
  log_.grow_to(5);
  const HttpResponse first = post(log_.request(0));
  ASSERT_EQ(first.status, 200) << first.body;
  const auto note = crypto::parse_note(log_.note() + first.body);
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(crypto::verify_cosignature(cosigner().verifier(), note->text, note->signatures.at(1)),
            noon);
  log_.grow_to(12);
  EXPECT_EQ(post(log_.request(5)).status, 200);
  EXPECT_EQ(post(log_.request(12), noon + 60).status, 200) << "again, with a later time";
  const HttpResponse shown = witness_->answer({"GET", monitoring_path()}, noon);
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shown.body.starts_with("log.example\n12\n")) << shown.body;
}

TEST_F(WitnessTest, NeverGoesBackAlsoNotOverARestart) {
  log_.grow_to(12);
  ASSERT_EQ(post(log_.request(0)).status, 200);
  open();
  GrowingLog rolled_back;
  rolled_back.grow_to(5);
  const HttpResponse conflict = post(rolled_back.request(0));
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.content_type, "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "12\n");
  GrowingLog other;
  other.grow_to(12, 9);
  EXPECT_EQ(post(other.request(12)).status, 422) << "another tree of the same size";
  other.grow_to(20, 9);
  EXPECT_EQ(post(other.request(12)).status, 422) << "another history";
}

TEST_F(WitnessTest, AnswersAsTheSpecificationSays) {
  log_.grow_to(5);
  const std::string good = log_.request(0);
  EXPECT_EQ(post("").status, 400);
  EXPECT_EQ(post("old 0\n").status, 400);
  EXPECT_EQ(post(log_.request(5).replace(4, 1, "6")).status, 400) << "older than it is";
  GrowingLog stranger("other.example");
  stranger.grow_to(5);
  EXPECT_EQ(post(stranger.request(0)).status, 404);
  std::string forged = good;
  forged[forged.find("\n5\n") + 1] = '4';
  EXPECT_EQ(post(forged).status, 403) << "not what the log signed";
  EXPECT_EQ(post(crypto::consistency_proof_text(0, {{crypto::Digest{}}}, log_.note())).status, 422);
  EXPECT_EQ(post(log_.request(5)).status, 409) << "it has seen nothing yet";
  EXPECT_EQ(witness_->answer({"GET", monitoring_path()}, noon).status, 404);
  EXPECT_EQ(witness_->answer({"GET", "/add-checkpoint"}, noon).status, 405);
  EXPECT_EQ(witness_->answer({"POST", monitoring_path()}, noon).status, 405);
  EXPECT_EQ(post(good).status, 200) << "none of these changed anything";
}

TEST_F(WitnessTest, AnEmptyLogMayBeWitnessed) {
  EXPECT_EQ(post(log_.request(0)).status, 200);
  log_.grow_to(3);
  EXPECT_EQ(post(log_.request(0)).status, 200);
}

// What cannot be stored is not cosigned: it would be forgotten.
TEST_F(WitnessTest, PersistsBeforeItAnswers) {
  log_.grow_to(5);
  std::filesystem::remove_all(folder_.path() / "state");
  EXPECT_EQ(post(log_.request(0)).status, 500);
  EXPECT_EQ(witness_->answer({"GET", monitoring_path()}, noon).status, 404);
  std::filesystem::create_directories(folder_.path() / "state");
  EXPECT_EQ(post(log_.request(0)).status, 200);
}

TEST_F(WitnessTest, AnAlteredStateIsNotTrusted) {
  log_.grow_to(5);
  ASSERT_EQ(post(log_.request(0)).status, 200);
  std::ifstream in(state_file(), std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  text[text.find("\n5\n") + 1] = '4';
  std::ofstream(state_file(), std::ios::binary) << text;
  witness_.reset();
  const auto opened = Witness::open(cosigner(), {log_.key()}, folder_.path() / "state");
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::corruption);
}

// Each of two would remember a history of its own.
TEST_F(WitnessTest, OneProcessHasAFolder) {
  const auto second = Witness::open(cosigner(), {log_.key()}, folder_.path() / "state");
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::already_running);
}

class CosigningTest : public WitnessTest {
 protected:
  crypto::WitnessPolicy policy(const std::string& more = "") const {
    crypto::WitnessPolicy::Fault fault;
    auto parsed = crypto::WitnessPolicy::parse(
        "witness W " + cosigner().verifier().text() + " http://127.0.0.1:1\n" + more + "quorum W\n",
        fault);
    EXPECT_TRUE(parsed.has_value()) << fault.en;
    return parsed.value_or(crypto::WitnessPolicy());
  }
  Cosigned round(const crypto::WitnessPolicy& of) {
    return ask_witnesses(of,
                         log_.head(),
                         log_.note(),
                         known_,
                         {[this](const crypto::PolicyWitness& witness, const std::string& body) {
                            ++asked_;
                            return witness.name == "W" ? Result<HttpResponse>(post(body))
                                                       : fail(ErrorCode::environment, "down");
                          },
                          [this](std::uint64_t old_size) {
                            return Result<std::vector<crypto::Digest>>(log_.growth(old_size));
                          }});
  }
  std::map<std::string, std::uint64_t> known_;
  int asked_ = 0;
};

TEST_F(CosigningTest, GathersCosignaturesAndRemembersTheSize) {
  log_.grow_to(5);
  const Cosigned first = round(policy());
  EXPECT_TRUE(policy().is_satisfied_by(policy().cosigners_of(first.note)));
  EXPECT_EQ(known_["W"], 5U);
  log_.grow_to(9);
  EXPECT_TRUE(round(policy()).answers.at("W").cosigned);
  EXPECT_EQ(asked_, 2);
}

TEST_F(CosigningTest, AsksAgainFromTheSizeThatTheWitnessHas) {
  log_.grow_to(5);
  ASSERT_EQ(post(log_.request(0)).status, 200);
  log_.grow_to(9);
  EXPECT_TRUE(round(policy()).answers.at("W").cosigned) << "after a restart of the log";
  EXPECT_EQ(asked_, 2);
}

TEST_F(CosigningTest, GoesOnWithoutAWitnessThatIsDown) {
  log_.grow_to(5);
  const crypto::SignerKey other = *crypto::SignerKey::create(
      "x.example", crypto::PrivateKey::generate(), crypto::NoteKeyType::cosignature_v1);
  const Cosigned cosigned =
      round(policy("witness X " + other.verifier().text() + " http://127.0.0.1:2\n"));
  EXPECT_TRUE(cosigned.answers.at("W").cosigned);
  EXPECT_FALSE(cosigned.answers.at("X").cosigned);
  EXPECT_THAT(cosigned.answers.at("X").problem, HasSubstr("down"));
}

TEST_F(CosigningTest, AWitnessThatSawMoreIsNotOverruled) {
  log_.grow_to(9);
  ASSERT_EQ(post(log_.request(0)).status, 200);
  log_ = GrowingLog();
  log_.grow_to(5);
  const Cosigned cosigned = round(policy());
  EXPECT_FALSE(cosigned.answers.at("W").cosigned) << "the log was rolled back";
  EXPECT_THAT(cosigned.answers.at("W").problem, HasSubstr("409"));
  EXPECT_EQ(cosigned.note, log_.note());
}

}  // namespace
}  // namespace juanzong::testing
