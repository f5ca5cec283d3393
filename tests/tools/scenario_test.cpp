// SPDX-License-Identifier: Apache-2.0
// The demo's scenarios, played on a ledger in memory: every step accepted or refused exactly as
// its line says.
#include "events/procedures/charges.h"
#include "events/procedures/deposits.h"

#include "projections/state/snapshot_world.h"

#include "tools/demo/scenario_text.h"

#include "tests/support/test_ledger.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace juanzong::testing {
namespace {

std::vector<ScenarioStep> load(std::string_view name) {
  std::ifstream in(std::string(JUANZONG_SOURCE_DIR) + "/tools/demo/scenarios/" + std::string(name));
  std::stringstream text;
  text << in.rdbuf();
  auto steps = parse_scenario(text.str());
  EXPECT_TRUE(steps.has_value()) << (steps ? "" : to_text(steps.error()));
  return steps ? *steps : std::vector<ScenarioStep>{};
}

std::vector<std::string> rules_of(const AppendResult& result) {
  std::vector<std::string> rules;
  if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    for (const Refusal& refusal : refused->refusals) {
      rules.push_back(refusal.rule);
    }
  } else if (const auto* error = std::get_if<Error>(&result)) {
    rules.push_back(to_text(*error));
  }
  return rules;
}

void play(TestLedger& ledger, std::string_view name) {
  std::map<std::string, std::uint64_t> saved;
  const std::vector<ScenarioStep> steps = load(name);
  for (const std::string& code : staff_of(steps)) {
    ledger.actor(code);
  }
  for (const ScenarioStep& step : steps) {
    if (step.type.empty()) {
      continue;
    }
    TestActor& actor = ledger.actor(step.actor);
    ledger.at(step.at);
    const auto line = expand_step(step, saved);
    ASSERT_TRUE(line.has_value()) << step.zh << to_text(line.error());
    const std::string body =
        boost::json::serialize(boost::json::parse(*line).as_object().at("body"));
    const AppendResult result = ledger.append(actor, {{step.type, body}});
    ASSERT_THAT(rules_of(result), ::testing::ElementsAreArray(step.expect))
        << step.at << " " << step.zh;
    if (!step.save.empty()) {
      saved[step.save] = number(std::get<AppendReceipt>(result).first);
    }
  }
}

TEST(Scenario, Sc1DecorationFromHandoverToRefund) {
  TestLedger ledger;
  play(ledger, "sc1.jsonl");
  const DerivedRows::Snapshot rows(ledger.rows());
  const SnapshotWorld world(rows, LedgerOrdinal{0}, catalogue(), CivilZone());
  const auto deposit = world.get<DepositState>("D-2025-0031");
  ASSERT_TRUE(deposit.refund.has_value());
  EXPECT_EQ(deposit.refund->amount, Fen{161'360});
  EXPECT_EQ(world.posted(PostingView::money, "deposit:D-2025-0031"), 0);
  EXPECT_EQ(world.posted(PostingView::money, penalty_deducted_account), -30'000);
  EXPECT_EQ(world.posted(PostingView::money, "receivable:3-1-1202:C-07:WATER"), 0);
}

TEST(Scenario, Sc10MonthBoundaryInTheLedgersZone) {
  TestLedger ledger;
  play(ledger, "sc1.jsonl");
  play(ledger, "sc10.jsonl");
}

TEST(Scenario, NamesTheLineThatIsWrong) {
  const auto steps = parse_scenario("# heading\n{\"at\":\"x\"}\n");
  ASSERT_FALSE(steps.has_value());
  EXPECT_THAT(steps.error().detail, ::testing::HasSubstr("line 2"));
}

}  // namespace
}  // namespace juanzong::testing
