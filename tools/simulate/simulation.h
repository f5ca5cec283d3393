// SPDX-License-Identifier: Apache-2.0
// A simulated community: a plausible, rule-conforming history over the procedures, with mistakes,
// corrections, refusals, arrears and disputes, decided by one seed. The ledger is written through
// the service of the server, so the rules judge every statement; one that they judge otherwise than
// the simulation expects ends the run. That makes a run a test of the rules against a model of
// them.
#pragma once

#include "events/model/result.h"

#include "tools/simulate/month_end.h"
#include "tools/simulate/office.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace juanzong::simulate {

struct SimulationOptions {
  std::filesystem::path
      data;  // founded at start_of_simulation() with the seed's founding_secrets()
  std::uint64_t seed = 1;
  std::size_t units = 24;
  int months = 3;
  std::uint64_t records_to = 0;  // goes on month by month until there are so many
  // After each simulated day: days so far, records so far.
  std::function<void(std::uint64_t days, std::uint64_t records)> progress = [](std::uint64_t,
                                                                               std::uint64_t) {};
};

struct Summary {
  std::uint64_t seed = 0;
  std::size_t units = 0;
  CivilDate from, to;  // both included
  std::uint64_t records = 0;
  std::string root;  // base64, as a checkpoint prints it
  Counts counts;
  std::vector<MonthEnd> months;
  [[nodiscard]] bool balanced() const;
};

// 1 January 2025, 08:00 in the community's zone.
[[nodiscard]] UnixMicros start_of_simulation();
// "test.juanzong.local/simulated-7": a test origin, so that every proof says what it is.
[[nodiscard]] std::string simulation_origin(std::uint64_t seed);

// not_permitted: the rules judged a statement otherwise than the simulation expects; the detail
// names event, rule and facts. A month whose checks fail ends the run, with the month in the
// summary.
[[nodiscard]] Result<Summary> simulate(const SimulationOptions& options);

}  // namespace juanzong::simulate
