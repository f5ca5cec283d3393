// SPDX-License-Identifier: Apache-2.0
// What the gate asks of the decoration case: the worker's pass and the consent to restricted
// material.
#include "events/procedures/access_control/access_control.h"
#include "events/procedures/access_control/access_control_generated.h"
#include "events/procedures/access_control/access_control_schema.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/decorations.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule worker_rule{"H-ACC-2",
                           "S0§2.10",
                           "装修工人须凭有效出入证进入",
                           "a decoration worker enters with a valid pass only"};
constexpr Rule material_rule{"H-ACC-3",
                             "S0§2.13(4), S4§5.1",
                             "受限装修材料须有书面同意方可进入",
                             "restricted decoration material enters with written consent only"};

enum class Passage : std::uint8_t { none, inside, exited };
constexpr std::array<CaseStage, 3> passage_stages{
    {{"NONE", "未登记"}, {"INSIDE", "在内"}, {"EXITED", "已离开"}}};
// A car that came before its entry was recorded can leave.
constexpr std::array passage_steps{
    opens("VehicleAdmitted", Passage::inside),
    step("VehicleExited", from_to(Passage::none, Passage::inside), Passage::exited),
};

constexpr std::string_view readers = "CSM PM GFC SEC SECM CL AUD";
constexpr std::array machines{
    CaseMachine{"vehicle", "车辆出入", "Vehicles", readers, passage_stages, passage_steps},
};

constexpr std::string_view working_stages = "PERMITTED, UNDER_WORK, ACCEPTANCE_REQUESTED";

bool works_are_permitted(const DecorationCase& deco) {
  return deco.stage == DecorationStage::permitted || deco.stage == DecorationStage::under_work ||
         deco.stage == DecorationStage::acceptance_requested;
}

// Nobody is kept inside: going out needs a pass of the case, coming in one that is valid today.
void decide_worker(const body::WorkerAdmitted& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const auto deco = world.get<DecorationCase>(view_of(event.deco_id()));
  const bool enters = event.dir() == body::GateDirection::IN;
  if (enters && !works_are_permitted(deco)) {
    decision.refuse_state("NOT_PERMITTED", working_stages);
  }
  const auto pass = deco.passes.find(text_of(event.pass_no()));
  if (pass == deco.passes.end()) {
    decision.refuse(worker_rule,
                    {fact("missing", "pass"), fact("pass_no", view_of(event.pass_no()))});
  } else if (enters && (pass->second.returned || pass->second.valid_to < context.today)) {
    decision.refuse(worker_rule,
                    {fact("pass_no", view_of(event.pass_no())),
                     fact("valid_to", pass->second.valid_to),
                     fact("returned", pass->second.returned ? "true" : "false")});
  }
}

const MaterialApproval* approval_of(const body::GoodsEntryRegistered& event,
                                    const DecorationCase& deco,
                                    const EventContext& context) {
  if (event.permit_ref() == nullptr) {
    return nullptr;
  }
  const RecordIndex named = record_index(*event.permit_ref(), context);
  const auto found = std::ranges::find(deco.material_approvals, named, &MaterialApproval::index);
  return found == deco.material_approvals.end() ? nullptr : &*found;
}

// H-ACC-3 of one thing: a consent of the unit's case that is valid today and names it.
void check_restricted(const body::EntryGoods& item,
                      const MaterialApproval* approval,
                      const EventContext& context,
                      Decision& decision) {
  if (approval == nullptr) {
    decision.refuse(material_rule,
                    {fact("missing", "written consent"), fact("item", view_of(item.name()))});
  } else if (approval->valid_to < context.today) {
    decision.refuse(material_rule,
                    {fact("item", view_of(item.name())), fact("valid_to", approval->valid_to)});
  } else if (std::ranges::find(approval->items, view_of(item.name())) == approval->items.end()) {
    decision.refuse(material_rule, {fact("not_in_consent", view_of(item.name()))});
  }
}

void decide_goods(const body::GoodsEntryRegistered& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  const auto deco = world.get<DecorationCase>(view_of(event.deco_id()));
  if (event.deco_id() != nullptr && deco.unit != view_of(event.unit())) {
    decision.refuse_schema("deco_id", "不是该房屋的装修", "not a decoration of the unit");
  }
  const MaterialApproval* approval = approval_of(event, deco, context);
  if (event.permit_ref() != nullptr && approval == nullptr) {
    decision.refuse_schema("permit_ref", "不是该装修的材料同意", "no consent of that case");
  }
  for (const auto* item : *event.items()) {
    if (item->qty_milli() < 0) {
      decision.refuse_schema("items.qty_milli", "数量须为正数", "a quantity is positive");
    }
    if (item->kind() == body::EntryGoodsKind::RESTRICTED_MATERIAL) {
      check_restricted(*item, approval, context, decision);
    }
  }
}

constexpr std::array handlers{
    event<body::WorkerAdmitted, decide_worker, apply_nothing<body::WorkerAdmitted>>(
        "WorkerAdmitted"),
    event<body::GoodsEntryRegistered, decide_goods, apply_nothing<body::GoodsEntryRegistered>>(
        "GoodsEntryRegistered"),
    plain("ProhibitedGoodsRefused"),
    plain("VehicleAdmitted"),
    plain("VehicleExited"),
    plain("VehicleAnomalyNoted"),
};

constexpr std::array rules{worker_rule, material_rule};

}  // namespace

const Procedure& access_control_procedure() {
  static constexpr Procedure procedure{.code = "P34",
                                       .name = "access_control",
                                       .zh = "出入控制",
                                       .en = "Access control",
                                       .schema = access_control_schema,
                                       .handlers = handlers,
                                       .rules = rules,
                                       .states = {},
                                       .deadlines = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
