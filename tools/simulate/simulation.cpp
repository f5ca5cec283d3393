// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/simulation.h"

#include "tools/simulate/scripts/scripts.h"

#include <boost/json.hpp>

#include <algorithm>

namespace juanzong::simulate {
namespace {

constexpr std::int64_t moment_us = 4 * 60 * micros_per_second;
constexpr std::string_view opening = "2025-01-01T08:00:00+08:00";

void start_scripts(Town& town) {
  open_estate(town);
  start_handovers(town);
  start_departures(town);
  start_fees(town);
  start_parking(town);
  start_front_desk(town);
  start_complaints(town);
  start_repairs(town);
  start_releases(town);
  start_rounds(town);
  start_inspections(town);
  start_papers(town);
  start_census(town);
}

// The steps of one day, its nights included. Those of a few minutes are entered at one moment, the
// first one's: so they share their commits.
void live_through(Town& town, CivilDate day) {
  const UnixMicros end = town.at(add_days(day, 1), 0);
  while (!town.office.trouble() && town.agenda.has_step_before(end)) {
    const UnixMicros moment = town.agenda.next();
    const UnixMicros until{std::min(end.value, moment.value + moment_us)};
    town.office.go_to(moment);
    while (town.agenda.has_step_before(until)) {
      town.agenda.take()();
    }
  }
  town.office.settle();
}

Outcome live_through_month(Town& town, CivilMonth month, const SimulationOptions& options) {
  const CivilDate begun = town.office.zone().date_of(start_of_simulation());
  for (CivilDate day = first_day(month); month_of(day) == month; day = add_days(day, 1)) {
    live_through(town, day);
    if (town.office.trouble()) {
      return fail(*town.office.trouble());
    }
    options.progress(static_cast<std::uint64_t>(day.days - begun.days) + 1, town.office.records());
  }
  return Done{};
}

Result<std::string> root_of(const Office& office) {
  const Result<std::string> head = office.query("log_head", "{}");
  if (!head) {
    return fail(head.error());
  }
  const boost::json::value value = boost::json::parse(*head);
  return std::string(value.at("as_of").at("root").as_string());
}

Outcome live(Town& town, const SimulationOptions& options, Summary& summary) {
  CivilMonth month = month_of(town.today());
  const int last = month.months + options.months;
  while (month.months < last || town.office.records() < options.records_to) {
    if (const Outcome lived = live_through_month(town, month, options); !lived) {
      return lived;
    }
    Result<MonthEnd> end = check_month_end(town, month);
    if (!end) {
      return fail(end.error());
    }
    summary.to = last_day(month);
    summary.months.push_back(std::move(*end));
    if (!summary.months.back().balanced()) {
      break;
    }
    month = CivilMonth{month.months + 1};
  }
  return Done{};
}

}  // namespace

UnixMicros start_of_simulation() {
  return parse_instant(opening).value_or(UnixMicros{});
}

std::string simulation_origin(std::uint64_t seed) {
  std::string origin = "juanzong.local/simulated-" + std::to_string(seed);
  return origin.insert(0, test_origin_prefix);
}

bool Summary::balanced() const {
  return std::ranges::all_of(months, &MonthEnd::balanced);
}

Result<Summary> simulate(const SimulationOptions& options) {
  Result<std::unique_ptr<Office>> office =
      Office::open({options.data, options.seed, start_of_simulation()});
  if (!office) {
    return fail(office.error());
  }
  Town town(**office, options.seed, options.units);
  Summary summary;
  summary.seed = options.seed;
  summary.units = options.units;
  summary.from = town.today();
  start_scripts(town);
  if (const Outcome lived = live(town, options, summary); !lived) {
    return fail(lived.error());
  }
  const Result<std::string> root = root_of(town.office);
  if (!root) {
    return fail(root.error());
  }
  summary.root = *root;
  summary.records = town.office.records();
  summary.counts = town.office.counts();
  return summary;
}

}  // namespace juanzong::simulate
