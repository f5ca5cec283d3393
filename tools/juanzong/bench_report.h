// SPDX-License-Identifier: Apache-2.0
// What `juanzong bench` says of loads: a table for people, JSON for programs.
#pragma once

#include "tools/bench/load_result.h"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace juanzong::cli {

struct NamedLoad {
  std::string name;
  bench::LoadResult result;
};

[[nodiscard]] std::string load_table(const std::vector<NamedLoad>& loads);
[[nodiscard]] boost::json::object load_json(const NamedLoad& load);

}  // namespace juanzong::cli
