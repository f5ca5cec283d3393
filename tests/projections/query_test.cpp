// SPDX-License-Identifier: Apache-2.0
// The door into the views: names, roles, arguments, as_of, the bytes of a report, and that what the
// durable states say is what the records say.
#include "crypto/hex.h"

#include "tests/support/fixed_random.h"
#include "tests/support/key_steps.h"
#include "tests/support/release_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Query, RefusesUnknownViewsArgumentsAndBadValues) {
  ViewLedger t;
  EXPECT_EQ(t.refusal("secrets", {}), "not_found");
  EXPECT_EQ(t.refusal("units", {{"unit", "3-1-1202"}}), "query_invalid");
  EXPECT_EQ(t.refusal("units", {{" as_of", "1"}}), "query_invalid");
  EXPECT_EQ(t.refusal("units", {{"", ""}}), "query_invalid");
  EXPECT_EQ(t.refusal("owner_file", {}), "query_invalid");
  EXPECT_EQ(t.refusal("owner_file", {{"unit", "9-9-9999"}}), "not_found");
  EXPECT_EQ(t.refusal("deposit", {{"deposit", "D-9"}}), "not_found");
  EXPECT_EQ(t.refusal("arrears", {{"unit", "9-9-9999"}}), "not_found");
  EXPECT_EQ(t.refusal("ledger", {{"account", "cash:GOLD"}}), "not_found");
  for (const std::string_view month : {"", "2025-13", "2025-1", "2025-10-01"}) {
    EXPECT_EQ(t.refusal("occupancy", {{"month", std::string(month)}}), "query_invalid") << month;
  }
  for (const std::string_view limit : {"0", "-1", "1001", "ten", "1 "}) {
    EXPECT_EQ(t.refusal("units", {{"limit", std::string(limit)}}), "query_invalid") << limit;
  }
  EXPECT_EQ(t.refusal("policy", {{"date", "2025-02-30"}}), "query_invalid");
}

TEST(Query, AsksTheRolesOfTheMatrix) {
  ViewLedger t;
  for (const std::string_view money : {"ledger", "arrears", "receipts", "deposits"}) {
    for (const std::string_view role : {"SEC", "SECM", "ENG", "ARC", "KEY", "QD", "GFC", "ENV"}) {
      EXPECT_EQ(t.refusal(money, {}, role), "not_permitted") << money << role;
    }
    for (const std::string_view role : {"CSA", "CSM", "PM", "CAS", "CL", "AUD"}) {
      EXPECT_EQ(t.refusal(money, {}, role), "") << money << role;
    }
  }
  EXPECT_EQ(t.refusal("log_head", {}, "ENV"), "");
  EXPECT_EQ(t.refusal("occupancy", {{"month", "2025-01"}}, "ENG"), "not_permitted");
  EXPECT_EQ(t.refusal("log_head", {}, ""), "not_permitted");
}

TEST(Query, AsOfIsAnIndexOrTheEndOfACivilDay) {
  ViewLedger t;
  t.at("2025-03-01T15:59:59Z").register_unit("1-1-0101");
  const RecordIndex first = t.newest();
  t.at("2025-03-01T16:00:00Z").register_unit("1-1-0102");
  EXPECT_THAT(column(t.query("units", {{"as_of", "2025-03-01"}}), "units", "unit"),
              ElementsAre("1-1-0101"));
  EXPECT_THAT(column(t.query("units", {{"as_of", "2025-03-02"}}), "units", "unit"),
              ElementsAre("1-1-0101", "1-1-0102"));
  const auto by_index = t.query("log_head", {{"as_of", std::to_string(number(first))}});
  EXPECT_EQ(by_index, t.query("log_head", {{"as_of", "2025-03-01"}}));
  EXPECT_EQ(by_index.at("size"), number(first) + 1);
  EXPECT_EQ(by_index.at("last_recorded_at"), "2025-03-01T23:59:59.000000+08:00");
  for (const std::string& bad : {std::to_string(number(t.newest()) + 1),
                                 std::string("2024-12-31"),
                                 std::string("-1"),
                                 std::string("1x"),
                                 std::string("99999999999999999999")}) {
    EXPECT_EQ(t.refusal("log_head", {{"as_of", bad}}), "query_invalid") << bad;
  }
}

TEST(Query, GivesTheRootOfTheTreeAtThatSize) {
  ViewLedger t;
  const auto head = t.query("log_head", {});
  EXPECT_EQ(std::string(head.at("root").as_string()),
            crypto::hex_encode(t.ledger.machine().head().tree.root().view()));
  const std::string index = std::to_string(number(t.newest()));
  t.register_unit("1-1-0101");
  EXPECT_EQ(t.query("log_head", {{"as_of", index}}), head);
}

