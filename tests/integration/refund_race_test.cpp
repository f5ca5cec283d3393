// SPDX-License-Identifier: Apache-2.0
// Cashiers who pay the same deposit back at the same time: the money leaves once.
#include "tools/demo/scenario_files.h"

#include "tests/integration/site.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <algorithm>
#include <barrier>
#include <map>
#include <thread>

namespace juanzong::testing {
namespace {

constexpr std::string_view opening_time = "2025-01-02T08:00:00+08:00";
constexpr std::string_view deposit_stream = "deposit:D-2025-0031";
constexpr std::string_view last_step = "收银员退还押金 1,613.60 元";

class RefundRace : public ::testing::Test {
 protected:
  RefundRace() : site({.clock = std::string(opening_time)}) { site.start(); }

  // Plays SC1 up to the payment; its line.
  std::string play_until_payment() {
    ScenarioPlayer player = site.player();
    const auto steps = parse_scenario(scenario_sc1());
    EXPECT_TRUE(player.hire(staff_of(*steps), opening_time).has_value());
    const auto payment = std::ranges::find(*steps, last_step, &ScenarioStep::zh);
    EXPECT_NE(payment, steps->end());
    std::map<std::string, std::uint64_t> saved;
    for (auto step = steps->begin(); step != payment; ++step) {
      EXPECT_TRUE(player.play({*step})) << site.transcript();
      if (!step->save.empty()) {
        saved[step->save] = player.client_of("CSA")->read_records(RecordIndex{0}, 1)->tree_size - 1;
      }
    }
    site.set_clock(payment->at);
    const Result<std::string> line = expand_step(*payment, saved);
    EXPECT_TRUE(line.has_value());
    return *line;
  }

  static std::string expecting(const std::string& line, std::uint64_t version) {
    boost::json::value value = boost::json::parse(line);
    value.as_object()["expect"] = boost::json::object{{deposit_stream, version}};
    return boost::json::serialize(value);
  }

  // All at once; what each was told.
  static std::vector<std::string> submit_at_once(std::vector<Desk>& cashiers,
                                                 const std::string& line) {
    std::vector<std::string> outcomes(cashiers.size());
    std::barrier start(static_cast<std::ptrdiff_t>(cashiers.size()));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < cashiers.size(); ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        outcomes[i] = outcome_of(cashiers[i].submitter->submit(line));
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    return outcomes;
  }

  void race(std::size_t count) {
    const std::string line = play_until_payment();
    std::vector<Desk> cashiers;
    for (std::size_t i = 0; i < count; ++i) {
      cashiers.push_back(site.hire("S-CAS" + std::to_string(i), "CAS"));
    }
    const auto stream =
        site.hire("S-READ", "FIN").client->read_stream(deposit_stream, StreamVersion{1}, 1);
    ASSERT_TRUE(stream.has_value()) << to_text(stream.error());
    const std::vector<std::string> outcomes =
        submit_at_once(cashiers, expecting(line, stream->stream_version));
    EXPECT_EQ(std::ranges::count(outcomes, ""), 1);
    EXPECT_EQ(std::ranges::count(outcomes, "VERSION_CONFLICT"),
              static_cast<std::ptrdiff_t>(count - 1));
    // Whoever reloads and tries again hears why.
    EXPECT_THAT(submit_at_once(cashiers, line), ::testing::Each("H-DEC-19"));
  }

  Site site;
};

TEST_F(RefundRace, OfTwoCashiersOnePays) {
  race(2);
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

TEST_F(RefundRace, OfFiftyConnectionsOnePays) {
  race(50);
}

}  // namespace
}  // namespace juanzong::testing
