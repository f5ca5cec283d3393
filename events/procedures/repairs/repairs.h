// SPDX-License-Identifier: Apache-2.0
// Repair requests (报修, P13): reported, dispatched, collected and done by an engineer, signed for,
// visited. States and stages: events/procedures/repair_cases.h.
#pragma once

#include "events/procedures/procedure.h"

#include <span>

namespace juanzong {

[[nodiscard]] const Procedure& repairs_procedure();
[[nodiscard]] std::span<const DutyRule> repair_duties();

namespace repairs {

inline constexpr Rule complete_rule{
    "H-RPR-1", "S0§13.1(2)", "报修信息须完整", "the record of a repair order is complete"};
inline constexpr Rule charge_rule{"H-RPR-2",
                                  "S0§13.1(3)",
                                  "更换材料或有偿维修须事先说明收费标准",
                                  "what it costs is explained before the work is done"};
inline constexpr Rule signed_rule{
    "H-RPR-3", "S0§13.3", "维修完成须报修人签字确认", "who reported it signs that it is done"};
inline constexpr Rule claim_rule{"H-RPR-4",
                                 "S0§13.2(2)",
                                 "领取维修单须维修员签字",
                                 "the engineer signs when he collects the order"};
inline constexpr Rule desk_rule{"H-RPR-5",
                                "S0·5§4.4.6",
                                "维修费一律由收费处收取,严禁私下结算",
                                "repairs are paid at the fee desk, never privately"};

[[nodiscard]] std::span<const EventHandler> order_handlers();
[[nodiscard]] std::span<const EventHandler> work_handlers();

}  // namespace repairs
}  // namespace juanzong
