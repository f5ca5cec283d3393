// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/operation/operation.h"

#include "events/procedures/operation/outside_time_rules.h"

#include "tests/support/rule_tester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string activated(int version, const std::string& digest = std::string(64, 'a')) {
  return R"({"version":)" + std::to_string(version) + R"(,"catalogue_digest":")" + digest +
         R"(","program":"juanzong 0.1.0"})";
}

std::string corrected(std::string_view true_time, int wrong_from) {
  return R"({"true_time":")" + std::string(true_time) + R"(","wrong_from":{"index":)" +
         std::to_string(wrong_from) + R"(},"fault":"BOOT_CLOCK"})";
}

TEST(Operation, TheRulesInForceOnlyGoForward) {
  RuleTester t;
  t.as("S-SYS").given("RulesActivated", activated(2));
  const auto state = t.world().get<OperationState>(operation_key);
  EXPECT_EQ(state.rules_version, 2U);
  EXPECT_EQ(state.catalogue_digest.bytes.front(), 0xaa);
  EXPECT_THAT(RuleTester::rules_of(t.when("RulesActivated", activated(1))), ElementsAre("H-OPS-1"));
  EXPECT_THAT(RuleTester::rules_of(t.when("RulesActivated", activated(2))), IsEmpty());
  EXPECT_THAT(RuleTester::rules_of(t.when("RulesActivated", activated(2, "aa"))),
              ElementsAre("SCHEMA"));
}

TEST(Operation, OnlyTheServerSaysWhatItDid) {
  RuleTester t;
  t.as("S-ADM");
  EXPECT_THAT(RuleTester::rules_of(t.when("RulesActivated", activated(2))), ElementsAre("ROLE"));
  EXPECT_THAT(RuleTester::rules_of(t.when("RecoveryPerformed", "{}")), ElementsAre("ROLE"));
  EXPECT_THAT(RuleTester::rules_of(
                  t.when("ClockAnomalyDetected", R"({"device":"server","skew_ms":-700000})")),
              ElementsAre("ROLE"));
}

TEST(Operation, ACorrectionLooksBackFromItsOwnTimeAndIndex) {
  RuleTester t;
  t.at("2035-01-01T08:00:00+08:00").as("S-SYS").given("RulesActivated", activated(1));
  t.as("S-ADM");
  EXPECT_THAT(
      RuleTester::rules_of(t.when("ClockCorrected", corrected("2035-01-01T08:00:00+08:00", 9))),
      ElementsAre("H-OPS-2", "H-OPS-3"));
  t.given("ClockCorrected", corrected("2025-01-06T09:00:00+08:00", 0));
  const auto state = t.world().get<OperationState>(operation_key);
  EXPECT_EQ(state.true_time, *parse_instant("2025-01-06T09:00:00+08:00"));
  ASSERT_TRUE(state.clock_corrected.has_value());
}

std::string closed(std::string_view day, int size, std::string_view root = "") {
  const std::string digest = root.empty() ? std::string(64, 'a') : std::string(root);
  return R"({"day":")" + std::string(day) + R"(","size":)" + std::to_string(size) + R"(,"root":")" +
         digest + R"(","streams":1,"streams_root":")" + digest +
         R"(","totals":[{"account":"cash","fen":-5}]})";
}

TEST(Operation, DaysAreClosedOneAfterTheOtherWhenTheyAreOver) {
  RuleTester t;
  t.at("2025-01-06T08:00:00+08:00").as("S-SYS").given("RulesActivated", activated(1));
  const auto refused = [&t](const std::string& body) {
    return RuleTester::rules_of(t.when("DayClosed", body));
  };
  EXPECT_THAT(refused(closed("2025-01-06", 1)), ElementsAre("H-OPS-5")) << "it is not over";
  EXPECT_THAT(refused(closed("2025-01-05", 9)), ElementsAre("SCHEMA")) << "records to come";
  EXPECT_THAT(refused(closed("2025-01-05", 1, "aa")), ElementsAre("SCHEMA", "SCHEMA"));
  t.given("DayClosed", closed("2025-01-04", 1));
  EXPECT_THAT(refused(closed("2025-01-04", 1)), ElementsAre("H-OPS-5")) << "twice";
  EXPECT_THAT(refused(closed("2025-01-03", 1)), ElementsAre("H-OPS-5")) << "backwards";
  t.at("2025-01-07T08:00:00+08:00");
  EXPECT_THAT(refused(closed("2025-01-06", 1)), ElementsAre("H-OPS-5")) << "one was left out";
  EXPECT_THAT(refused(closed("2025-01-05", 0)), ElementsAre("SCHEMA")) << "fewer than before";
  t.given("DayClosed", closed("2025-01-05", 2));
  EXPECT_EQ(t.world().get<OperationState>(operation_key).closed_day, parse_date("2025-01-05"));
  t.as("S-ADM");
  EXPECT_THAT(refused(closed("2025-01-06", 2)), ElementsAre("ROLE"));
}

