// SPDX-License-Identifier: Apache-2.0
// Every duty there is: begun in its period, due when its clause says, and moved by the event that
// counts for it. The event's own rules are tested with its procedure.
#include "crypto/sha256.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/duties.h"
#include "events/procedures/json_body.h"
#include "events/procedures/parties.h"
#include "events/procedures/policy.h"
#include "events/procedures/rolls.h"

#include "tests/support/house.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace juanzong::testing {
namespace {

struct DutyCase {
  std::string rule;
  std::string first;    // day of the period
  std::string subject;  // "" for the project's
  std::string due;      // the day at whose end, or an instant
  std::string event;
  std::string body;  // JSON
  bool counts = true;
};

std::string sheet(const std::string& rest, const std::string& on = "2025-03-05") {
  return R"({"inspection_id":"I-1",)" + rest + R"(,"on":")" + on + "\"}";
}

std::string meeting(const std::string& kind, const std::string& day = "2025-03-05") {
  return R"({"meeting_id":"M-1","kind":")" + kind +
         R"(","convenor":"S-PM","attendees":["S-PM"],"begun":")" + day +
         R"(T09:00:00+08:00","ended":")" + day + R"(T10:00:00+08:00","agenda":"x"})";
}

std::string patrol(const std::string& department) {
  return R"({"deco_id":"2025-0031","dept":")" + department + R"(","inspector":"S-CSA"})";
}

std::string visit(const std::string& visitor) {
  return json({text("visit_id", "V-1"),
               text("customer", house_owner),
               unit_field(),
               text("mode", "DOOR"),
               R"("topics":["x"])",
               text("satisfaction", "SATISFIED"),
               text("visitor", visitor),
               text("visitor_role", "CSA"),
               text("visited_on", "2025-03-05")});
}

std::string building_patrol(const std::string& garage) {
  return json({text("patrol_id", "P-1"),
               text("building", "3"),
               R"("areas":{"site":true,"greening":true,"hall":true,"garage":)" + garage + "}",
               R"("floors":[1,2,3,4,5])",
               text("started", "2025-03-05T09:00:00+08:00"),
               text("ended", "2025-03-05T10:00:00+08:00"),
               R"("topics":{"hygiene":"GOOD","facilities":"GOOD","tidiness":"GOOD",)"
               R"("image":"GOOD","posts":"GOOD"})"});
}

std::string digest_field(std::string_view name) {
  return text(name, std::string(64, 'a'));
}

std::vector<DutyCase> decoration_and_rounds() {
  return {
      {"D-DEC-2", "2025-03-05", "ENG", "2025-03-05", "DecorationPatrolRecorded", patrol("ENG")},
      {"D-PAT-1",
       "2025-03-05",
       "S-CSA",
       "2025-03-05",
       "BuildingPatrolled",
       building_patrol("true")},
      {"D-PAT-1",
       "2025-03-05",
       "S-CSA",
       "2025-03-05",
       "BuildingPatrolled",
       building_patrol("false"),
       false},
      {"D-VIS-1", "2025-03-01", "", "2025-03-31", "CustomerVisited", visit("S-CSM")},
      {"D-VIS-2", "2025-03-01", "S-CSA", "2025-03-31", "CustomerVisited", visit("S-CSA")},
      {"D-VIS-2", "2025-03-01", "S-CSA", "2025-03-31", "CustomerVisited", visit("S-CSM"), false},
      {"D-OCC-1",
       "2025-03-01",
       "",
       "2025-03-30",
       "OccupancyCensusCompleted",
       R"({"ym":"2025-03","building":"3","entrance":"1","units":4})"},
      {"D-OCC-2",
       "2025-03-01",
       "",
       "2025-04-03",
       "MonthlyOccupancyTableCompiled",
       json({text("ym", "2025-03"),
             R"("counts":[{"building":"3","entrance":"1","category":"VACANT","units":1}])",
             digest_field("digest")})},
      {"D-PRK-1",
       "2025-03-03",
       "",
       "2025-03-03",
       "ParkingRegisterShared",
       json({text("week", "2025-03-03"), house_attachment("list"), text("received_by", "S-GFC")})},
  };
}

