// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/lease_termination/lease_termination.h"

#include "events/procedures/charges.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/office_lets.h"

#include "tests/support/office.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint8_t compensation = 10;  // body::Purpose
constexpr std::string_view cleaned_at = "2025-09-30T20:00:00+08:00";

class LeaseTerminationTest : public HouseTest {
 protected:
  LeaseTerminationTest() {
    t.at("2025-03-03T10:00:00+08:00");
    register_unit(t);
    keep_key(t, "K-1");
    keep_key(t, "K-2");
    t.as("S-CSA").given("OfficeRoomRechecked", rechecked_json());
    t.as("S-ENV").given("OfficeFittingsSupplied", supplied_json());
    t.as("S-CSA").given("OfficeKeysDelivered", keys_delivered_json());
    t.as("S-CSM").given("OfficeClientFileOpened", client_file_json());
    t.at("2025-09-30T18:00:00+08:00").as("S-CSA");
  }
  OfficeLetState let() { return t.world().get<OfficeLetState>(house_unit); }
  OfficeStage stage() { return stage_of(let()); }
  KeyStage key_stage(std::string_view key_no) { return t.world().get<KeyState>(key_no).stage; }
  void notify() { t.as("S-CSA").given("LeaseTerminationNotified", termination_json()); }
  void vacate() {
    notify();
    vacate_after_notice();
  }
  void vacate_after_notice() {
    t.as("S-ENV").given("OfficeFittingsReclaimed", fittings_back_json());
    t.as("S-CSM").given("OfficeKeysReclaimed", keys_back_json());
    t.as("S-CSA").given("ExitTalkRecorded", exit_talk_json());
    t.at("2025-09-30T21:00:00+08:00").as("S-ENV");
  }
  std::vector<std::string> fittings_back(const std::string& body) {
    return RuleTester::rules_of(t.as("S-ENV").when("OfficeFittingsReclaimed", body));
  }
  std::vector<std::string> keys_back(const std::string& body) {
    return RuleTester::rules_of(t.as("S-CSM").when("OfficeKeysReclaimed", body));
  }
  // K-1 came back; the other one as `harm` says, with `more`.
  static std::string one_key_back(std::string_view harm, std::string_view more) {
    return of_client({harm == "LOST" ? R"("keys":[{"key_no":"K-1"}])"
                                     : R"("keys":[{"key_no":"K-1"},{"key_no":"K-2"}])",
                      R"("lost_or_damaged":[{"key_no":"K-2","harm":")" + std::string(harm) + "\"" +
                          std::string(more) + "}]",
                      by_client()});
  }
};

TEST_F(LeaseTerminationTest, ARoomIsVacatedCleanedAndReadyToLet) {
  notify();
  EXPECT_EQ(stage(), OfficeStage::leaving);
  EXPECT_EQ(to_text(*let().vacate_on), "2025-09-30");
  t.as("S-CSA").given("ExitTalkRecorded", exit_talk_json());
  t.as("S-CSM").given("OfficeKeysReclaimed", keys_back_json());
  EXPECT_EQ(stage(), OfficeStage::leaving);
  t.as("S-ENV").given("OfficeFittingsReclaimed", fittings_back_json());
  EXPECT_EQ(stage(), OfficeStage::vacated);
  expect_states_round_trip(t);
  t.at("2025-09-30T21:00:00+08:00").given("VacatedRoomCleaned", cleaned_json(cleaned_at));
  EXPECT_EQ(stage(), OfficeStage::ready_to_let);
  EXPECT_EQ(let().former->company, office_company);
  EXPECT_EQ(let().former->keys_reclaimed_at, *parse_instant("2025-09-30T18:00:00+08:00"));
  EXPECT_TRUE(let().keys.empty());
  expect_states_round_trip(t);
}

TEST_F(LeaseTerminationTest, TheRoomIsCleanedWithinADayOfTheKeysReturn) {
  const auto due = [this] {
    return t.world().get<ObligationState>(
        obligation_key("D-OFT-1", "unit:" + std::string(house_unit)));
  };
  notify();
  EXPECT_EQ(due().rounds, 0U);
  vacate_after_notice();
  EXPECT_EQ(due().due_at, *parse_instant("2025-10-01T18:00:00+08:00"));
  EXPECT_EQ(due().end, ObligationEnd::running);
  t.given("VacatedRoomCleaned", cleaned_json(cleaned_at));
  EXPECT_EQ(due().end, ObligationEnd::met);
}

