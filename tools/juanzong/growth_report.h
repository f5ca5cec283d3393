// SPDX-License-Identifier: Apache-2.0
// What `juanzong bench growth` says: one row where the ledger has doubled, printed as soon as it is
// known, since a run takes long; and the restart after the kill.
#pragma once

#include "tools/bench/load_result.h"
#include "tools/bench/process_figures.h"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>

namespace juanzong::cli {

struct GrowthPoint {
  std::uint64_t records = 0;
  bench::LoadResult segment;  // since the point before
  double cpu_seconds = 0;     // of the server, in the same time
  bench::ProcessMemory memory;
  std::uint64_t log_bytes = 0;
  std::uint64_t derived_bytes = 0;
  std::uint64_t statement_bytes = 0;

  // Of the server; says more than the rate where the processors are shared.
  [[nodiscard]] std::uint64_t cpu_nanos_per_record() const;
  // In hundredths; 0 without statements.
  [[nodiscard]] std::uint64_t log_per_statement_percent() const;
};

struct GrowthRestart {
  std::uint64_t records = 0;  // that the server has
  double ready_seconds = 0;   // from its start to its ready line
  double answer_seconds = 0;  // to the answer of the first question
  bench::ProcessMemory memory;
};

// Columns are as wide as their titles, so that rows printed one by one stand below each other.
[[nodiscard]] std::string growth_row(const GrowthPoint& point, bool with_title);
[[nodiscard]] boost::json::object growth_json(const GrowthPoint& point);
[[nodiscard]] std::string restart_text(const GrowthRestart& restart);
[[nodiscard]] boost::json::object restart_json(const GrowthRestart& restart);

}  // namespace juanzong::cli