std::vector<DutyCase> papers() {
  return {
      {"D-FEE-1", "2025-03-01", "", "2025-03-31", "MajorArrearsReported", R"({"ym":"2025-03"})"},
      {"D-RPR-4",
       "2025-03-05",
       "",
       "2025-03-05T17:00:00+08:00",
       "RepairOrderReturned",
       R"({"repair_id":"R-1","at":"2025-03-05T10:00:00+08:00"})"},
      {"D-RPR-4",
       "2025-03-05",
       "",
       "2025-03-05T17:00:00+08:00",
       "RepairNotReturnedReported",
       json({text("day", "2025-03-05"),
             R"("list":["R-1"])",
             text("to", "S-ENGM"),
             house_sealed("reason")})},
      {"D-RPR-5",
       "2025-03-01",
       "",
       "2025-03-31",
       "RepairMonthlyFeeRecorded",
       R"({"ym":"2025-03"})"},
      {"D-REQ-3",
       "2025-03-03",
       "",
       "2025-03-07T17:00:00+08:00",
       "RequestWeeklySummaryFiled",
       R"({"week":"2025-W10"})"},
      {"D-RV-4",
       "2025-03-03",
       "",
       "2025-03-09",
       "ReturnVisitSampleDrawn",
       R"({"week":"2025-W10","population":5,"sample":["R-1"]})"},
  };
}

std::string return_visit(const std::string& level) {
  return json({text("source", "repair:R-1"),
               text("kind", "REPAIR"),
               text("level", level),
               text("channel", "PHONE"),
               text("at", "2025-03-05T10:00:00+08:00")});
}

std::string survey(const std::string& scheme, const std::string& from) {
  return json({text("round_id", "S-1"),
               text("scheme", scheme),
               text("window_from", from),
               text("window_to", from),
               R"("population":9)"});
}

std::vector<DutyCase> meetings() {
  return {
      {"D-RV-6",
       "2025-03-01",
       "",
       "2025-03-31",
       "ReturnVisitCompleted",
       return_visit("QD_MONTHLY")},
      {"D-RV-6",
       "2025-03-01",
       "",
       "2025-03-31",
       "ReturnVisitCompleted",
       return_visit("CSA"),
       false},
      {"D-MTG-1", "2025-03-03", "", "2025-03-09", "MeetingHeld", meeting("DEPT_WEEKLY")},
      {"D-MTG-1", "2025-03-03", "", "2025-03-09", "MeetingHeld", meeting("BOARD"), false},
      {"D-MTG-3", "2025-03-01", "", "2025-03-05", "MeetingHeld", meeting("PRESIDENT_OFFICE")},
      {"D-MTG-4", "2025-01-01", "", "2025-06-30", "MeetingHeld", meeting("BOARD")},
      {"D-MTG-5", "2025-03-01", "", "2025-04-30", "MeetingHeld", meeting("DIRECTOR_FORUM")},
      {"D-MTG-5-EXCHANGE", "2025-03-01", "", "2025-03-31", "MeetingHeld", meeting("DEPT_EXCHANGE")},
      {"D-MTG-6", "2025-03-03", "", "2025-03-09", "MeetingHeld", meeting("LEADER_MORNING")},
      {"D-MTG-7", "2025-03-01", "", "2025-03-31", "MeetingHeld", meeting("STAFF_MONTHLY")},
  };
}

std::vector<DutyCase> years() {
  return {
      {"D-ACT-1",
       "2025-01-01",
       "",
       "2025-12-31",
       "ActivityPlanApproved",
       json({text("year", "2025"), house_attachment("plan")})},
      {"D-ACT-2",
       "2025-03-01",
       "",
       "2025-04-30",
       "ActivityHeld",
       json({text("activity_id", "A-1"),
             text("held_on", "2025-03-05"),
             R"("attendance":30)",
             "\"photos\":[" + attachment(house_owner) + "]"})},
      {"D-WHS-1",
       "2025-03-01",
       "",
       "2025-03-31",
       "WarehouseInspected",
       R"({"ym":"2025-03","inspected_on":"2025-03-05"})"},
      {"D-EXT-1",
       "2025-01-01",
       "",
       "2025-12-31",
       "ManagementReviewHeld",
       R"({"evaluation_id":"E-1","year":2025,"held_on":"2025-03-05","inputs":["x"],)"
       R"("outputs":["y"]})"},
      {"D-EXT-1-AUDIT",
       "2025-01-01",
       "",
       "2025-12-31",
       "ExternalAuditRecorded",
       R"({"evaluation_id":"E-2","year":2025,"certifier":"x","held_on":"2025-03-05"})"},
      {"D-SUR-1",
       "2025-01-01",
       "",
       "2025-01-30",
       "SurveyRoundOpened",
       survey("S0_PROJECT", "2025-01-15")},
      {"D-SUR-1",
       "2025-07-01",
       "",
       "2025-07-15",
       "SurveyRoundOpened",
       survey("S0_PROJECT", "2025-07-01")},
      {"D-SUR-1",
       "2025-01-01",
       "",
       "2025-01-30",
       "SurveyRoundOpened",
       survey("S3_QD", "2025-01-15"),
       false},
      {"D-SUR-1-QD",
       "2025-01-01",
       "",
       "2025-06-30",
       "SurveyRoundOpened",
       survey("S3_QD", "2025-01-15")},
  };
}

