// SPDX-License-Identifier: Apache-2.0
// SC7: clocks that are wrong. What a device says of the time is on record, and counts only where
// it is near the server's or declared as a back-entry.
#include "tools/demo/scenario_files.h"

#include "tests/integration/scenario_site.h"

namespace juanzong::testing {
namespace {

class WrongClock : public ScenarioTest {
 protected:
  // By a device whose clock says `device` while the server's says `server`.
  std::string submit(const Desk& desk,
                     const std::string& server,
                     const std::string& device,
                     const std::string& type,
                     const std::string& body) {
    site.set_clock(server);
    ScenarioStep step;
    step.at = device;
    step.zh = "x";
    step.type = type;
    step.body = body;
    return outcome_of(desk.submitter->submit(line_of(step)));
  }
  static std::string received(const std::string& id) {
    return R"({"complaint_id":")" + id +
           R"(","channel":"CALL","customer":"P-1901","content":{"private":"电梯停运","of":"P-1901"},)"
           R"("first_receiver":"S-CSA7","incident":"LIFT-7","accused_department":"ENG"})";
  }
  static std::string forwarded(const std::string& id, const std::string& at) {
    return R"({"complaint_id":")" + id + R"(","dept":"ENG","at":")" + at + R"("})";
  }
  boost::json::object forwarding_of(const std::string& id) {
    const auto rows =
        rows_where(ask("deadlines", {{"rule", "D-CMP-1"}}), "deadlines", "case", "complaint:" + id);
    EXPECT_EQ(rows.size(), 1U);
    return rows.empty() ? boost::json::object() : rows.front();
  }
};

TEST_F(WrongClock, TheServersTimeCountsWhereADeviceIsFarOff) {
  begin(std::vector<ScenarioStep>{});
  site.set_clock("2025-10-16T09:55:00+08:00");
  const Desk desk = site.hire("S-CSA7", "CSA");
  // The front desk's clock is 47 minutes fast.
  EXPECT_EQ(submit(desk,
                   "2025-10-16T10:00:00+08:00",
                   "2025-10-16T10:47:00+08:00",
                   "ComplaintReceived",
                   received("TS-71")),
            "");
  EXPECT_EQ(submit(desk,
                   "2025-10-16T10:09:30+08:00",
                   "2025-10-16T10:56:30+08:00",
                   "ComplaintForwarded",
                   forwarded("TS-71", "2025-10-16T10:09:30+08:00")),
            "");
  EXPECT_EQ(text(forwarding_of("TS-71"), "due_at"), "2025-10-16T10:10:00.000000+08:00");
  EXPECT_EQ(text(forwarding_of("TS-71"), "state"), "MET");
  // What the form says of the moment must have come.
  EXPECT_EQ(submit(desk,
                   "2025-10-16T10:10:00+08:00",
                   "2025-10-16T10:57:00+08:00",
                   "ComplaintForwarded",
                   forwarded("TS-71", "2025-10-16T10:57:00+08:00")),
            "SCHEMA");
  // Received there, forwarded from a tablet that is right.
  EXPECT_EQ(submit(desk,
                   "2025-10-16T11:00:00+08:00",
                   "2025-10-16T11:47:00+08:00",
                   "ComplaintReceived",
                   received("TS-72")),
            "");
  EXPECT_EQ(submit(desk,
                   "2025-10-16T11:09:30+08:00",
                   "2025-10-16T11:09:30+08:00",
                   "ComplaintForwarded",
                   forwarded("TS-72", "2025-10-16T11:09:30+08:00")),
            "");
  EXPECT_EQ(text(forwarding_of("TS-72"), "due_at"), "2025-10-16T11:10:00.000000+08:00");
  EXPECT_EQ(text(forwarding_of("TS-72"), "state"), "MET");
  close();
}

TEST_F(WrongClock, AFastDeviceDoesNotBringTheRefundForward) {
  std::vector<ScenarioStep> steps = *parse_scenario(scenario_sc1());
  const auto early = std::ranges::find(steps, "未满三个月就退款验收", &ScenarioStep::zh);
  ASSERT_NE(early, steps.end());
  const ScenarioStep inspected = *early;
  steps.erase(early, steps.end());
  begin(std::move(steps), Opening::own);
  play_to();
  const Desk desk = site.hire("S-CSA7", "CSA");
  EXPECT_EQ(submit(desk,
                   "2025-06-13T09:10:00+08:00",
                   "2025-06-16T09:00:00+08:00",
                   inspected.type,
                   inspected.body),
            "H-DEC-13");
  close();
}

TEST_F(WrongClock, ABackEntryIsMarkedAndCountsFromTheTimeItTells) {
  begin(std::vector<ScenarioStep>{});
  site.set_clock("2025-10-19T09:00:00+08:00");
  const Desk desk = site.hire("S-CSA7", "CSA");
  ScenarioStep step;
  step.at = "2025-10-16T10:00:00+08:00";
  step.type = "ComplaintReceived";
  step.body = received("TS-73");
  boost::json::object line = boost::json::parse(line_of(step)).as_object();
  EXPECT_EQ(outcome_of(desk.submitter->submit(boost::json::serialize(line))), "")
      << "an old time that is not declared is a claim and no more";
  EXPECT_EQ(text(forwarding_of("TS-73"), "due_at"), "2025-10-19T09:10:00.000000+08:00");
  line["back_entry"] = "system_unavailable";
  line["body"].as_object()["complaint_id"] = "TS-74";
  EXPECT_EQ(outcome_of(desk.submitter->submit(boost::json::serialize(line))), "");
  EXPECT_EQ(text(forwarding_of("TS-74"), "due_at"), "2025-10-16T10:10:00.000000+08:00");
  close();
}

}  // namespace
}  // namespace juanzong::testing
