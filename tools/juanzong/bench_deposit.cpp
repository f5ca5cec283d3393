// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/bench_deposit.h"

#include "events/model/check.h"

#include "tools/demo/scenario_files.h"
#include "tools/demo/scenario_player.h"
#include "tools/demo/scenario_text.h"

#include <fstream>

namespace juanzong::cli {
namespace {

constexpr std::string_view opening_time = "2025-01-02T08:00:00+08:00";

Outcome play(const ThrowawayServer& server, const std::filesystem::path& clock) {
  const Result<std::vector<ScenarioStep>> steps = parse_scenario(scenario_sc1());
  Result<bench::Target> target = server.target();
  if (!steps || !target) {
    return fail(steps ? target.error() : steps.error());
  }
  PlayerOptions options;
  options.server = std::move(target->server);
  options.founder_key = std::move(target->founder_key);
  options.clock_file = clock;
  options.print = [](const std::string&) {};
  ScenarioPlayer player(std::move(options));
  if (const Outcome hired = player.hire(staff_of(*steps), opening_time); !hired) {
    return hired;
  }
  return player.play(*steps) ? Outcome(Done{})
                             : fail(ErrorCode::environment, "the scenario of the deposit failed");
}

}  // namespace

UnixMicros deposit_scenario_opens() {
  const auto instant = parse_instant(opening_time);
  check(instant.has_value(), "an instant of our own");
  return *instant;
}

Outcome start_with_deposit(ThrowawayServer& server) {
  const std::filesystem::path clock = server.folder() / "clock";
  std::ofstream(clock) << opening_time << "\n";
  if (const Outcome started = server.start({"--test-clock", clock.string()}); !started) {
    return started;
  }
  if (const Outcome played = play(server, clock); !played) {
    return played;
  }
  if (const Outcome stopped = server.stop(); !stopped) {
    return stopped;
  }
  return server.start({"--accept-clock"});
}

}  // namespace juanzong::cli
