// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/fees/fees.h"

#include "events/procedures/policy.h"

#include "tests/events/procedures/fees_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing::fees {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Fees : public FeesTest {
 protected:
  std::vector<std::string> open_ids(std::string_view key) {
    std::vector<std::string> ids;
    for (const OpenCharge& open : open_charges(t.world(), key)) {
      ids.push_back(open.charge_id);
    }
    return ids;
  }
};

TEST_F(Fees, NumbersStandInTheOrderOfTheTable) {
  constexpr std::array<std::string_view, 12> names{"ChargeAssessed",
                                                   "PaymentReceived",
                                                   "ChargeReversed",
                                                   "PaymentReallocated",
                                                   "PaymentReversed",
                                                   "DunningNoticeSent",
                                                   "MajorArrearsReported",
                                                   "FeeStatementIssued",
                                                   "AccountsSettled",
                                                   "FinancialAuditHeld",
                                                   "FinanceReportedToCommittee",
                                                   "DepositBeneficiaryReassigned"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto* entry = catalogue().find(names[i]);
    ASSERT_NE(entry, nullptr) << names[i];
    EXPECT_EQ(number(entry->descriptor.type), 31 * 256 + i + 1) << names[i];
  }
}

TEST_F(Fees, OnlyTheCashierRecordsMoney) {
  t.given("ChargeAssessed", charge("CH-1", 100));
  const RecordIndex paid = t.given("PaymentReceived", payment("P-1", {}, 100));
  for (const std::string_view other : {"S-CSA", "S-PM", "S-FIN"}) {
    t.as(other);
    EXPECT_THAT(rules("ChargeAssessed", charge("CH-2", 100)), ElementsAre("ROLE"));
    EXPECT_THAT(rules("PaymentReceived", payment("P-2", {}, 100)), ElementsAre("ROLE"));
    EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-1", 100)), ElementsAre("ROLE"));
    EXPECT_THAT(rules("PaymentReallocated", reallocation("P-1", {})), ElementsAre("ROLE"));
    EXPECT_THAT(rules("PaymentReversed",
                      money_reversal(R"("kind":"PAYMENT","target_payment":"P-1")", paid, 100)),
                ElementsAre("ROLE"));
  }
}

