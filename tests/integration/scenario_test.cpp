// SPDX-License-Identifier: Apache-2.0
// The scenarios of the demonstration against the real server, and a deep audit of what it left.
#include "tools/demo/scenario_files.h"

#include "tests/integration/site.h"

namespace juanzong::testing {
namespace {

constexpr std::string_view opening_time = "2025-01-02T08:00:00+08:00";

TEST(Scenario, PlaysThroughTheRealServerAndTheAuditAgrees) {
  Site site({.clock = std::string(opening_time)});
  site.start();
  ScenarioPlayer player = site.player();
  for (const std::string_view text : {scenario_sc1(), scenario_sc10()}) {
    const auto steps = parse_scenario(text);
    ASSERT_TRUE(steps.has_value()) << to_text(steps.error());
    const Outcome hired = player.hire(staff_of(*steps), opening_time);
    ASSERT_TRUE(hired.has_value()) << to_text(hired.error());
    EXPECT_TRUE(player.play(*steps)) << site.transcript();
  }
  EXPECT_GT(player.accepted(), 60U);
  EXPECT_GT(player.refused(), 10U);
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

}  // namespace
}  // namespace juanzong::testing
