// SPDX-License-Identifier: Apache-2.0
// The rules of P04 and what the files of this folder share. H-TMO-1 to -4, which a tenant's slip
// must keep too, stand in tenancies.h.
#pragma once

#include "events/procedures/goods_release/goods_release.h"
#include "events/procedures/goods_release/goods_release_generated.h"
#include "events/procedures/procedure.h"
#include "events/procedures/tenancies.h"

#include <span>
#include <string_view>
#include <vector>

namespace juanzong::goods_release {

inline constexpr Rule clearance_rule{"H-REL-1",
                                     "S0§4.4",
                                     "搬家迁出须结清截止当日水电气、物管等费用,否则一律不得放行",
                                     "who moves out settles all fees up to that day, or nothing "
                                     "is released"};
inline constexpr Rule consent_rule{"H-REL-2",
                                   "S0§4.5(1)-(3)",
                                   "非业主本人携物须征得业主或该公司同意",
                                   "goods that the owner does not carry himself need his, or the "
                                   "company's, consent"};
inline constexpr Rule unreachable_rule{
    "H-REL-3", "S0§4.5(5)", "联系不上业主,暂不放行", "the owner was not reached: no release yet"};
inline constexpr Rule call_rule{"H-REL-4",
                                "S0§4.5(4)",
                                "电话核实须记录去电时间及核实意见",
                                "a verification by phone records time and opinion"};
inline constexpr Rule slip_rule{"H-REL-5",
                                "S0§4.6",
                                "放行条须记录完整、空白处划线,并由经办人、携带人、业主三方签字",
                                "a slip is complete, its blanks struck, signed by desk, carrier "
                                "and owner"};
inline constexpr Rule gate_rule{"H-REL-6",
                                "S0§4.7",
                                "凭有效放行条客户联放行一次,存档联归档",
                                "the gate opens once for a valid slip; its other copy is filed"};
inline constexpr Rule large_rule{
    "H-REL-7", "S0§4.3(3)", "放行条只限大件物品", "only large items need a slip"};

using ItemList = flatbuffers::Vector<flatbuffers::Offset<body::ReleaseItem>>;

[[nodiscard]] std::vector<ReleaseGoods> goods_of(const ItemList& items);
// SCHEMA: quantities are positive, a name stands in the list once.
void check_items(const ItemList& items, Decision& decision);
// H-REL-7: each item is one of the large ones.
void check_large(const ItemList& items, Decision& decision);
// Items that are not among `allowed`, or more of them, as facts.
[[nodiscard]] std::vector<Fact> items_beyond(const ItemList& items,
                                             const std::vector<ReleaseGoods>& allowed);
// Names that contain one of the words, as facts: "壁挂空调" is an "空调".
[[nodiscard]] std::vector<Fact> items_named(const ItemList& items,
                                            const std::vector<std::string>& words);
// The slip that an event names; nullptr, and SCHEMA, if nobody asked for it in that unit.
[[nodiscard]] const ReleaseSlipState* find_slip(const World& world,
                                                std::string_view slip_id,
                                                std::string_view unit,
                                                Decision& decision);
// What the party who moves out owes by that day (policy goods.arrears_scope: or the whole unit).
[[nodiscard]] Arrears arrears_of_mover(const World& world,
                                       std::string_view unit,
                                       std::string_view party,
                                       CivilDate up_to);

// request_rules.cpp: what is declared. consent_rules.cpp: calls and refusals. clearance_rules.cpp:
// the cashier. slip_rules.cpp: the slip. gate_rules.cpp: its two copies.
[[nodiscard]] std::span<const EventHandler> request_handlers();
[[nodiscard]] std::span<const EventHandler> consent_handlers();
[[nodiscard]] std::span<const EventHandler> clearance_handlers();
[[nodiscard]] std::span<const EventHandler> slip_handlers();
[[nodiscard]] std::span<const EventHandler> gate_handlers();

}  // namespace juanzong::goods_release