TEST_F(Fees, AChargeIsBookedAndListedForItsUnitAndCase) {
  t.given("ChargeAssessed", charge("CH-1", 162'120, "PROPERTY_FEE"));
  t.given("ChargeAssessed", charge("CH-2", 8'640, "WATER", R"(,"case_ref":"deco:2025-0031")"));
  EXPECT_EQ(posted(t, receivable), 162'120);
  EXPECT_EQ(posted(t, "income:PROPERTY_FEE"), -162'120);
  EXPECT_THAT(open_ids(unit), ElementsAre("CH-1", "CH-2"));
  EXPECT_THAT(open_ids("deco:2025-0031"), ElementsAre("CH-2"));
}

TEST_F(Fees, DecorationFeesAreThoseOfTheTariffUnlessThePmSigns) {
  const std::string deco = R"(,"case_ref":"deco:1")";
  const std::string pm = deco + "," + signatures({staff_signature("PM")});
  const std::string csm = deco + "," + signatures({staff_signature("CSM")});
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 30'000, "WASTE_REMOVAL", deco)), IsEmpty());
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 8'000, "PASS_FEE", deco)), IsEmpty());
  const auto refusals = t.when("ChargeAssessed", charge("C", 29'999, "WASTE_REMOVAL", deco));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-FEE-2"));
  EXPECT_EQ(refusals.front().facts[1], fact("tariff", Fen{30'000}));
  EXPECT_EQ(refusals.front().clause, "S0§2.9(1); S4§2.1");
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 8'001, "PASS_FEE", deco)),
              ElementsAre("H-FEE-2"));
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 8'001, "PASS_FEE", csm)), ElementsAre("H-FEE-2"));
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 8'001, "PASS_FEE", pm)), IsEmpty());
  // Without a decoration case the tariff does not apply.
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 500, "WASTE_REMOVAL")), IsEmpty());
}

TEST_F(Fees, WithoutATariffOnlyThePmsSignaturePasses) {
  t.world().edit<PolicyState>(policy_key).versions.front().values.erase("tariff.deco.pass_fen");
  const std::string deco = R"(,"case_ref":"deco:1")";
  EXPECT_THAT(rules("ChargeAssessed", charge("C", 8'000, "PASS_FEE", deco)),
              ElementsAre("H-FEE-2"));
}

TEST_F(Fees, IdsAreUsedOnceAndUnitsAreRegistered) {
  t.given("ChargeAssessed", charge("CH-1", 100));
  t.given("PaymentReceived", payment("P-1", {}, 100));
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-1", 100)), ElementsAre("H-FEE-8"));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {}, 100)), ElementsAre("H-FEE-8"));
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-2", 100, "WATER", "", "9-9-901")),
              ElementsAre("H-FEE-9"));
  EXPECT_THAT(rules("PaymentReceived", payment("P-2", {}, 100, "", "9-9-901")),
              ElementsAre("H-FEE-9"));
}

TEST_F(Fees, AllBrokenRulesAreReported) {
  t.given("ChargeAssessed", charge("CH-1", 100));
  EXPECT_THAT(rules("ChargeAssessed",
                    charge("CH-1",
                           1,
                           "PASS_FEE",
                           R"(,"case_ref":"deco:1","period_from":"2025-02-01","corrects":"CH-9")",
                           "9-9-901")),
              ElementsAre("H-FEE-9", "SCHEMA", "H-FEE-8", "H-FEE-2", "H-FEE-10"));
}

TEST_F(Fees, AnAmountOfZeroAndAPeriodInReverseAreNoCharge) {
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-1", 0)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-1", -5)), ElementsAre("SCHEMA"));
  const std::string reverse = R"(,"period_from":"2025-02-01","period_to":"2025-01-31")";
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-1", 5, "WATER", reverse)), ElementsAre("SCHEMA"));
}

TEST_F(Fees, APaymentSettlesChargesAndTheRestIsAnAdvance) {
  t.given("ChargeAssessed", charge("CH-1", 1'000));
  t.given("ChargeAssessed", charge("CH-2", 500));
  t.given("PaymentReceived", payment("P-1", {{"CH-1", 1'000}, {"CH-2", 200}}, 1'700));
  EXPECT_EQ(posted(t, receivable), 300);
  EXPECT_EQ(posted(t, "cash:CASH"), 1'700);
  EXPECT_EQ(posted(t, advance), -500);
  EXPECT_THAT(open_ids(unit), ElementsAre("CH-2"));
  EXPECT_EQ(t.world().find<PaymentState>("P-1")->receipt_no, "A-000001");
}

TEST_F(Fees, ReceiptNumbersCountPerBookAndARefusalTakesNone) {
  t.given("PaymentReceived", payment("P-1", {}, 10));
  EXPECT_EQ(t.assigned().receipt_no, "A-000001");
  EXPECT_THAT(t.append("PaymentReceived", payment("P-1", {}, 10)), ::testing::SizeIs(1));
  std::string other_book = payment("P-2", {}, 10);
  other_book.replace(other_book.find(R"("book":"A")"), 10, R"("book":"B")");
  t.given("PaymentReceived", other_book);
  EXPECT_EQ(t.assigned().receipt_no, "B-000001");
  t.given("PaymentReceived", payment("P-3", {}, 10));
  EXPECT_EQ(t.assigned().receipt_no, "A-000002");
}

TEST_F(Fees, NoShareExceedsItsChargeNorTheirSumThePayment) {
  t.given("ChargeAssessed", charge("CH-1", 1'000));
  t.given("ChargeAssessed", charge("CH-2", 1'000));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-1", 1'001}}, 2'000)),
              ElementsAre("H-FEE-4"));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-1", 600}, {"CH-2", 600}}, 1'199)),
              ElementsAre("H-FEE-4"));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-1", 600}, {"CH-2", 600}}, 1'200)),
              IsEmpty());
  t.given("PaymentReceived", payment("P-1", {{"CH-1", 600}}, 600));
  EXPECT_THAT(rules("PaymentReceived", payment("P-2", {{"CH-1", 401}}, 401)),
              ElementsAre("H-FEE-4"));
}

TEST_F(Fees, SharesNameOpenChargesOfTheUnitOnceEach) {
  register_unit(t, "1502");
  t.given("ChargeAssessed", charge("CH-1", 1'000, "WATER", "", "4-2-1502"));
  t.given("ChargeAssessed", charge("CH-2", 1'000));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-1", 10}}, 10)),
              ElementsAre("H-FEE-10"));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-9", 10}}, 10)),
              ElementsAre("H-FEE-10"));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-2", 10}, {"CH-2", 10}}, 20)),
              ElementsAre("SCHEMA"));
  Shares many;
  for (int i = 0; i < 13; ++i) {
    many.emplace_back("X-" + std::to_string(i), 1);
    t.given("ChargeAssessed", charge(many.back().first, 1));
  }
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", many, 13)), ElementsAre("SCHEMA"));
  many.pop_back();
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", many, 13)), IsEmpty());
}

TEST_F(Fees, APaymentMayStandInTheCaseOfItsCharges) {
  const std::string deco = R"(,"case_ref":"deco:1")";
  t.given("ChargeAssessed", charge("CH-1", 100, "WATER", deco));
  t.given("ChargeAssessed", charge("CH-2", 100));
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-1", 9}}, 9, deco)), IsEmpty());
  EXPECT_THAT(rules("PaymentReceived", payment("P-1", {{"CH-2", 9}}, 9, deco)),
              ElementsAre("H-FEE-10"));
}

TEST_F(Fees, DunningNamesOpenChargesOfTheParty) {
  const auto notice = [](std::string_view party, std::string_view id) {
    return R"({"party":)" + in_quotes(party) + R"(,"unit":)" + in_quotes(unit) +
           R"(,"charges":[{"charge_id":)" + in_quotes(id) + R"(}],"channel":"PHONE","level":1})";
  };
  t.given("ChargeAssessed", charge("CH-1", 100));
  t.as("S-CSA");
  EXPECT_THAT(rules("DunningNoticeSent", notice(owner, "CH-1")), IsEmpty());
  EXPECT_THAT(rules("DunningNoticeSent", notice(person_id(7), "CH-1")), ElementsAre("H-FEE-12"));
  t.as("S-CAS").given("PaymentReceived", payment("P-1", {{"CH-1", 100}}, 100));
  t.as("S-CSA");
  EXPECT_THAT(rules("DunningNoticeSent", notice(owner, "CH-1")), ElementsAre("H-FEE-12"));
}

TEST_F(Fees, AStatementsTotalIsTheSumOfItsLines) {
  const auto statement = [](std::string_view id, std::int64_t total) {
    return R"({"unit":"4-2-1501","from":"2025-01-01","to":"2025-06-30","lines":[{"charge_id":)" +
           in_quotes(id) + R"(,"amount_fen":100}],"total_fen":)" + std::to_string(total) + "}";
  };
  t.given("ChargeAssessed", charge("CH-1", 100));
  EXPECT_THAT(rules("FeeStatementIssued", statement("CH-1", 100)), IsEmpty());
  EXPECT_THAT(rules("FeeStatementIssued", statement("CH-1", 101)), ElementsAre("H-FEE-13"));
  EXPECT_THAT(rules("FeeStatementIssued", statement("CH-9", 100)), ElementsAre("H-FEE-10"));
}

TEST_F(Fees, ReportsStandInTheFinanceStream) {
  const std::string period = R"({"from":"2025-04-01","to":"2025-04-30")";
  const std::string scan = R"(,"dig":)" + attachment(owner);
  t.as("S-CSM").given("MajorArrearsReported",
                      R"({"ym":"2025-04","list":[{"unit":"4-2-1501","party":")" + owner +
                          R"(","amount_fen":500}]})");
  t.as("S-FIN").given("AccountsSettled", period + R"(,"period":"MONTH","totals":[{"method":"CASH",
      "received_fen":500}],"receipt_first":"A-000001","receipt_last":"A-000009"})");
  t.given("FinancialAuditHeld", period + scan + R"(,"findings":)" + sealed(owner, "无") + "}");
  EXPECT_THAT(rules("AccountsSettled", R"({"period":"DAY","from":"2025-04-02","to":"2025-04-01"})"),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules("FinancialAuditHeld",
                    R"({"from":"2025-04-02","to":"2025-04-01","findings":)" + sealed(owner, "无") +
                        scan + "}"),
              ElementsAre("SCHEMA"));
}

TEST_F(Fees, TheCommitteeSignsWhatItWasTold) {
  const auto report = [](const std::string& signer) {
    return R"({"from":"2025-01-01","to":"2025-06-30","received_by":")" + person_id(5) +
           R"(","dig":)" + attachment(owner) + "," + signatures({signer}) + "}";
  };
  t.as("S-FIN");
  EXPECT_THAT(rules("FinanceReportedToCommittee", report(signature("COMMITTEE", person_id(5)))),
              IsEmpty());
  EXPECT_THAT(rules("FinanceReportedToCommittee", report(signature("OWNER", person_id(5)))),
              ElementsAre("H-FEE-11"));
}

}  // namespace
}  // namespace juanzong::testing::fees
