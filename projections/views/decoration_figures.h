// SPDX-License-Identifier: Apache-2.0
// What the control board says of one decoration case: its state, and what only its records tell
// (permits, hot work, patrols, warnings).
#pragma once

#include "events/procedures/charges.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/decorations.h"

#include "projections/views/deposit_figures.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace juanzong {

// CS, ENG, SEC: as in decoration.fbs, from 1.
inline constexpr std::size_t patrolling_departments = 3;
using DayPatrols = std::array<Records, patrolling_departments>;

// Charges of the case, whatever they are for, that were assessed in a month.
struct DecorationFees {
  Fen assessed;
  Fen collected;
  Records records;
};

struct DecorationFigures {
  std::string id;
  DecorationCase deco;
  DecorationStage stage = DecorationStage::none;  // none: no such case at the moment
  ObligationState notice;                         // D-DEC-1: from the submission to the answer
  std::vector<std::pair<std::string, DepositFigures>> deposits;
  std::vector<ChargeState> charges;
};
[[nodiscard]] Result<DecorationFigures> decoration_figures(const ViewContext& context,
                                                           const std::string& id);
[[nodiscard]] DecorationFees fees_of(const DecorationFigures& figures, CivilMonth month);

struct DecorationRecords {
  std::string permit_no;  // newest
  std::optional<CivilDate> permit_until;
  Records permits;
  Records hot_works;  // in force on the business date
  Records warnings;
  std::map<CivilDate, DayPatrols> patrols;
};
[[nodiscard]] Result<DecorationRecords> decoration_records(const ViewContext& context,
                                                           const std::string& id);

}  // namespace juanzong
