// SPDX-License-Identifier: Apache-2.0
// Parking as views show it: rentals, the register of the garage, card deposits, takings (SC12).
#include "tests/support/parking_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ParkingViews : public ::testing::Test {
 protected:
  ParkingViews() {
    t.on("2025-01-02").hand_over(house_unit);
    t.on("2025-12-01");
    t.given("CSA", "ParkingEligibilityVerified", eligible_json());
    t.given("CSA", "ParkingDocumentsCollected", parking_documents_json());
    rented = t.given("CAS", "ParkingRentPaid", rent_json());
    deposited = t.given("CLK", "ParkingCardDepositPaid", card_deposit_json());
    t.given("CLK", "ParkingCardIssued", of_card_json());
    registered = t.given("CSA", "MonthlyParkingRegistered", parking_row_json());
    t.ledger.actor("GFC");
    t.given("CSA", "ParkingRegisterShared", shared_json());
  }
  RecordIndex return_card(std::string_view day) {
    t.on(day);
    return t.given("CLK", "ParkingCardReturned", of_card_json());
  }
  RecordIndex stop(std::string_view id,
                   std::string_view from,
                   std::string_view to,
                   std::int64_t minutes,
                   std::int64_t fen) {
    t.given("GFC", "TemporaryParkingEntered", stop_json(from, id));
    t.given("GFC", "TemporaryParkingExited", stop_json(to, id));
    return t.given(
        "GFC", "TemporaryParkingFeePaid", stop_paid_json(minutes, fen, "T" + std::string(id), id));
  }
  void reverse(std::string_view payment, RecordIndex record, std::int64_t fen, bool with_unit) {
    t.given("CAS",
            "PaymentReversed",
            json({text("kind", "PAYMENT"),
                  "\"target_event\":{\"index\":" + std::to_string(number(record)) + "}",
                  text("target_payment", payment),
                  with_unit ? unit_field() : "",
                  number_field("amount_fen", fen),
                  house_sealed("reason"),
                  signatures({staff_signature("PM")})}));
  }
  boost::json::object query(std::string_view view,
                            const QueryArguments& arguments = {},
                            std::string_view role = "CSM") {
    return t.query(view, arguments, role);
  }
  static std::string at(RecordIndex index) { return std::to_string(number(index)); }
  static std::string code(const boost::json::object& report, std::string_view key) {
    return std::string(report.at(key).as_object().at("code").as_string());
  }
  ViewLedger t;
  RecordIndex rented{};
  RecordIndex deposited{};
  RecordIndex registered{};
};