TEST(Query, PagesUnits) {
  ViewLedger t;
  for (const std::string_view unit : {"1-1-0103", "1-1-0101", "1-1-0102"}) {
    t.register_unit(unit);
  }
  const auto first = t.query("units", {{"limit", "2"}});
  EXPECT_THAT(column(first, "units", "unit"), ElementsAre("1-1-0101", "1-1-0102"));
  EXPECT_EQ(first.at("next"), "1-1-0102");
  const auto rest = t.query("units", {{"limit", "2"}, {"cursor", "1-1-0102"}});
  EXPECT_THAT(column(rest, "units", "unit"), ElementsAre("1-1-0103"));
  EXPECT_FALSE(rest.contains("next"));
}

TEST(Query, ShowsThePolicyInForceOnADate) {
  ViewLedger t;
  t.on("2025-02-01");
  const RecordIndex adopted =
      t.given("PM",
              "PolicyAdopted",
              R"({"policy_ver":2,"effective":"2025-03-01","values":[{"key":)"
              R"("deposit.deco.wait_months","value":"6"}],)" +
                  signatures({staff_signature("PM")}) + "}");
  const auto value = [&](const QueryArguments& arguments) {
    const auto report = t.query("policy", arguments);
    const auto keys = column(report, "values", "key");
    const auto at = std::ranges::find(keys, "deposit.deco.wait_months") - keys.begin();
    return column(report, "values", "value").at(static_cast<std::size_t>(at));
  };
  EXPECT_EQ(value({{"date", "2025-02-28"}}), "3");
  EXPECT_EQ(value({{"date", "2025-03-01"}}), "6");
  EXPECT_EQ(value({{"date", "2025-03-01"}, {"as_of", std::to_string(number(adopted) - 1)}}), "3");
}

TEST(Query, ListsItsViewsInOrderWithKnownRoles) {
  std::vector<std::string_view> names;
  for (const ViewInfo& view : views()) {
    names.push_back(view.name);
    EXPECT_TRUE(roles_from_codes(view.roles).has_value()) << view.name;
    EXPECT_FALSE(view.zh.empty());
  }
  EXPECT_TRUE(std::ranges::is_sorted(names));
}