TEST_F(LeaseTerminationTest, TheNextClientNeedsANewCheckAndMayGetTheSameKeys) {
  vacate();
  t.given("VacatedRoomCleaned", cleaned_json(cleaned_at));
  t.as("S-CSA");
  const std::string next =
      of_room(R"("company":"CO-2","keys":[{"key_no":"K-1"}],)" + by_client(person_id(3003)));
  EXPECT_THAT(rules_when("OfficeKeysDelivered", next), ElementsAre("H-OFF-1"));
  t.given("OfficeRoomRechecked", rechecked_json("2025-09-30T20:30:00+08:00"));
  t.given("OfficeKeysDelivered", next);
  EXPECT_EQ(stage(), OfficeStage::let);
  EXPECT_THAT(let().representatives, ElementsAre(person_id(3003)));
}

TEST_F(LeaseTerminationTest, TheNoticeIsMarketingsAndForTheClientOfTheRoom) {
  const auto notifying = [&](std::string_view from, std::string_view to) {
    return rules_when("LeaseTerminationNotified", replaced(termination_json(), from, to));
  };
  EXPECT_THAT(notifying("S-MKT", "S-CSM"), ElementsAre("SCHEMA"));
  EXPECT_THAT(notifying("CO-1", "CO-2"), ElementsAre("SCHEMA"));
  EXPECT_THAT(notifying("3-1-1202", "9-9-9999"), ElementsAre("SCHEMA", "STATE_REFUSED"));
  notify();
  const auto refusals = t.when("LeaseTerminationNotified", termination_json());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(refusals.front().facts.front().value, "LEAVING");
  EXPECT_EQ(refusals.front().facts.back().value, "LET");
}

TEST_F(LeaseTerminationTest, EveryKeyOfTheIssueRecordIsAccountedFor) {
  notify();
  EXPECT_THAT(keys_back(replaced(keys_back_json(), R"(,{"key_no":"K-2"})", "")),
              ElementsAre("H-OFT-1"));
  EXPECT_THAT(keys_back(replaced(keys_back_json(), "K-2", "K-3")),
              ElementsAre("H-OFT-1", "H-OFT-1"));
  EXPECT_THAT(keys_back(replaced(keys_back_json(), "K-2", "K-1")),
              ElementsAre("SCHEMA", "H-OFT-1"));
  EXPECT_THAT(keys_back(of_client({})), ElementsAre("H-OFT-1", "H-OFT-1", "SCHEMA"));
  EXPECT_THAT(keys_back(keys_back_json()), IsEmpty());
}

