// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the rules of P01 and the guards that several events ask.
// owner_rules.cpp judges the events about the owner, unit_rules.cpp those about the unit.
#pragma once

#include "events/procedures/handovers.h"
#include "events/procedures/procedure.h"

#include <span>
#include <string_view>

namespace juanzong::handover {

inline constexpr Rule identity_rule{"H-HOV-1",
                                    "S0§1.1",
                                    "业主身份经清册、证件、购房合同核实后方可办理",
                                    "nothing before the owner's identity is verified by roster, "
                                    "document and purchase contract"};
inline constexpr Rule half_year_rule{"H-HOV-5",
                                     "S0§1.5",
                                     "物管费自交房之日起计收,预收半年,并注明起止日期",
                                     "the fee runs from the handover day and half a year is "
                                     "prepaid, with its dates"};
inline constexpr Rule decline_rule{"H-HOV-7",
                                   "S0§1.9",
                                   "未接收的房屋须登记原因",
                                   "a unit that was not taken over needs the reason"};

// H-HOV-1 where no identity is verified, or it was before the owner declined.
void check_identity(std::string_view unit,
                    const EventContext& context,
                    const World& world,
                    Decision& decision);
// check_identity, and STATE once the case has left VERIFIED.
void check_stage_verified(std::string_view unit,
                          const EventContext& context,
                          const World& world,
                          Decision& decision);

[[nodiscard]] std::span<const EventHandler> owner_handlers();
[[nodiscard]] std::span<const EventHandler> unit_handlers();

}  // namespace juanzong::handover