TEST(ReportJson, HasTheseBytes) {
  Report report;
  report.view = "sample";
  report.zh = "样表";
  report.en = "Sample";
  report.as_of = {"estate", "test.example/estate", 7, {}, UnixMicros{1'735'689'600'000'001}};
  report.facts = {{"sum_fen", "合计", {Fen{161'360}, {RecordIndex{3}, RecordIndex{5}}}},
                  {"on", "日期", {*parse_date("2025-06-15"), {}}},
                  {"state", "状态", {CellCode{"HELD", "持有"}, {}}},
                  {"none", "无", {CellValue(), {}}}};
  report.tables = {{"rows",
                    "行",
                    {{"at", "时间"}, {"done", "完成"}, {"count", "数"}},
                    {{{UnixMicros{0}, {}}, {true, {RecordIndex{1}}}, {std::int64_t{2}, {}}}}}};
  report.notes = {"注。", "A note."};
  report.next = "k";
  EXPECT_EQ(to_json(report, CivilZone()),
            R"({"view":"sample","title":{"zh":"样表","en":"Sample"},"as_of":{"ledger":"estate",)"
            R"("origin":"test.example/estate","tree_size":7,"root":")" +
                std::string(64, '0') +
                R"(","last_recorded_at":"2025-01-01T08:00:00.000001+08:00"},"sum_fen":161360,)"
                R"("on":"2025-06-15","state":{"code":"HELD","zh":"持有"},"none":null,)"
                R"("rows":[{"at":"1970-01-01T08:00:00.000000+08:00","done":true,"count":2,)"
                R"("records":{"done":[1]}}],"records":{"sum_fen":[3,5]},)"
                R"("notes":["注。","A note."],"next":"k"})");
}

// Every view asked without as_of (durable states) and as of the newest index (records folded).
class LiveAndFolded : public ::testing::Test {
 protected:
  LiveAndFolded() {
    constexpr std::string_view today = "2025-01-01";
    t.on("2025-01-02").hand_over(house_unit);
    t.hand_over("2-1-0703");
    t.given("KEY",
            "KeyReceivedFromDeveloper",
            delivery_json({delivered_key("K-1"), delivered_key("K-2", "2-1-0703")}));
    t.given("KEY", "KeyRegistered", key_registered_json());
    t.given("CSA", "ViewingEscorted", with(escorted_json(), "2025-03-03", "2025-01-02"));
    t.given("KEY", "KeyIssuedToOwner", issued_keys_json());
    t.given("CSA", "GoodsReleaseRequested", release_requested_json());
    t.given("CSA", "OwnerReleaseConsentRecorded", with(release_word_json(), "2025-10-30", today));
    t.given("CSA", "GoodsReleaseSlipIssued", carried_slip_json());
    t.decorate();
  }
  void compare() {
    const std::vector<std::pair<std::string, QueryArguments>> asked{
        {"deposit", {{"deposit", t.forms.deposit}}},
        {"contracts", {}},
        {"archive", {}},
        {"conferences", {}},
        {"equipment", {}},
        {"patrols", {}},
        {"deposits", {}},
        {"owner_file", {{"unit", std::string(house_unit)}, {"limit", "1000"}}},
        {"owner_file", {{"unit", "2-1-0703"}}},
        {"arrears", {}},
        {"arrears", {{"unit", std::string(house_unit)}}},
        {"key", {{"key", "K-1"}}},
        {"keys", {}},
        {"ledger", {{"limit", "1000"}}},
        {"receipts", {}},
        {"occupancy", {{"month", "2025-01"}}},
        {"release", {{"slip", "S-1"}}},
        {"releases", {}},
        {"office_clients", {}},
        {"rooms_to_let", {}},
        {"tenancies", {}},
        {"units", {}},
        {"notices", {}},
        {"policy", {}},
        {"log_head", {}}};
    for (const auto& [view, arguments] : asked) {
      QueryArguments at_newest = arguments;
      at_newest["as_of"] = std::to_string(number(t.newest()));
      EXPECT_EQ(t.query(view, arguments), t.query(view, at_newest)) << view << number(t.newest());
    }
    EXPECT_EQ(t.query("ledger", {}).at("balanced"), true);
    EXPECT_EQ(t.query("arrears", {}).at("balanced"), true);
    EXPECT_EQ(t.query("deposits", {}).at("balanced"), true);
    EXPECT_EQ(t.query("keys", {}, "KEY").at("balanced"), true);
    EXPECT_EQ(t.query("occupancy", {{"month", "2025-01"}}).at("balanced"), true);
  }
  // Any of these may be refused: then nothing changes, which is as good a state as any.
  void random_step(std::uint64_t choice, int step) {
    const std::string id = std::to_string(step);
    const std::string in_case = choice % 2 == 0 ? R"(,"case_ref":"deco:2025-0031")" : "";
    const auto append = [&](std::string_view role, std::string_view event, std::string_view json) {
      (void)t.ledger.append(t.ledger.actor(role), {{std::string(event), std::string(json), {}}});
    };
    const std::string older = std::to_string(choice / 16 % static_cast<std::uint64_t>(step + 1));
    switch (choice % 8) {
      case 0:
      case 1:
      case 2:
        append(
            "CAS", "ChargeAssessed", charge_json({"C" + id, 100, "OTHER", "2025-02-01", in_case}));
        break;
      case 3:
      case 4:
        append("CAS", "PaymentReceived", payment_json("P" + id, "C" + older, 40));
        break;
      case 5:
        append("CAS",
               "ChargeReversed",
               R"({"charge_id":"C)" + older +
                   R"(","unit":"3-1-1202","amount_fen":100,"case_ref":"deco:2025-0031","reason":)" +
                   sealed(house_owner, "误记") + "," + signatures({staff_signature("PM")}) + "}");
        break;
      case 6:
        append("CAS",
               "PaymentReallocated",
               R"({"payment_id":"P)" + older + R"(","unit":"3-1-1202","allocations":[],"reason":)" +
                   sealed(house_owner, "改") + "}");
        break;
      default:
        append("CSA",
               "DepositRefundRequested",
               t.forms.of_deposit(R"("requester":"CONTRACTOR")", {t.forms.by_contractor()}));
    }
  }
  ViewLedger t;
};

TEST_F(LiveAndFolded, AgreeAtTheNewestIndexThroughARandomSequence) {
  constexpr std::uint64_t seed = 20'250'616;
  SCOPED_TRACE(seed);
  FixedRandom random(seed);
  compare();
  for (int step = 0; step < 60; ++step) {
    random_step(random.below(1 << 20), step);
    if (step % 10 == 9) {
      compare();
    }
  }
}

TEST_F(LiveAndFolded, AnEarlierAnswerStaysTheSameForEver) {
  t.accept("2025-03-14");
  t.on("2025-06-16");
  const std::string index = std::to_string(number(t.newest()));
  const QueryArguments arguments{
      {"deposit", t.forms.deposit}, {"as_of", index}, {"date", "2025-06-16"}};
  const auto before = t.query("deposit", arguments);
  t.inspect();
  const RecordIndex calculation = t.calculate("", 200'000);
  t.refund(t.approve(calculation, 200'000), 200'000);
  EXPECT_EQ(t.query("deposit", arguments), before);
  compare();
}

}  // namespace
}  // namespace juanzong::testing