TEST_F(ParkingViews, RentalsShowRentCardAndDeposit) {
  const auto report = query("parking");
  EXPECT_EQ(report.at("count"), 1);
  EXPECT_EQ(report.at("active"), 1);
  const auto& line = row(report, "rentals", 0);
  EXPECT_EQ(line.at("stage").as_object().at("code"), "ACTIVE");
  EXPECT_EQ(line.at("status").as_object().at("code"), "OWNER");
  EXPECT_EQ(line.at("rent_paid_until"), "2025-12-31");
  EXPECT_EQ(line.at("records").as_object().at("rent_paid_until").as_array().at(0), number(rented));
  EXPECT_EQ(line.at("card_no"), "IC-1");
  EXPECT_EQ(line.at("deposit_fen"), 5'000);
  EXPECT_EQ(line.at("deposit_state").as_object().at("code"), "HELD");
}

TEST_F(ParkingViews, AnExpiredCardThatIsNotBackIsCounted) {
  auto report = query("parking", {{"date", "2025-12-31"}});
  EXPECT_EQ(report.at("expired_not_returned"), 0);
  report = query("parking", {{"date", "2026-01-01"}});
  EXPECT_EQ(report.at("expired_not_returned"), 1);
  EXPECT_THAT(column(report, "rentals", "expired_not_returned"), ElementsAre("true"));
  return_card("2026-01-02");
  EXPECT_EQ(query("parking").at("expired_not_returned"), 0);
}

TEST_F(ParkingViews, AsOfAnIndexItShowsWhatWasKnownThen) {
  return_card("2025-12-20");
  const QueryArguments then{{"as_of", at(registered)}, {"date", "2025-12-20"}};
  EXPECT_THAT(column(query("parking", then), "rentals", "stage"), ElementsAre("ACTIVE"));
  EXPECT_THAT(column(query("parking"), "rentals", "stage"), ElementsAre("RETURNED"));
  const QueryArguments before{{"as_of", at(RecordIndex{number(rented) - 1})}};
  EXPECT_THAT(column(query("parking", before), "rentals", "stage"), ElementsAre("DOCUMENTED"));
  EXPECT_THAT(column(query("parking", before), "rentals", "deposit_id"), ElementsAre("null"));
  EXPECT_EQ(query("parking", {{"as_of", "2025-01-02"}}).at("count"), 0);
  auto newest = query("parking", {{"as_of", at(t.newest())}});
  EXPECT_EQ(newest.at("rentals"), query("parking").at("rentals")) << "folded as stored";
}

TEST_F(ParkingViews, TheGarageSeesTheFieldsOfTheFormAndNothingElse) {
  const auto report = query("parking_register", {}, "GFC");
  EXPECT_EQ(report.at("shared_week"), "2025-12-01");
  const auto& line = row(report, "register", 0);
  std::vector<std::string> names;
  for (const auto& member : line) {
    names.emplace_back(member.key());
  }
  EXPECT_THAT(
      names,
      UnorderedElementsAre(
          "date", "owner_name", "phone", "car_type", "plate", "from", "to", "card_no", "records"));
  EXPECT_EQ(line.at("date"), "2025-12-01");
  EXPECT_EQ(line.at("car_type"), "小型轿车");
  EXPECT_EQ(line.at("to"), "2025-12-31");
  EXPECT_EQ(line.at("card_no"), "IC-1");
  EXPECT_TRUE(line.at("phone").is_string()) << "in full";
  for (const std::string_view view : {"parking", "owner_file", "units", "receipts", "deposits"}) {
    EXPECT_EQ(t.refusal(view, {}, "GFC"), "not_permitted") << view;
  }
  for (const std::string_view role : {"SEC", "ENG", "KEY", "ARC", "ENV"}) {
    EXPECT_EQ(t.refusal("parking_register", {}, role), "not_permitted") << role;
    EXPECT_EQ(t.refusal("parking_takings", {}, role), "not_permitted") << role;
  }
}

TEST_F(ParkingViews, TheAuditorSeesThePhoneMasked) {
  const auto report = query("parking_register", {}, "AUD");
  EXPECT_THAT(std::string(row(report, "register", 0).at("phone").as_string()),
              ::testing::HasSubstr("****"));
}

TEST_F(ParkingViews, ARentalThatRanOutLeavesTheRegister) {
  EXPECT_EQ(
      query("parking_register", {{"date", "2025-12-31"}}, "GFC").at("register").as_array().size(),
      1U);
  EXPECT_THAT(query("parking_register", {{"date", "2026-01-01"}}, "GFC").at("register").as_array(),
              IsEmpty());
}

TEST_F(ParkingViews, TheDepositStatementTellsWhatKeepsItAndUntilWhen) {
  auto statement = query("deposit", {{"deposit", "CD-1"}});
  EXPECT_EQ(code(statement, "kind"), "PARKING_CARD");
  EXPECT_EQ(code(statement, "state"), "HELD");
  EXPECT_EQ(statement.at("held_fen"), 5'000);
  EXPECT_THAT(column(statement, "blockers", "rule"), ElementsAre("H-PRK-4", "H-PRK-4"));
  EXPECT_THAT(column(statement, "blockers", "first_date"), ElementsAre("null", "null"));
  const RecordIndex returned = return_card("2025-12-20");
  statement = query("deposit", {{"deposit", "CD-1"}});
  EXPECT_EQ(code(statement, "state"), "RETURNED");
  EXPECT_EQ(statement.at("earliest_refund_on"), "2026-01-01");
  EXPECT_EQ(statement.at("days_left"), 12);
  EXPECT_EQ(statement.at("entitlement_fen"), 5'000);
  EXPECT_THAT(column(statement, "blockers", "first_date"), ElementsAre("2026-01-01"));
  t.on("2026-01-03");
  EXPECT_THAT(query("deposit", {{"deposit", "CD-1"}}).at("blockers").as_array(), IsEmpty());
  t.given("CAS", "ParkingCardDepositRefunded", card_refund_json());
  statement = query("deposit", {{"deposit", "CD-1"}});
  EXPECT_EQ(code(statement, "state"), "REFUNDED");
  EXPECT_EQ(statement.at("refunded_fen"), 5'000);
  EXPECT_EQ(statement.at("held_fen"), 0);
  EXPECT_EQ(statement.at("entitlement_fen"), 0);
  EXPECT_THAT(statement.at("blockers").as_array(), IsEmpty());
  statement = query("deposit", {{"deposit", "CD-1"}, {"as_of", at(returned)}});
  EXPECT_EQ(statement.at("held_fen"), 5'000);
}

TEST_F(ParkingViews, CardDepositsStandInTheListAndBalance) {
  auto list = query("deposits");
  EXPECT_THAT(column(list, "deposits", "kind"), ElementsAre("PARKING_CARD"));
  EXPECT_EQ(list.at("held_fen"), 5'000);
  EXPECT_EQ(list.at("balanced"), true);
  return_card("2025-12-20");
  EXPECT_EQ(query("deposits").at("waiting_fen"), 5'000);
  t.on("2026-01-01");
  EXPECT_EQ(query("deposits").at("refundable_fen"), 5'000);
  t.given("CAS", "ParkingCardDepositRefunded", card_refund_json());
  list = query("deposits");
  EXPECT_EQ(list.at("refunded_in_month_fen"), 5'000);
  EXPECT_EQ(list.at("held_fen"), 0);
  EXPECT_EQ(list.at("balanced"), true);
}

TEST_F(ParkingViews, TheOwnerFileHoldsTheRentalAndItsDeposit) {
  const auto file = query("owner_file", {{"unit", std::string(house_unit)}});
  EXPECT_THAT(column(file, "parking", "rental_id"), ElementsAre("PK-1"));
  EXPECT_THAT(column(file, "deposits", "deposit_id"), Contains("CD-1"));
  EXPECT_THAT(column(file, "streams", "stream"), Contains("parking:PK-1"));
}

TEST_F(ParkingViews, TakingsAreSummedByDayAndHourAndCheckedAgainstTheTariff) {
  t.on("2025-12-02", "18:00:00");
  stop("A", "2025-12-02T09:00:00+08:00", "2025-12-02T14:01:00+08:00", 301, 600);
  stop("B", "2025-12-02T14:00:00+08:00", "2025-12-02T14:30:00+08:00", 30, 200);
  t.on("2025-12-03", "18:00:00");
  stop("C", "2025-12-03T08:00:00+08:00", "2025-12-03T09:10:00+08:00", 70, 200);
  const auto report = query("parking_takings", {{"month", "2025-12"}}, "GFC");
  EXPECT_EQ(report.at("count"), 3);
  EXPECT_EQ(report.at("takings_fen"), 1'000);
  EXPECT_EQ(report.at("by_tariff"), true);
  EXPECT_THAT(column(report, "days", "date"), ElementsAre("2025-12-02", "2025-12-03"));
  EXPECT_THAT(column(report, "days", "takings_fen"), ElementsAre("800", "200"));
  EXPECT_THAT(column(report, "hours", "hour"), ElementsAre("09", "14"));
  EXPECT_THAT(column(report, "hours", "takings_fen"), ElementsAre("200", "800"));
  EXPECT_THAT(column(report, "stops", "session_id"), ElementsAre("A", "B", "C"));
  EXPECT_EQ(query("parking_takings", {{"month", "2025-11"}}).at("count"), 0);
  EXPECT_EQ(t.refusal("parking_takings", {{"month", "2025-13"}}), "query_invalid");
  const auto page = query("parking_takings", {{"month", "2025-12"}, {"limit", "2"}});
  EXPECT_THAT(column(page, "stops", "session_id"), ElementsAre("A", "B"));
  EXPECT_EQ(page.at("takings_fen"), 1'000) << "sums are of the whole month";
}

TEST_F(ParkingViews, AReversedFeeIsNoTakingFromThenOn) {
  t.on("2025-12-02", "18:00:00");
  const RecordIndex paid =
      stop("A", "2025-12-02T09:00:00+08:00", "2025-12-02T14:01:00+08:00", 301, 600);
  reverse("TA", paid, 600, /*with_unit=*/false);
  const auto now = query("parking_takings", {{"month", "2025-12"}});
  EXPECT_EQ(now.at("takings_fen"), 0);
  EXPECT_EQ(now.at("reversed_fen"), 600);
  const auto then = query("parking_takings", {{"month", "2025-12"}, {"as_of", at(paid)}});
  EXPECT_EQ(then.at("takings_fen"), 600);
  EXPECT_EQ(then.at("reversed_fen"), 0);
  const std::string before = at(RecordIndex{number(paid) - 1});
  EXPECT_EQ(query("parking_takings", {{"month", "2025-12"}, {"as_of", before}}).at("count"), 0);
}

TEST_F(ParkingViews, MoneyOfNoUnitStandsInTheRegistersAndKeepsThemBalanced) {
  t.on("2025-12-02", "18:00:00");
  const RecordIndex paid =
      stop("A", "2025-12-02T09:00:00+08:00", "2025-12-02T14:01:00+08:00", 301, 600);
  reverse("TA", paid, 600, /*with_unit=*/false);
  const auto receipts = query("receipts", {{"book", "G"}});
  EXPECT_THAT(column(receipts, "receipts", "voided"), ElementsAre("true"));
  EXPECT_THAT(
      column(query("receipts", {{"book", "G"}, {"as_of", at(t.newest())}}), "receipts", "voided"),
      ElementsAre("true"));
  EXPECT_THAT(column(query("receipts", {{"book", "G"}, {"as_of", at(paid)}}), "receipts", "voided"),
              ElementsAre("false"));
  const auto arrears = query("arrears");
  EXPECT_EQ(arrears.at("outside_fen"), 600);
  EXPECT_EQ(arrears.at("balanced"), true);
  EXPECT_EQ(query("ledger").at("balanced"), true);
}

TEST_F(ParkingViews, AnOutsidersRentalIsFoldedFromItsOwnStreams) {
  const auto other = [](std::string body) {
    return with(
        with(with(outside(std::move(body)), "PK-1", "PK-9"), "IC-1", "IC-9"), "CD-1", "CD-9");
  };
  t.given("CSA", "ParkingEligibilityVerified", other(eligible_json("OUTSIDER_STANDARD_RATE")));
  t.given("CSA", "ParkingDocumentsCollected", other(parking_documents_json()));
  const RecordIndex rent = t.given("CAS", "ParkingRentPaid", other(rent_json({.id = "R-9"})));
  t.given("CLK", "ParkingCardDepositPaid", other(card_deposit_json()));
  const RecordIndex issued = t.given("CLK", "ParkingCardIssued", other(of_card_json()));
  reverse("P-R-9", rent, 10'000, /*with_unit=*/false);
  EXPECT_THAT(column(query("parking"), "rentals", "stage"), ElementsAre("ACTIVE", "EXPIRED"));
  const auto then = query("parking", {{"as_of", at(issued)}});
  EXPECT_THAT(column(then, "rentals", "stage"), ElementsAre("ACTIVE", "ACTIVE"));
  EXPECT_THAT(column(then, "rentals", "deposit_state"), ElementsAre("HELD", "HELD"));
  const auto deposit = query("deposit", {{"deposit", "CD-9"}, {"as_of", at(issued)}});
  EXPECT_EQ(deposit.at("rent_paid_until"), "2025-12-31");
  EXPECT_TRUE(query("deposit", {{"deposit", "CD-9"}}).at("rent_paid_until").is_null());
}

}  // namespace
}  // namespace juanzong::testing