TEST_F(LeaseTerminationTest, ALostOrDamagedKeyIsCompensatedAsTheCaseRequires) {
  notify();
  assess(t, {.id = "W-1", .party = office_company, .fen = 5'000, .purpose = compensation});
  assess(t, {.id = "W-2", .party = house_owner, .fen = 5'000, .purpose = compensation});
  assess(t, {.id = "W-3", .party = office_company, .fen = 5'000, .purpose = 2});
  register_unit(t, "3-1-1203");
  assess(t,
         {.id = "W-4",
          .party = office_company,
          .fen = 5'000,
          .purpose = compensation,
          .unit = "3-1-1203"});
  assess(t, {.id = "W-5", .party = office_company, .fen = 5'000, .purpose = compensation});
  t.as("S-CAS").given(
      "ChargeReversed",
      json(
          {text("charge_id", "W-5"), unit_field(), "\"amount_fen\":5000", house_sealed("reason")}));
  EXPECT_THAT(keys_back(one_key_back("LOST", "")), ElementsAre("H-OFT-1"));
  EXPECT_THAT(keys_back(one_key_back("DAMAGED", "")), ElementsAre("H-OFT-1"));
  for (const std::string_view wrong : {"W-2", "W-3", "W-4", "W-5", "W-9"}) {
    EXPECT_THAT(keys_back(one_key_back("LOST", "," + text("charge_id", wrong))),
                ElementsAre("H-OFT-1"))
        << wrong;
  }
  EXPECT_THAT(
      keys_back(one_key_back("DAMAGED", R"(,"waived_reason":)" + sealed(office_person, "旧"))),
      IsEmpty());
  t.as("S-CSM").given("OfficeKeysReclaimed", one_key_back("LOST", "," + text("charge_id", "W-1")));
  EXPECT_EQ(let().keys.at("K-1"), OfficeKeyFate::returned);
  EXPECT_EQ(let().keys.at("K-2"), OfficeKeyFate::lost);
  EXPECT_EQ(key_stage("K-1"), KeyStage::in_custody);
  EXPECT_EQ(key_stage("K-2"), KeyStage::lost);
}

TEST_F(LeaseTerminationTest, ALostKeyIsGivenToNobodyADamagedOneMayBe) {
  notify();
  const std::string waived = R"(,"waived_reason":)" + sealed(office_person, "旧");
  t.as("S-CSM").given("OfficeKeysReclaimed", one_key_back("LOST", waived));
  t.as("S-CSA").given("ExitTalkRecorded", exit_talk_json());
  t.as("S-ENV").given("OfficeFittingsReclaimed", fittings_back_json());
  t.at("2025-09-30T21:00:00+08:00").given("VacatedRoomCleaned", cleaned_json(cleaned_at));
  t.as("S-CSA").given("OfficeRoomRechecked", rechecked_json("2025-09-30T20:30:00+08:00"));
  const auto giving = [&](std::string_view key_no) {
    return rules_when(
        "OfficeKeysDelivered",
        of_client({R"("keys":[{"key_no":")" + std::string(key_no) + "\"}]", by_client()}));
  };
  EXPECT_THAT(giving("K-2"), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(giving("K-1"), IsEmpty());
}

TEST_F(LeaseTerminationTest, AKeyThatWasReportedLostCannotComeBackButMayBeListedAsLost) {
  t.as("S-KEY").given("KeyLossReported",
                      json({unit_field(),
                            text("key_no", "K-2"),
                            house_sealed("circumstances"),
                            R"("liable":["S-KEY","S-PM"])"}));
  const RecordIndex reported = t.world().get<KeyState>("K-2").loss->index;
  notify();
  EXPECT_THAT(keys_back(keys_back_json()), ElementsAre("STATE_REFUSED"));
  const std::string waived = R"(,"waived_reason":)" + sealed(office_person, "旧");
  t.as("S-CSM").given("OfficeKeysReclaimed", one_key_back("LOST", waived));
  EXPECT_EQ(t.world().get<KeyState>("K-2").loss->index, reported) << "the first report stands";
}

TEST_F(LeaseTerminationTest, AKeyThatIsInTheCabinetIsNeitherReturnedNorLost) {
  notify();
  keep_key(t, "K-2");
  EXPECT_THAT(keys_back(keys_back_json()), ElementsAre("STATE_REFUSED"));
  const std::string waived = R"(,"waived_reason":)" + sealed(office_person, "旧");
  const auto refusals = t.as("S-CSM").when("OfficeKeysReclaimed", one_key_back("LOST", waived));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(refusals.front().facts.back().value, "WITH_CLIENT LOST");
}

TEST_F(LeaseTerminationTest, AKeyIsEitherLostOrBack) {
  notify();
  const std::string waived = R"(,"waived_reason":)" + sealed(office_person, "旧");
  EXPECT_THAT(keys_back(replaced(one_key_back("DAMAGED", waived), "DAMAGED", "LOST")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(keys_back(replaced(one_key_back("LOST", waived), "LOST", "DAMAGED")),
              ElementsAre("SCHEMA", "H-OFT-1"));
}

TEST_F(LeaseTerminationTest, EveryFittingIsReturnedOrMissing) {
  notify();
  const auto back = [&](std::string_view from, std::string_view to) {
    return fittings_back(replaced(fittings_back_json(), from, to));
  };
  EXPECT_THAT(back(R"("quantity":4)", R"("quantity":3)"), ElementsAre("H-OFT-2"));
  EXPECT_THAT(back(R"("quantity":4)", R"("quantity":5)"), ElementsAre("H-OFT-2"));
  EXPECT_THAT(back("遥控器", "空调"), ElementsAre("H-OFT-2", "H-OFT-2"));
  EXPECT_THAT(back(R"("quantity":4)", R"("quantity":-4)"), ElementsAre("SCHEMA", "H-OFT-2"));
  const std::string one_missing =
      replaced(replaced(fittings_back_json(), R"("quantity":4)", R"("quantity":3)"),
               R"("signatures")",
               R"("missing":[{"name":"门禁卡","quantity":1,"charge_id":"W-1"}],"signatures")");
  EXPECT_THAT(fittings_back(one_missing), ElementsAre("H-OFT-2")) << "no such charge";
  EXPECT_THAT(fittings_back(replaced(one_missing, R"(,"charge_id":"W-1")", "")), IsEmpty());
  assess(t, {.id = "W-1", .party = office_company, .fen = 2'000, .purpose = compensation});
  t.as("S-ENV").given("OfficeFittingsReclaimed", one_missing);
  EXPECT_EQ(let().missing.at("门禁卡"), 1);
}

TEST_F(LeaseTerminationTest, SomebodyTheClientIsKnownBySigns) {
  notify();
  const std::string stranger = person_id(4001);
  EXPECT_THAT(keys_back(replaced(keys_back_json(), by_client(), by_client(stranger))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(fittings_back(replaced(fittings_back_json(), by_client(), by_client(stranger))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(keys_back(replaced(keys_back_json(), "COMPANY_REP", "CUSTOMER")),
              ElementsAre("SCHEMA"));
  std::string with_authority = replaced(keys_back_json(), by_client(), by_client(stranger));
  with_authority = replaced(with_authority,
                            R"("id_checked":"ID_CARD")",
                            R"("id_checked":"ID_CARD","authority_doc":)" + attachment(stranger));
  EXPECT_THAT(keys_back(with_authority), IsEmpty());
}

TEST_F(LeaseTerminationTest, AnAgentNeedsAuthorityAndAThingAQuantity) {
  notify();
  const std::string agent = signatures(
      {signature("COMPANY_REP", office_person), signature("OWNER_AGENT", office_person)});
  EXPECT_THAT(keys_back(replaced(keys_back_json(), by_client(), agent)), ElementsAre("SCHEMA"));
  EXPECT_THAT(fittings_back(replaced(fittings_back_json(), by_client(), agent)),
              ElementsAre("SCHEMA"));
  const std::string negative =
      replaced(replaced(fittings_back_json(), R"("quantity":4)", R"("quantity":5)"),
               R"("signatures")",
               R"("missing":[{"name":"门禁卡","quantity":-1}],"signatures")");
  EXPECT_THAT(fittings_back(negative), ElementsAre("SCHEMA"));
}

TEST_F(LeaseTerminationTest, TheLastTalkTellsWhereTheClientIsFoundOrThatHeWouldNotSay) {
  notify();
  const auto talking = [&](std::string_view from, std::string_view to) {
    return rules_when("ExitTalkRecorded", replaced(exit_talk_json(), from, to));
  };
  EXPECT_THAT(talking(R"(,"declined":["PHONE"])", ""), ElementsAre("SCHEMA"));
  EXPECT_THAT(talking(R"(["PHONE"])", R"(["PHONE","NEW_ADDRESS"])"), ElementsAre("SCHEMA"))
      << "told and declined";
  EXPECT_THAT(talking("CO-1", "CO-2"), ElementsAre("SCHEMA"));
  t.given("ExitTalkRecorded", exit_talk_json());
  EXPECT_THAT(rules_when("ExitTalkRecorded", exit_talk_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(LeaseTerminationTest, StepsAreForALeavingClientAndOnce) {
  EXPECT_THAT(keys_back(keys_back_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(fittings_back(fittings_back_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(RuleTester::rules_of(t.as("S-CSA").when("ExitTalkRecorded", exit_talk_json())),
              ElementsAre("STATE_REFUSED"));
  notify();
  EXPECT_THAT(rules_when("OfficeKeysDelivered", keys_delivered_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(RuleTester::rules_of(t.as("S-ENV").when("OfficeFittingsSupplied", supplied_json())),
              ElementsAre("STATE_REFUSED"));
  t.as("S-ENV").given("OfficeFittingsReclaimed", fittings_back_json());
  EXPECT_THAT(fittings_back(fittings_back_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-CSM").given("OfficeKeysReclaimed", keys_back_json());
  EXPECT_THAT(keys_back(keys_back_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-ENV");
  EXPECT_THAT(rules_when("VacatedRoomCleaned", cleaned_json("2025-09-30T18:00:00+08:00")),
              ElementsAre("STATE_REFUSED"))
      << "nobody talked with the client";
}

TEST_F(LeaseTerminationTest, ARoomWithoutFittingsDoesNotWaitForThem) {
  register_unit(t, "3-1-1203");
  const auto there = [](std::string body) { return replaced(body, "3-1-1202", "3-1-1203"); };
  keep_key(t, "K-9", "3-1-1203");
  t.as("S-CSA").given("OfficeRoomRechecked", there(rechecked_json()));
  t.given("OfficeKeysDelivered", there(of_client({R"("keys":[{"key_no":"K-9"}])", by_client()})));
  t.given("LeaseTerminationNotified", there(termination_json()));
  t.given("ExitTalkRecorded", there(exit_talk_json()));
  t.as("S-CSM").given("OfficeKeysReclaimed",
                      there(of_client({R"("keys":[{"key_no":"K-9"}])", by_client()})));
  EXPECT_EQ(stage_of(t.world().get<OfficeLetState>("3-1-1203")), OfficeStage::vacated);
}

TEST_F(LeaseTerminationTest, ARoomIsCleanedAfterTheKeysCameBackAndOnce) {
  vacate();
  EXPECT_THAT(rules_when("VacatedRoomCleaned", cleaned_json("2025-09-30T17:59:00+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("VacatedRoomCleaned", cleaned_json("2025-10-01T09:00:00+08:00")),
              ElementsAre("SCHEMA"));
  t.given("VacatedRoomCleaned", cleaned_json(cleaned_at));
  EXPECT_THAT(rules_when("VacatedRoomCleaned", cleaned_json(cleaned_at)),
              ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
