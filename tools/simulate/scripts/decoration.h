// SPDX-License-Identifier: Apache-2.0
// A decoration case as its scripts hand it on: decoration.cpp until the entry, decoration_works.cpp
// until the completion, decoration_refund.cpp afterwards.
#pragma once

#include "tools/simulate/scripts/scripts.h"

#include <memory>
#include <string>
#include <vector>

namespace juanzong::simulate {

inline constexpr std::int64_t deco_deposit_fen = 200'000;

struct Penalty {
  std::string violation;
  std::int64_t fen = 0;
};

struct Works {
  Unit& unit;
  std::string id;  // of the case
  std::string deposit;
  std::string owner;  // person id
  std::string contractor;
  Person foreman;
  CivilDate planned_end;
  std::vector<Penalty> penalties;  // confirmed and not waived
};

[[nodiscard]] Form of_works(const Town& town, const Works& works);
[[nodiscard]] Form of_deposit(const Town& town, const Works& works);

void start_works(Town& town, const std::shared_ptr<Works>& works);
void complete_works(Town& town, const std::shared_ptr<Works>& works);
// From the acceptance, today, on.
void plan_refund(Town& town, const std::shared_ptr<Works>& works);

}  // namespace juanzong::simulate