std::vector<DutyCase> inspections() {
  const std::string night = json({text("inspection_id", "I-1"),
                                  text("post", "gate"),
                                  text("at", "2025-03-05T23:00:00+08:00"),
                                  text("inspector", "S-PM")});
  const std::string assessed = json({text("inspection_id", "I-1"),
                                     text("staff", "S-ENG"),
                                     text("week", "2025-03-03"),
                                     text("at", "2025-03-05T10:00:00+08:00"),
                                     text("result", "PASS")});
  const std::string spot = sheet(R"("project":"P","quarter":1)");
  return {
      {"D-INS-1",
       "2025-03-05",
       "3-1",
       "2025-03-05",
       "DailyInspectionRecorded",
       sheet(R"("level":"PM_FULL","scope":"3-1")")},
      {"D-INS-2",
       "2025-03-03",
       "3-1",
       "2025-03-09",
       "WeeklyInspectionRecorded",
       sheet(R"("area":"3-1")")},
      {"D-INS-3",
       "2025-03-01",
       "",
       "2025-03-31",
       "MonthlyInspectionRecorded",
       sheet(R"("project":"P","scores":[{"item":"x","points":1,"of":2}])")},
      {"D-INS-4",
       "2025-01-01",
       "",
       "2025-03-31",
       "QuarterlyPropertyInspected",
       sheet(R"("participants":["COMMITTEE"],"items":[{"item":"x","result":"PASS"}])")},
      {"D-INS-5", "2025-01-01", "", "2025-12-31", "SpotCheckRecorded", spot},
      {"D-INS-5-QUARTER", "2025-01-01", "", "2025-03-31", "SpotCheckRecorded", spot},
      {"D-INS-6", "2025-03-01", "", "2025-03-31", "NightPostChecked", night},
      {"D-INS-7", "2025-03-03", "S-ENG", "2025-03-09", "StaffAssessed", assessed},
      {"D-INS-8",
       "2025-04-01",
       "",
       "2025-04-26",
       "MonthlyAnalysisPublished",
       json({text("ym", "2025-03"), house_attachment("analysis")})},
      {"D-INS-9",
       "2025-01-01",
       "",
       "2025-12-31",
       "AnnualEvaluationRecorded",
       sheet(R"("year":2025,"rates":[{"kind":"HOUSING_INTACT","basis_points":9900}])")},
      {"D-INS-10",
       "2025-07-01",
       "",
       "2025-12-31",
       "UtilityIndicatorsReported",
       R"({"half":"2025-H1"})"},
      {"D-INS-10",
       "2026-01-01",
       "",
       "2026-06-30",
       "UtilityIndicatorsReported",
       R"({"half":"2025-H2"})"},
  };
}

std::string week_report(const std::string& period) {
  return json({text("report_id", "R-1"),
               text("dept", "CS"),
               text("period", period),
               text("first_day", "2025-03-03")});
}

std::vector<DutyCase> management() {
  return {
      {"D-ROS-1",
       "2025-03-01",
       "CS",
       "2025-03-01",
       "RosterPrepared",
       R"({"roster_id":"CS-2025-03","dept":"CS","month":"2025-03",)"
       R"("entries":[{"staff":"S-CSA","date":"2025-03-01","shift":"EARLY"}]})"},
      {"D-COM-2",
       "2025-01-01",
       "",
       "2025-12-31",
       "StaffNeedsSurveyed",
       R"({"survey_id":"N-1","channel":"SURVEY","year":"2025","asked":9,"answered":8,)"
       R"("needs":[{"topic":"x","persons":3}]})"},
      {"D-CUS-1",
       "2025-03-01",
       "",
       "2025-03-31",
       "CommitteeTalkHeld",
       R"({"talk_id":"T-1","partner":"COMMITTEE","held_on":"2025-03-05","topics":["x"]})"},
      {"D-CUS-2",
       "2025-01-01",
       "",
       "2025-06-30",
       "CustomerRepresentativesForumHeld",
       json({text("forum_id", "F-1"),
             text("half", "2025H1"),
             text("held_on", "2025-03-05"),
             R"("representatives":7)",
             house_attachment("record")})},
      {"D-MGT-1", "2025-03-03", "CS", "2025-03-09", "DailyWeeklyReportFiled", week_report("WEEK")},
      {"D-MGT-1",
       "2025-03-03",
       "CS",
       "2025-03-09",
       "DailyWeeklyReportFiled",
       week_report("DAY"),
       false},
      {"D-MGT-2",
       "2025-03-01",
       "CS",
       "2025-04-30",
       "DepartmentReportFiled",
       json({text("report_id", "R-1"),
             text("dept", "CS"),
             text("month", "2025-03"),
             house_attachment("report")})},
      {"D-MGT-3",
       "2025-01-01",
       "CS",
       "2025-12-31",
       "AnnualPlanApproved",
       json({text("plan_id", "W-1"),
             text("kind", "PLAN"),
             text("dept", "CS"),
             text("period", "2025"),
             house_attachment("plan")})},
  };
}

