// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/bench_report.h"

#include "tools/terminal/grouped_number.h"
#include "tools/terminal/text_table.h"

namespace juanzong::cli {

std::string load_table(const std::vector<NamedLoad>& loads) {
  using terminal::Align;
  using terminal::grouped;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, result] : loads) {
    rows.push_back({name,
                    grouped(result.events),
                    grouped(result.refused),
                    grouped(result.per_second()),
                    grouped(result.latency.at_per_mille(500)),
                    grouped(result.latency.at_per_mille(990)),
                    grouped(result.latency.at_per_mille(999))});
  }
  return terminal::format_table({{"负载 load"},
                                 {"件 events", Align::right},
                                 {"未入卷 not recorded", Align::right},
                                 {"件/秒 per second", Align::right},
                                 {"p50 µs", Align::right},
                                 {"p99 µs", Align::right},
                                 {"p99.9 µs", Align::right}},
                                rows);
}

boost::json::object load_json(const NamedLoad& load) {
  const bench::LoadResult& result = load.result;
  return {{"load", load.name},
          {"events", result.events},
          {"requests", result.latency.count()},
          {"refused", result.refused},
          {"seconds", result.seconds},
          {"events_per_second", result.per_second()},
          {"p50_us", result.latency.at_per_mille(500)},
          {"p99_us", result.latency.at_per_mille(990)},
          {"p999_us", result.latency.at_per_mille(999)}};
}

}  // namespace juanzong::cli
