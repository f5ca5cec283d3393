// SPDX-License-Identifier: Apache-2.0
// Scenarios of the business against the real server: every step accepted or refused as its line
// says, the figures that the views give for it, and a deep audit of the ledger that it leaves.
#include "tools/demo/scenario_files.h"

#include "tests/integration/scenario_site.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The one deadline of a rule for a case.
class DeadlinesOf {
 public:
  explicit DeadlinesOf(std::vector<boost::json::object> rows) : rows_(std::move(rows)) {}
  [[nodiscard]] boost::json::object of(std::string_view rule) const {
    for (const boost::json::object& row : rows_) {
      if (row.at("rule").as_object().at("code").as_string() == rule) {
        return row;
      }
    }
    ADD_FAILURE() << "no deadline " << rule;
    return {};
  }

 private:
  std::vector<boost::json::object> rows_;
};

class Scenarios : public ScenarioTest {
 protected:
  boost::json::object deposit(std::string_view id) { return ask("deposit", {{"deposit", id}}); }
  static std::vector<std::string> blockers(const boost::json::object& statement) {
    std::vector<std::string> rules;
    for (const boost::json::value& row : statement.at("blockers").as_array()) {
      rules.push_back(text(row.as_object(), "rule"));
    }
    return rules;
  }
  DeadlinesOf deadlines_of(std::string_view case_stream) {
    return DeadlinesOf(rows_where(ask("deadlines", {}), "deadlines", "case", case_stream));
  }
  std::string owner_on(std::string_view unit, std::string_view date) {
    return text(ask("owner_file", {{"unit", unit}, {"date", date}}), "owner");
  }
};