std::vector<DutyCase> all_cases() {
  std::vector<DutyCase> all = decoration_and_rounds();
  for (const auto& part : {papers(), meetings(), years(), inspections(), management()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

BodyHooks plain_hooks() {
  return {[](const FieldValue& value) { return crypto::sha256(value.value); },
          [] {
            return BlobId{{1, 2, 3}};
          },
          [](std::string_view) -> Result<Bytes> {
            return Bytes{1, 2, 3};
          }};
}

class DutyMarks : public ::testing::TestWithParam<DutyCase> {
 protected:
  DutyMarks() {
    RollState& floors = world().edit<RollState>(floor_roll("3"));
    for (int floor = 1; floor <= 5; ++floor) {
      floors.members.insert(std::to_string(floor));
    }
    world().edit<StaffState>("S-CSA").department = "CS";
    world().edit<RollState>(entrance_roll).members = {"3.1"};
    world().edit<RollState>(site_roll).members = {"2025-0031"};
    world().edit<RollState>(repair_roll).members = {"R-1"};
    world().edit<RollState>(daily_area_roll).members = {"3-1"};
    world().edit<RollState>(weekly_area_roll).members = {"3-1"};
  }
  MemoryWorld& world() { return tester_.world(); }
  void begin(const DutyCase& each) {
    const auto found = std::ranges::find(catalogue().duties(), each.rule, &DutyRule::id);
    ASSERT_NE(found, catalogue().duties().end());
    adopt(tester_, (*found)->policy, "true", "2024-12-01");
    const CivilDate first = *parse_date(each.first);
    begin_duties(catalogue().duties(), add_days(first, -1), first, RecordIndex{1}, world());
  }
  void follow(const DutyCase& each) {
    const CatalogueEntry* entry = catalogue().find(each.event);
    ASSERT_NE(entry, nullptr);
    BodyCodec codec(catalogue());
    const auto body = codec.from_json(*entry, each.body, plain_hooks());
    ASSERT_TRUE(body.has_value()) << to_text(body.error());
    EventContext context;
    context.index = RecordIndex{7};
    context.recorded_at = *parse_instant("2025-03-05T12:00:00+08:00");
    context.occurred_at = context.recorded_at;
    context.today = *parse_date("2025-03-05");
    context.actor = "S-CSA";
    follow_duties(entry->duties, {body->body.data(), context, {}}, world());
  }
  const DutyState* duty(const DutyCase& each) {
    return world().find<DutyState>(
        obligation_key(each.rule, duty_case(*parse_date(each.first), each.subject)));
  }
  RuleTester tester_;
};

TEST_P(DutyMarks, CountWhereTheyShould) {
  const DutyCase& each = GetParam();
  begin(each);
  ASSERT_NE(duty(each), nullptr);
  const auto moment = parse_instant(each.due);
  const UnixMicros due =
      moment ? *moment : world().zone().start_of(add_days(*parse_date(each.due), 1));
  EXPECT_EQ(to_rfc3339(duty(each)->due_at), to_rfc3339(due));
  follow(each);
  EXPECT_EQ(duty(each)->done.size(), each.counts ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(All, DutyMarks, ::testing::ValuesIn(all_cases()), [](const auto& each) {
  std::string name = each.param.rule + "_" + std::to_string(each.index);
  std::erase(name, '-');
  return name;
});

TEST(DutyMarksTable, HasEveryDuty) {
  std::set<std::string_view> tested;
  const std::vector<DutyCase> cases = all_cases();
  for (const DutyCase& each : cases) {
    if (each.counts) {
      tested.insert(each.rule);
    }
  }
  for (const DutyRule* rule : catalogue().duties()) {
    EXPECT_TRUE(tested.contains(rule->id)) << rule->id;
  }
}

}  // namespace
}  // namespace juanzong::testing
