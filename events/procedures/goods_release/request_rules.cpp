// SPDX-License-Identifier: Apache-2.0
// What is declared: who carries what, whose goods they are, and why they leave.
#include "events/procedures/case_checks.h"
#include "events/procedures/goods_release/rules.h"

#include <array>

namespace juanzong::goods_release {
namespace {

// A tenant's goods name his tenancy, which runs and is the unit's.
void check_tenancy(const body::GoodsReleaseRequested& event,
                   const World& world,
                   Decision& decision) {
  const std::string_view tenancy_id = view_of(event.tenancy_id());
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  const TenancyStage stage = tenancy_stage(world, tenancy_id);
  if (stage < TenancyStage::active || stage == TenancyStage::ended) {
    decision.refuse_state(code_of(stage), "ACTIVE LEAVING CLEARED");
    return;
  }
  if (tenancy.unit != view_of(event.unit()) || tenancy.tenant != view_of(event.party())) {
    decision.refuse_schema("tenancy_id", "不是该户该租户的租赁", "another unit's or tenant's");
  }
}

// Whose goods they are: the owner's, a tenant's, or those of a company in the unit.
void check_party(const body::GoodsReleaseRequested& event, const World& world, Decision& decision) {
  const std::string owner = world.get<UnitState>(view_of(event.unit())).owner;
  const bool of_owner = !owner.empty() && view_of(event.party()) == owner;
  const body::CarrierRelation relation = event.relation();
  if (event.tenancy_id() != nullptr) {
    check_tenancy(event, world, decision);
  } else if (relation == body::CarrierRelation::TENANT) {
    decision.refuse_schema("tenancy_id", "租户须注明租赁编号", "a tenant names his tenancy");
  } else if (!of_owner && relation != body::CarrierRelation::OFFICE_STAFF) {
    decision.refuse_schema("party", "物品须属业主或租户", "goods of neither owner nor tenant");
  }
  if (relation == body::CarrierRelation::OWNER && !of_owner) {
    decision.refuse_schema("party", "不是该房屋业主", "not the owner of the unit");
  }
  const bool himself =
      relation == body::CarrierRelation::OWNER || relation == body::CarrierRelation::TENANT;
  if (himself && view_of(event.carrier()) != view_of(event.party())) {
    decision.refuse_schema("carrier", "携带人与身份不符", "the carrier is not that person");
  }
}

void decide_requested(const body::GoodsReleaseRequested& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  if (world.find<ReleaseSlipState>(view_of(event.slip_id())) != nullptr) {
    decision.refuse_schema("slip_id", "编号已使用", "this number is taken");
  }
  check_items(*event.items(), decision);
  check_large(*event.items(), decision);
  check_party(event, world, decision);
}

void apply_requested(const body::GoodsReleaseRequested& event,
                     const EventContext& context,
                     WorldChange& world) {
  ReleaseSlipState& slip = world.edit<ReleaseSlipState>(view_of(event.slip_id()));
  slip.unit = text_of(event.unit());
  slip.carrier = text_of(event.carrier());
  slip.relation = static_cast<std::uint8_t>(event.relation());
  slip.id_checked = static_cast<std::uint8_t>(event.id_checked());
  slip.nature = static_cast<std::uint8_t>(event.nature());
  slip.party = text_of(event.party());
  slip.tenancy_id = text_of(event.tenancy_id());
  slip.requested = context.index;
  slip.requested_on = context.today;
  slip.items = goods_of(*event.items());
}

constexpr std::array handlers{
    event<body::GoodsReleaseRequested, decide_requested, apply_requested>("GoodsReleaseRequested"),
};

}  // namespace

std::span<const EventHandler> request_handlers() {
  return handlers;
}

}  // namespace juanzong::goods_release
