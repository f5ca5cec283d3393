// SPDX-License-Identifier: Apache-2.0
// The two copies of a slip: the customer's opens the gate once, the other one is filed.
#include "events/procedures/case_checks.h"
#include "events/procedures/goods_release/rules.h"

#include <array>

namespace juanzong::goods_release {
namespace {

// The slip of this number; H-REL-6 where there is none.
template <class Body>
const IssuedSlip* issued_slip(const Body& event, const World& world, Decision& decision) {
  const auto* slip = world.find<ReleaseSlipState>(view_of(event.slip_id()));
  if (slip == nullptr || !slip->issued || slip->issued->slip_no != view_of(event.slip_no())) {
    decision.refuse(gate_rule, {fact("slip_no", view_of(event.slip_no())), fact("slip", "none")});
    return nullptr;
  }
  if (slip->unit != view_of(event.unit())) {
    decision.refuse_schema("unit", "放行条不属于该房屋", "a slip of another unit");
  }
  return &*slip->issued;
}

void decide_gate(const body::GoodsReleasedAtGate& event,
                 const EventContext& context,
                 const World& world,
                 Decision& decision) {
  check_items(*event.checked_items(), decision);
  const UnixMicros at = *parse_instant(view_of(event.at()));
  check_instant_passed("at", at, context, world, decision);
  const IssuedSlip* issued = issued_slip(event, world, decision);
  if (issued == nullptr) {
    return;
  }
  const ReleaseStage stage = world.get<ReleaseSlipState>(view_of(event.slip_id())).stage();
  if (stage != ReleaseStage::issued) {
    decision.refuse(gate_rule, {fact("slip_no", issued->slip_no), fact("state", name_of(stage))});
  }
  auto beyond = items_beyond(*event.checked_items(), issued->items);
  if (!beyond.empty()) {
    decision.refuse(gate_rule, std::move(beyond));
  }
  if (world.zone().date_of(at) < issued->on) {
    decision.refuse_schema("at", "早于开具日期", "before the slip was issued");
  }
}

void apply_gate(const body::GoodsReleasedAtGate& event,
                const EventContext& context,
                WorldChange& world) {
  world.edit<ReleaseSlipState>(view_of(event.slip_id())).gate =
      GateRelease{context.index, *parse_instant(view_of(event.at())), text_of(event.gate())};
}

void decide_filed(const body::GoodsReleaseSlipFiled& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  const IssuedSlip* issued = issued_slip(event, world, decision);
  const auto filed = world.get<ReleaseSlipState>(view_of(event.slip_id())).filed;
  if (issued != nullptr && filed) {
    decision.refuse(
        gate_rule,
        {fact("slip_no", issued->slip_no), fact("filed", std::to_string(number(*filed)))});
  }
}

void apply_filed(const body::GoodsReleaseSlipFiled& event,
                 const EventContext& context,
                 WorldChange& world) {
  world.edit<ReleaseSlipState>(view_of(event.slip_id())).filed = context.index;
}

constexpr std::array handlers{
    event<body::GoodsReleasedAtGate, decide_gate, apply_gate>("GoodsReleasedAtGate"),
    event<body::GoodsReleaseSlipFiled, decide_filed, apply_filed>("GoodsReleaseSlipFiled"),
};

}  // namespace

std::span<const EventHandler> gate_handlers() {
  return handlers;
}

}  // namespace juanzong::goods_release