std::string stamped(int size,
                    std::string_view at,
                    std::string_view digest = "",
                    const std::string& token = "3000") {
  const std::string bytes = digest.empty() ? std::string(64, 'a') : std::string(digest);
  return R"({"size":)" + std::to_string(size) + R"(,"root":")" + bytes + R"(","note_digest":")" +
         bytes + R"(","token":")" + token + R"(","gen_time":")" + std::string(at) + R"("})";
}

TEST(Operation, StampsCoverMoreEachTimeAndTimeGoesOn) {
  RuleTester t;
  t.at("2025-01-06T08:00:00+08:00").as("S-SYS").given("RulesActivated", activated(1));
  const auto refused = [&t](const std::string& body) {
    return RuleTester::rules_of(t.when("CheckpointTimestamped", body));
  };
  const std::string nine = "2025-01-06T09:00:00Z";
  EXPECT_THAT(refused(stamped(99, nine)), ElementsAre("H-OPS-6")) << "records to come";
  EXPECT_THAT(refused(stamped(1, nine, "aa")), ElementsAre("SCHEMA", "SCHEMA"));
  EXPECT_THAT(refused(stamped(1, nine, "", "")), ElementsAre("SCHEMA")) << "no token";
  const std::string most(2 * limits::timestamp_token_bytes_max, '0');
  EXPECT_THAT(refused(stamped(1, nine, "", most + "00")), ElementsAre("SCHEMA")) << "too long";
  EXPECT_THAT(refused(stamped(1, nine, "", most)), IsEmpty());
  t.given("CheckpointTimestamped", stamped(1, nine));
  EXPECT_THAT(refused(stamped(1, nine)), ElementsAre("H-OPS-6")) << "nothing new";
  EXPECT_THAT(refused(stamped(2, "2025-01-06T08:59:59Z")), ElementsAre("H-OPS-6")) << "back";
  EXPECT_THAT(refused(stamped(2, nine)), IsEmpty());
  const auto state = t.world().get<OperationState>(operation_key);
  EXPECT_EQ(state.stamped_size, 1U);
  EXPECT_EQ(state.stamped_at, *parse_instant(nine));
  t.as("S-ADM");
  EXPECT_THAT(refused(stamped(2, nine)), ElementsAre("ROLE"));
}

std::string anchored(int size, const std::string& root = std::string(64, 'a')) {
  return R"({"size":)" + std::to_string(size) + R"(,"root":")" + root +
         R"(","witness":"committee.example","cosigned_at":"2025-01-06T09:00:00Z",)" +
         R"("cosignature":"— committee.example AAAA"})";
}

TEST(Operation, WitnessedHeadsDoNotGoBack) {
  RuleTester t;
  t.as("S-SYS").given("RulesActivated", activated(1));
  const auto refused = [&t](const std::string& body) {
    return RuleTester::rules_of(t.when("ChainAnchored", body));
  };
  EXPECT_THAT(refused(anchored(99)), ElementsAre("H-OPS-7")) << "records to come";
  EXPECT_THAT(refused(anchored(1, "aa")), ElementsAre("SCHEMA"));
  t.given("ChainAnchored", anchored(2));
  EXPECT_THAT(refused(anchored(1)), ElementsAre("H-OPS-7"));
  EXPECT_THAT(refused(anchored(2)), IsEmpty()) << "another witness of the same head";
  t.as("S-ADM");
  EXPECT_THAT(refused(anchored(2)), ElementsAre("ROLE"));
}

}  // namespace
}  // namespace juanzong::testing