TEST_F(Scenarios, Sc2TheContractorAsksWithoutTheOwner) {
  begin("sc2");
  play_to("没有业主签字");
  EXPECT_THAT(blockers(deposit("D-2025-0042")), ElementsAre("H-DEC-14", "H-DEC-16"));
  play_to("楼下渗漏");
  EXPECT_TRUE(deposit("D-2025-0042").at("objected").as_bool());
  play_to("退还");
  EXPECT_EQ(figure(deposit("D-2025-0042"), "held_fen"), 150'000);
  play_to();
  const boost::json::object statement = deposit("D-2025-0042");
  EXPECT_EQ(text(statement, "state"), "REFUNDED");
  EXPECT_EQ(text(statement, "earliest_refund_on"), "2025-05-11");
  EXPECT_EQ(figure(statement, "refunded_fen"), 150'000);
  EXPECT_EQ(figure(statement, "held_fen"), 0);
  close();
}

TEST_F(Scenarios, Sc3ATenantMovesOutWithArrears) {
  begin("sc3");
  play_to("结清");
  const boost::json::object owing = ask("arrears", {{"unit", "2-2-0801"}});
  const auto tenant = rows_where(owing, "arrears", "party", scenario_person("P-3101"));
  ASSERT_THAT(tenant, SizeIs(1));
  EXPECT_EQ(figure(tenant.front(), "arrears_fen"), 79'170);
  play_to();
  const boost::json::object settled = ask("arrears", {{"unit", "2-2-0801"}});
  EXPECT_THAT(rows_where(settled, "arrears", "party", scenario_person("P-3101")), IsEmpty());
  const boost::json::object file = ask("owner_file", {{"unit", "2-2-0801"}});
  EXPECT_EQ(text(file, "category"), "VACANT");
  close();
}

TEST_F(Scenarios, Sc4AUnitIsSoldInTheMiddleOfADecoration) {
  begin("sc4");
  play_to("押金权利人");
  EXPECT_EQ(text(deposit("D-2025-0303"), "beneficiary"), scenario_person("P-1401"));
  play_to("竣工验收");
  EXPECT_EQ(text(deposit("D-2025-0303"), "beneficiary"), scenario_person("P-1402"));
  play_to();
  EXPECT_EQ(text(deposit("D-2025-0303"), "earliest_refund_on"), "2025-08-09");
  EXPECT_EQ(owner_on("5-1-0303", "2025-04-10"), scenario_person("P-1401"));
  EXPECT_EQ(owner_on("5-1-0303", "2025-04-20"), scenario_person("P-1402"));
  close();
}

TEST_F(Scenarios, Sc5AMistakenFeeIsCorrectedByACompensatingEvent) {
  begin("sc5");
  play_to("只能冲销");
  const boost::json::object then = ask("arrears", {{"unit", "4-2-1501"}});
  EXPECT_EQ(figure(then, "open_fen"), 1'459'080);
  play_to();
  EXPECT_EQ(figure(ask("arrears", {{"unit", "4-2-1501"}}), "open_fen"), 0);
  // What was known then is still what is answered for then.
  const std::string known_then =
      std::to_string(figure(then.at("as_of").as_object(), "tree_size") - 1);
  EXPECT_EQ(figure(ask("arrears", {{"unit", "4-2-1501"}, {"as_of", known_then}}), "open_fen"),
            1'459'080);
  close();
}

// SC8, step 5; the race itself is refund_race_test.
TEST_F(Scenarios, Sc8APenaltyBetweenApprovalAndPaymentMakesTheApprovalStale) {
  std::vector<ScenarioStep> steps = *parse_scenario(scenario_sc1());
  const auto unpaid = std::ranges::find(steps, "按全额退款", &ScenarioStep::zh);
  ASSERT_NE(unpaid, steps.end());
  steps.erase(unpaid, steps.end());
  const std::vector<ScenarioStep> penalty = scenario_steps("sc8");
  steps.insert(steps.end(), penalty.begin(), penalty.end());
  begin(std::move(steps), Opening::own);
  play_to("重新计算");
  EXPECT_EQ(figure(deposit("D-2025-0031"), "held_fen"), 200'000);
  play_to();
  EXPECT_EQ(figure(deposit("D-2025-0031"), "refunded_fen"), 141'360);
  EXPECT_EQ(figure(deposit("D-2025-0031"), "held_fen"), 0);
  close();
}

TEST_F(Scenarios, Sc11AComplaintBecomesMajor) {
  begin("sc11");
  play_to("五户投诉同一电梯");
  const DeadlinesOf minor = deadlines_of("complaint:TS-1");
  EXPECT_EQ(text(minor.of("D-CMP-1"), "state"), "MET_LATE");
  EXPECT_EQ(figure(minor.of("D-CMP-1"), "late_minutes"), 2);
  EXPECT_EQ(text(minor.of("D-CMP-3"), "due_at"), "2025-10-20T14:10:00.000000+08:00");
  EXPECT_EQ(text(minor.of("D-CMP-3"), "state"), "BREACHED");
  EXPECT_EQ(figure(minor.of("D-CMP-3"), "late_minutes"), 20);
  play_to("明确答复");
  const DeadlinesOf major = deadlines_of("complaint:TS-1");
  EXPECT_EQ(text(major.of("D-CMP-5a"), "due_at"), "2025-10-22T09:00:00.000000+08:00");
  EXPECT_EQ(text(major.of("D-CMP-5a"), "state"), "RUNNING") << "an interim reply does not stop it";
  EXPECT_EQ(text(major.of("D-CMP-5b"), "due_at"), "2025-11-04T09:00:00.000000+08:00");
  play_to("反馈与回复");
  EXPECT_EQ(text(deadlines_of("complaint:TS-1").of("D-CMP-5a"), "state"), "MET");
  play_to();
  const DeadlinesOf replied = deadlines_of("complaint:TS-1");
  EXPECT_EQ(text(replied.of("D-CMP-5b"), "state"), "MET");
  EXPECT_EQ(text(replied.of("D-CMP-6"), "state"), "MET");
  EXPECT_EQ(text(replied.of("D-CMP-7"), "due_at"), "2025-10-25T15:00:00.000000+08:00");
  close();
}

TEST_F(Scenarios, Sc12ACardDepositComesBackAfterTheRentHasRunOut) {
  begin("sc12");
  play_to("退卡");
  EXPECT_EQ(figure(deposit("D-PK-12"), "held_fen"), 5'000);
  play_to();
  EXPECT_EQ(figure(deposit("D-PK-12"), "held_fen"), 0);
  const boost::json::object takings = ask("parking_takings", {{"month", "2026-01"}});
  EXPECT_EQ(figure(takings, "takings_fen"), 600);
  EXPECT_EQ(figure(takings, "count"), 1);
  close();
}

TEST_F(Scenarios, Sc13OwnerInformationStaysInTheHouse) {
  begin("sc13");
  play_to();
  const boost::json::object shown = ask("owner_info", {{"unit", "1-3-0101"}});
  EXPECT_THAT(rows_where(shown, "records", "event", "OwnerInfoDisclosureRefused"), SizeIs(1));
  EXPECT_THAT(rows_where(shown, "records", "event", "OwnerInfoDisclosed"), IsEmpty());
  const auto guard = player->client_of("SEC")->query("owner_file", R"({"unit":"1-3-0101"})");
  ASSERT_FALSE(guard.has_value());
  EXPECT_EQ(guard.error().code, ErrorCode::not_permitted);
  close();
}

TEST_F(Scenarios, Sc14KeysGoToWhomTheyAreKeptFor) {
  begin("sc14");
  play_to("未交半年物管费");
  const auto entrusted = rows_where(ask("keys", {}), "keys", "key_no", "K-301-1");
  ASSERT_THAT(entrusted, SizeIs(1));
  EXPECT_EQ(text(entrusted.front(), "state"), "WITH_OWNER");
  play_to();
  const auto excepted = rows_where(ask("keys", {}), "keys", "key_no", "K-401-1");
  ASSERT_THAT(excepted, SizeIs(1));
  EXPECT_EQ(text(excepted.front(), "state"), "WITH_OWNER");
  close();
}

}  // namespace
}  // namespace juanzong::testing
