// SPDX-License-Identifier: Apache-2.0
// Temporary stops and their tariff.
#include "events/procedures/parking/temporary_tariff.h"

#include "tests/events/procedures/parking_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TemporaryParkingTest : public ParkingFixture {
 protected:
  TemporaryParkingTest() { t.at("2025-12-02T18:00:00+08:00").as("S-GFC"); }
  TemporaryStage stop() { return temporary_stage(t.world(), "S-1"); }
  void enter(std::string_view at = "2025-12-02T09:00:00+08:00") {
    t.as("S-GFC").given("TemporaryParkingEntered", stop_json(at));
  }
  void leave(std::string_view at = "2025-12-02T14:01:00+08:00") {
    t.as("S-GFC").given("TemporaryParkingExited", stop_json(at));
  }
  std::vector<std::string> paying_stop(std::int64_t minutes, std::int64_t fen) {
    return as("GFC", "TemporaryParkingFeePaid", stop_paid_json(minutes, fen));
  }
};

TEST_F(TemporaryParkingTest, TheTariffCountsStartedHoursAndCapsEachDay) {
  const TemporaryTariff tariff = temporary_tariff(t.world(), *parse_date("2025-12-02"));
  for (const auto& [minutes, fen] :
       std::initializer_list<std::pair<std::int64_t, std::int64_t>>{{1, 200},
                                                                    {30, 200},
                                                                    {120, 200},
                                                                    {121, 300},
                                                                    {180, 300},
                                                                    {181, 400},
                                                                    {240, 400},
                                                                    {300, 500},
                                                                    {360, 600},
                                                                    {361, 600},
                                                                    {1440, 600},
                                                                    {1441, 800},
                                                                    {1500, 800},
                                                                    {2880, 1'200}}) {
    EXPECT_EQ(temporary_fee(tariff, minutes), Fen{fen}) << minutes;
  }
}

TEST_F(TemporaryParkingTest, AnAbsurdTariffIsNoOverflow) {
  constexpr std::int64_t huge = 9'000'000'000'000'000'000;
  const TemporaryTariff tariff{0, Fen{huge}, Fen{huge}, Fen{huge}};
  EXPECT_GT(temporary_fee(tariff, 10'000'000), Fen{1'000'000'000'000'000});
}

TEST_F(TemporaryParkingTest, MinutesCountWhenTheyHaveStarted) {
  EXPECT_EQ(minutes_between(UnixMicros{0}, UnixMicros{1}), 1);
  EXPECT_EQ(minutes_between(UnixMicros{0}, UnixMicros{60'000'000}), 1);
  EXPECT_EQ(minutes_between(UnixMicros{0}, UnixMicros{60'000'001}), 2);
}

TEST_F(TemporaryParkingTest, AStopIsEnteredLeftAndPaid) {
  EXPECT_EQ(stop(), TemporaryStage::none);
  enter();
  EXPECT_EQ(stop(), TemporaryStage::entered);
  leave();
  EXPECT_EQ(stop(), TemporaryStage::exited);
  const auto cash = posted("cash:CASH");
  t.given("TemporaryParkingFeePaid", stop_paid_json(301, 600));
  EXPECT_EQ(stop(), TemporaryStage::paid);
  EXPECT_EQ(t.assigned().receipt_no, "G-000001");
  EXPECT_EQ(posted("cash:CASH") - cash, 600);
  EXPECT_EQ(posted("income:PARKING_RENT"), -600);
  EXPECT_EQ(posted("receivable::temporary:PARKING_RENT"), 0);
  expect_states_round_trip(t);
}

TEST_F(TemporaryParkingTest, TheFeeIsRecomputed) {
  enter();
  leave();
  EXPECT_THAT(paying_stop(301, 500), ElementsAre("H-FEE-2"));
  EXPECT_THAT(paying_stop(300, 600), ElementsAre("H-FEE-2"));
  EXPECT_THAT(as("GFC",
                 "TemporaryParkingFeePaid",
                 replaced(stop_paid_json(301, 600), "\"tariff_ver\":1", "\"tariff_ver\":2")),
              ElementsAre("H-FEE-2"));
  EXPECT_THAT(paying_stop(301, 600), IsEmpty());
  adopt(t, "parking.temp.day_cap_fen", "550", "2025-12-02");
  EXPECT_THAT(paying_stop(301, 600), ElementsAre("H-FEE-2"));
  EXPECT_THAT(as("GFC",
                 "TemporaryParkingFeePaid",
                 replaced(stop_paid_json(301, 550), "\"tariff_ver\":1", "\"tariff_ver\":2")),
              IsEmpty());
}

TEST_F(TemporaryParkingTest, EachStepHasItsTurnAndHappensOnce) {
  EXPECT_THAT(as("GFC", "TemporaryParkingExited", stop_json("2025-12-02T14:01:00+08:00")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(paying_stop(301, 600), ElementsAre("STATE_REFUSED"));
  enter();
  EXPECT_THAT(as("GFC", "TemporaryParkingEntered", stop_json("2025-12-02T09:00:00+08:00")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(paying_stop(301, 600), ElementsAre("STATE_REFUSED")) << "not out yet";
  leave();
  EXPECT_THAT(as("GFC", "TemporaryParkingExited", stop_json("2025-12-02T14:02:00+08:00")),
              ElementsAre("STATE_REFUSED"));
  t.given("TemporaryParkingFeePaid", stop_paid_json(301, 600));
  EXPECT_THAT(paying_stop(301, 600), ElementsAre("STATE_REFUSED", "SCHEMA"))
      << "paid, and the payment id is taken";
}

TEST_F(TemporaryParkingTest, InstantsLieInThePastAndInOrder) {
  EXPECT_THAT(as("GFC", "TemporaryParkingEntered", stop_json("2025-12-02T18:05:01+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(as("GFC", "TemporaryParkingEntered", stop_json("2025-12-02T18:05:00+08:00")),
              IsEmpty())
      << "as far as clocks may differ";
  enter();
  EXPECT_THAT(as("GFC", "TemporaryParkingExited", stop_json("2025-12-02T09:00:00+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(as("GFC", "TemporaryParkingExited", stop_json("2025-12-02T18:06:00+08:00")),
              ElementsAre("SCHEMA"));
}

TEST_F(TemporaryParkingTest, OnlyTheGarageFeeCollectorRecordsStops) {
  for (const std::string_view role : {"CAS", "CSA", "SEC"}) {
    EXPECT_THAT(as(role, "TemporaryParkingEntered", stop_json("2025-12-02T09:00:00+08:00")),
                ElementsAre("ROLE"));
    EXPECT_THAT(as(role, "TemporaryParkingFeePaid", stop_paid_json(301, 600)), ElementsAre("ROLE"));
  }
}

TEST_F(TemporaryParkingTest, AReversedPaymentLeavesTheStopToBePaidAgain) {
  enter();
  leave();
  const RecordIndex paid = t.given("TemporaryParkingFeePaid", stop_paid_json(301, 600));
  reverse("PAYMENT", "target_payment", "TP-1", paid, 600, /*with_unit=*/false);
  EXPECT_EQ(stop(), TemporaryStage::exited);
  EXPECT_EQ(posted("receivable::temporary:PARKING_RENT"), 600);
  t.as("S-GFC").given("TemporaryParkingFeePaid", stop_paid_json(301, 600, "TP-2"));
  EXPECT_EQ(t.assigned().receipt_no, "G-000002");
  EXPECT_EQ(stop(), TemporaryStage::paid);
  EXPECT_EQ(posted("income:PARKING_RENT"), -600);
}

TEST_F(TemporaryParkingTest, PaidAgainUnderAnotherTariffItIsChargedAnew) {
  enter();
  leave();
  const RecordIndex paid = t.given("TemporaryParkingFeePaid", stop_paid_json(301, 600));
  reverse("PAYMENT", "target_payment", "TP-1", paid, 600, /*with_unit=*/false);
  adopt(t, "parking.temp.day_cap_fen", "550", "2025-12-02");
  t.as("S-GFC").given(
      "TemporaryParkingFeePaid",
      replaced(stop_paid_json(301, 550, "TP-2"), "\"tariff_ver\":1", "\"tariff_ver\":2"));
  EXPECT_EQ(stop(), TemporaryStage::paid);
  EXPECT_EQ(posted("income:PARKING_RENT"), -550);
  EXPECT_EQ(posted("receivable::temporary:PARKING_RENT"), 0);
}

TEST_F(TemporaryParkingTest, AChargeOfThatNameKeepsTheStopFromItsFee) {
  enter();
  leave();
  assess(t, {.id = "TEMPORARY-S-1", .party = house_owner});
  EXPECT_THAT(paying_stop(301, 600), ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
