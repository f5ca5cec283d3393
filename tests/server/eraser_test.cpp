// SPDX-License-Identifier: Apache-2.0
// What PersonErased decides is carried out: the person's attachments and key are gone, whatever a
// crash left undone, and what is stated does not depend on how often it was begun.
#include "server/pipeline/eraser.h"

#include "events/procedures/personal_data/personal_data_generated.h"

#include "tests/support/house.h"
#include "tests/support/secret_keys.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace juanzong::testing {
namespace {

const std::string visitor = person_id(7001);
const BlobId scan{{9}};              // of every attachment of a TestLedger
constexpr std::uint64_t values = 3;  // of the visitor, in the records below

PersonId person(std::string_view text) {
  return PersonId{*hex16(text)};
}

class EraserTest : public ::testing::Test {
 protected:
  EraserTest() {
    ledger_.at("2025-01-02T10:00:00+08:00");
    ledger_.must_append("ARC", "LegalHoldPlaced", hold("H-1", visitor));
    ledger_.must_append("ARC", "LegalHoldReleased", hold("H-1", visitor));
    ledger_.must_append("ARC", "LegalHoldPlaced", hold("H-2", house_owner));
    std::string block = signature("CUSTOMER", visitor);
    block.pop_back();
    block += R"(,"image":)" + attachment(visitor) + "}";
    request_ = ledger_
                   .must_append("CSA",
                                "ErasureRequested",
                                json({text("erasure_id", "X-1"),
                                      text("person", visitor),
                                      text("scope", "WHOLE_PERSON"),
                                      signatures({block})}))
                   .first;
    std::filesystem::create_directory(folder_.path() / "vault");
    keys_ = std::move(*PersonKeys::create(folder_.path() / "vault" / "keys", secret(1)));
    EXPECT_TRUE(keys_->ensure(owner().ledger, {person(visitor), person(house_owner)}));
    EXPECT_TRUE(blobs_.store(scan, *keys_->find(owner()), Bytes(1'000, 7)));
  }
  static std::string hold(std::string_view id, std::string_view about) {
    return json(
        {text("hold_id", id), text("person", about), R"("reason":)" + sealed(about, "法院调取")});
  }
  KeyOwner owner(std::string_view who = visitor) {
    return {ledger_.machine().head().id, person(who)};
  }
  void decide() {
    ledger_.at("2025-01-10T10:00:00+08:00");
    const std::string body =
        json({text("erasure_id", "X-1"),
              text("person", visitor),
              R"("request":{"index":)" + std::to_string(number(request_)) + "}"});
    const AppendResult result =
        ledger_.append_with(ledger_.actor("ARC"), ledger_.actor("CL"), {{"PersonErased", body}});
    ASSERT_NE(std::get_if<AppendReceipt>(&result), nullptr);
  }
  Eraser::Parts parts() {
    return {ledger_.rows(),
            ledger_.journal(),
            *keys_,
            blobs_,
            [this](std::string_view, std::string_view why) {
              ++failures_;
              EXPECT_THAT(std::string(why), ::testing::Not(::testing::HasSubstr(visitor)));
            },
            std::chrono::milliseconds(0)};
  }
  // Asks as the writer does, at most some seconds.
  std::optional<OwnStatement> wait(Eraser& eraser, int rounds = 200) {
    for (int i = 0; i < rounds; ++i) {
      eraser.ask(ledger_.machine().ordinal(), "X-1");
      if (auto done = eraser.take(ledger_.machine().ordinal(), "X-1")) {
        return done;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::nullopt;
  }
  void expect_gone(std::uint64_t blobs = 1) {
    Eraser eraser(parts());
    const auto done = wait(eraser);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->event, "ErasureCompleted");
    const auto& body = *flatbuffers::GetRoot<body::ErasureCompleted>(done->body.data());
    EXPECT_EQ(body.openings(), values);
    EXPECT_EQ(body.blobs(), blobs);
    EXPECT_TRUE(keys_->is_erased(owner()));
    EXPECT_TRUE(keys_->find(owner(house_owner)));
  }

  TemporaryFolder folder_;
  TestLedger ledger_{true};
  std::unique_ptr<PersonKeys> keys_;
  BlobStore blobs_{folder_.path() / "blobs"};
  RecordIndex request_{};
  std::atomic<int> failures_{0};
};

TEST_F(EraserTest, DestroysKeyAndAttachmentsOfThePersonAlone) {
  decide();
  expect_gone();
  EXPECT_FALSE(blobs_.has(scan));
}

TEST_F(EraserTest, GoesOnFromEveryStepThatACrashLeaves) {
  decide();
  ASSERT_TRUE(blobs_.remove(scan));
  expect_gone();
  expect_gone();  // the key is destroyed, the record is not there
}

TEST_F(EraserTest, NothingIsTouchedBeforeTheDecisionIsDurable) {
  {
    Eraser eraser(parts());
    EXPECT_FALSE(wait(eraser, 5).has_value());
  }
  EXPECT_TRUE(keys_->find(owner()));
  EXPECT_TRUE(blobs_.has(scan));
}

// A copy of the person keys from before the erasure, as a restore may bring it.
TEST_F(EraserTest, WhoComesBackWithAnOlderCopyOfTheKeysIsErasedAgain) {
  const std::filesystem::path file = folder_.path() / "vault" / "keys";
  std::filesystem::copy_file(file, folder_.path() / "older");
  decide();
  const RecordIndex erased{ledger_.machine().head().size() - 1};
  expect_gone();
  ledger_.must_append("SYS",
                      "ErasureCompleted",
                      json({text("erasure_id", "X-1"),
                            text("person", visitor),
                            R"("erased":{"index":)" + std::to_string(number(erased)) + "}",
                            R"("openings":3,"blobs":1)"}));
  std::filesystem::copy_file(
      folder_.path() / "older", file, std::filesystem::copy_options::overwrite_existing);
  keys_ = std::move(*PersonKeys::open(file, secret(1)));
  ASSERT_TRUE(keys_->find(owner()));
  ASSERT_TRUE(blobs_.store(scan, *keys_->find(owner()), Bytes(1'000, 7)));
  const Eraser eraser(parts());
  EXPECT_TRUE(keys_->is_erased(owner()));
  EXPECT_FALSE(blobs_.has(scan));
  EXPECT_TRUE(keys_->find(owner(house_owner)));
}

TEST_F(EraserTest, AFileThatIsNotThePersonsStays) {
  ASSERT_TRUE(blobs_.remove(scan));
  ASSERT_TRUE(blobs_.store(scan, *keys_->find(owner(house_owner)), Bytes(300'000, 1)));
  decide();
  expect_gone(0);
  EXPECT_TRUE(blobs_.has(scan));
}

TEST_F(EraserTest, WhatFailsIsReportedAndTriedAgain) {
  decide();
  const std::filesystem::path vault = folder_.path() / "vault";
  std::filesystem::rename(vault, folder_.path() / "away");
  {
    Eraser eraser(parts());
    EXPECT_FALSE(wait(eraser, 5).has_value());
    EXPECT_GT(failures_, 0);
    std::filesystem::rename(folder_.path() / "away", vault);
    EXPECT_TRUE(wait(eraser).has_value());
  }
  EXPECT_FALSE(keys_->find(owner()));
}

}  // namespace
}  // namespace juanzong::testing
