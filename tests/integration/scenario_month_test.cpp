// SPDX-License-Identifier: Apache-2.0
// SC10: days and months are those of the ledger's zone, whatever the machine's zone is.
#include "tools/demo/scenario_files.h"

#include "tests/integration/scenario_site.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace juanzong::testing {
namespace {

using ::testing::SizeIs;

constexpr std::string_view unit_line =
    R"({"unit":"2-1-0703","building":"2","entrance":"1","floor":7,"number":"0703"})";

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// The visit of another customer each time.
ScenarioStep visit(int number, const std::string& day, const std::string& time) {
  ScenarioStep step;
  step.at = day + "T" + time + "+08:00";
  step.actor = "CSA";
  step.zh = "访问客户";
  step.type = "CustomerVisited";
  const std::string customer = "P-24" + two_digits(number);
  step.body = R"({"visit_id":"V-)" + std::to_string(number) + R"(","customer":")" + customer +
              R"(","unit":"2-1-0703","mode":"DOOR","topics":["服务"],"satisfaction":"SATISFIED",)" +
              R"("visitor":"S-CSA","visitor_role":"CSA","visited_on":")" + day +
              R"(","signatures":["CUSTOMER )" + customer + R"("]})";
  return step;
}

std::vector<ScenarioStep> sc1_until(std::string_view zh) {
  std::vector<ScenarioStep> steps = *parse_scenario(scenario_sc1());
  const auto end = std::ranges::find(steps, zh, &ScenarioStep::zh);
  EXPECT_NE(end, steps.end()) << zh;
  steps.erase(end, steps.end());
  return steps;
}

class MonthBoundary : public ScenarioTest {
 protected:
  // Visits of the one assistant, as the quota of the month shows them.
  boost::json::object quota(std::string_view month) {
    const auto rows =
        rows_where(ask("visit_quotas", {{"month", month}}), "assistants", "staff", "S-CSA");
    EXPECT_THAT(rows, SizeIs(1));
    return rows.empty() ? boost::json::object() : rows.front();
  }
  // The programs on the files of the stopped server, in a zone of the machine.
  int run_in(const std::string& zone, const std::string& words, const std::string& out) {
    const auto program = find_program("juanzong");
    EXPECT_TRUE(program.has_value());
    const std::string command = "TZ=" + zone + " exec '" + program->string() + "' " + words +
                                " --data '" + site.data().string() + "' >'" + out + "'";
    return run_program("/bin/sh", {"-c", command});
  }
  std::string table_in(const std::string& zone) {
    const std::string out = (site.data().parent_path() / "table.json").string();
    EXPECT_EQ(run_in(zone, "query occupancy --month 2025-10 --json", out), 0);
    std::ifstream in(out);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(MonthBoundary, AVisitAfterMidnightCountsInTheNewMonth) {
  ScenarioStep registered;
  registered.at = "2025-10-01T08:00:00+08:00";
  registered.actor = "ARC";
  registered.zh = "登记房屋";
  registered.type = "UnitRegistered";
  registered.body = unit_line;
  std::vector<ScenarioStep> steps{registered};
  for (int day = 1; day <= 19; ++day) {
    steps.push_back(visit(day, "2025-10-" + two_digits(day + 8), "10:00:00"));
  }
  steps.push_back(visit(20, "2025-11-01", "00:05:00"));  // 2025-10-31T16:05:00Z
  begin(std::move(steps));
  play_to();
  EXPECT_EQ(figure(quota("2025-10"), "customers"), 19);
  EXPECT_EQ(figure(quota("2025-10"), "quota"), 20);
  EXPECT_FALSE(quota("2025-10").at("met").as_bool());
  EXPECT_EQ(figure(quota("2025-11"), "customers"), 1);
  close();
}

TEST_F(MonthBoundary, TheRefundWaitsForMidnightOfTheLedgersZone) {
  std::vector<ScenarioStep> steps = sc1_until("未满三个月就退款验收");
  const std::vector<ScenarioStep> whole = *parse_scenario(scenario_sc1());
  const auto signed_by_three = std::ranges::find(whole, "退款验收三方签字", &ScenarioStep::zh);
  ASSERT_NE(signed_by_three, whole.end());
  ScenarioStep inspection = *signed_by_three;
  inspection.at = "2025-06-14T23:30:00+08:00";  // 15:30Z
  inspection.expect = {"H-DEC-13"};
  steps.push_back(inspection);
  inspection.at = "2025-06-15T00:30:00+08:00";  // 16:30Z, the same day there
  inspection.expect = {};
  steps.push_back(inspection);
  begin(std::move(steps), Opening::own);
  play_to();
  close();
}

TEST_F(MonthBoundary, TheTableIsTheSameBytesInAnyZoneOfTheMachine) {
  std::vector<ScenarioStep> steps = *parse_scenario(scenario_sc1());
  const std::vector<ScenarioStep> months = *parse_scenario(scenario_sc10());
  steps.insert(steps.end(), months.begin(), months.end());
  begin(std::move(steps), Opening::own);
  play_to();
  close();
  const std::string in_utc = table_in("UTC");
  EXPECT_FALSE(in_utc.empty());
  EXPECT_EQ(run_in("America/New_York", "rebuild", "/dev/null"), 0);
  EXPECT_EQ(table_in("America/New_York"), in_utc);
  EXPECT_EQ(table_in("Asia/Shanghai"), in_utc);
}

}  // namespace
}  // namespace juanzong::testing
