// SPDX-License-Identifier: Apache-2.0
// The rules of personal data, and the parts of its list of handlers.
#pragma once

#include "events/procedures/personal_data/personal_data.h"

#include <optional>
#include <span>
#include <string_view>

namespace juanzong::personal_data {

inline constexpr Rule hold_rule{"H-PI-1",
                                "PIPL 第47条",
                                "个人信息保全期间不得删除",
                                "nothing is erased while a legal hold stands"};
inline constexpr Rule relation_rule{
    "H-PI-2",
    "PIPL 第47条",
    "业主、租户身份或未结押金、装修、投诉、费用、签名异议存在时不得删除",
    "nobody is erased who owns, rents, works here, owes, is owed, "
    "complains or disputes a signature"};
inline constexpr Rule retention_rule{
    "H-PI-3", "PIPL 第47条第2款", "保存期未满,不得删除", "the retention period is not over"};
inline constexpr Rule cooling_rule{"H-PI-4",
                                   "PX",
                                   "冷静期未满,不得删除",
                                   "the days in which the person may withdraw are not over"};
inline constexpr Rule people_rule{
    "H-PI-5", "PX", "受理人不得签署删除", "who entered the request does not sign the erasure"};
inline constexpr Rule asker_rule{"H-PI-6",
                                 "PIPL 第44条、第50条",
                                 "须由本人或持委托书的代理人签名",
                                 "the person signs, or an agent with a power of attorney"};
inline constexpr Rule once_rule{"H-PI-7",
                                "PIPL 第47条",
                                "已删除或已有申请待办",
                                "the person is erased already, or a request is waiting"};
inline constexpr Rule ground_rule{"H-PI-8",
                                  "PIPL 第50条",
                                  "不予删除的理由须属实并说明",
                                  "a refusal names a ground that is there, or says why"};

// What keeps a person from being erased on that day, as far as the ledger knows.
struct Obstacles {
  std::vector<Fact> relations;
  std::optional<CivilDate> retained_until;  // first day after it; none: no relation has ended
};
[[nodiscard]] Obstacles obstacles_of(const World& world, std::string_view person, CivilDate today);

[[nodiscard]] std::span<const EventHandler> erasure_handlers();
[[nodiscard]] std::span<const EventHandler> hold_handlers();

}  // namespace juanzong::personal_data
