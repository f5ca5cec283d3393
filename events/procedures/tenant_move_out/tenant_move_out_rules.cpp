// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_checks.h"
#include "events/procedures/policy.h"
#include "events/procedures/signatures.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/tenant_move_out/tenant_move_out.h"
#include "events/procedures/tenant_move_out/tenant_move_out_generated.h"
#include "events/procedures/tenant_move_out/tenant_move_out_schema.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>
#include <string>

namespace juanzong {
namespace {

// The event names a tenancy of its own unit that stands in `accepted`.
template <class Body>
void check_stage(const Body& event, TenancyStage accepted, const World& world, Decision& decision) {
  const TenancyStage stage = tenancy_stage(world, view_of(event.tenancy_id()));
  if (stage != accepted) {
    decision.refuse_state(code_of(stage), code_of(accepted));
  }
}

template <class Body>
void check_unit_of_tenancy(const Body& event, const World& world, Decision& decision) {
  const auto* tenancy = world.find<TenancyState>(view_of(event.tenancy_id()));
  if (tenancy != nullptr && tenancy->unit != view_of(event.unit())) {
    decision.refuse_schema("tenancy_id", "租赁不属于该房屋", "a tenancy of another unit");
  }
}

void check_arrears(std::string_view tenancy_id,
                   CivilDate up_to,
                   const World& world,
                   Decision& decision) {
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  auto facts = facts_of(arrears_of(world, tenancy.unit, tenancy.tenant, up_to), up_to);
  if (!facts.empty()) {
    decision.refuse(move_out_arrears_rule, std::move(facts));
  }
}

void decide_declared(const body::TenantMoveOutDeclared& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_unit_of_tenancy(event, world, decision);
  check_stage(event, TenancyStage::active, world, decision);
  const auto tenancy = world.get<TenancyState>(view_of(event.tenancy_id()));
  check_signature(signed_by(event.signatures(), tenancy.tenant, body::Capacity::TENANT),
                  "须由租户签名",
                  "the tenant must sign",
                  decision);
}

void apply_declared(const body::TenantMoveOutDeclared& event,
                    const EventContext& context,
                    WorldChange& world) {
  MoveOutState& state = world.edit<MoveOutState>(view_of(event.tenancy_id()));
  state.declared = context.index;
  state.planned = date_of(event.planned());
}

void decide_metered(const body::MeterReadingTaken& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_signature_blocks(event.signatures(), decision);
  for (const body::MeterReading* meter : *event.meters()) {
    if (meter->reading_milli() < 0 || meter->read_at() == nullptr) {
      decision.refuse_schema("meters", "读数不得为负并须注明时间", "a reading and its time");
    }
  }
  // A reading that names no tenancy is not judged by its machine.
  if (event.tenancy_id() != nullptr) {
    check_unit_of_tenancy(event, world, decision);
    check_stage(event, TenancyStage::leaving, world, decision);
  }
}

void apply_metered(const body::MeterReadingTaken& event,
                   const EventContext& context,
                   WorldChange& world) {
  world.edit<UnitState>(view_of(event.unit())).metered = context.index;
  if (event.tenancy_id() != nullptr) {
    world.edit<MoveOutState>(view_of(event.tenancy_id())).metered = context.index;
  }
}

void decide_settled(const body::TenantArrearsSettled& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_unit_of_tenancy(event, world, decision);
  check_stage(event, TenancyStage::leaving, world, decision);
  const CivilDate up_to = world.zone().date_of(*parse_instant(view_of(event.up_to())));
  check_not_in_future("up_to", up_to, context, decision);
  check_arrears(view_of(event.tenancy_id()), up_to, world, decision);
  check_signature(signed_by_staff(event.signatures(), Role::cas, world),
                  "须由收银员签名",
                  "the cashier must sign",
                  decision);
}

void apply_settled(const body::TenantArrearsSettled& event,
                   const EventContext& context,
                   WorldChange& world) {
  MoveOutState& state = world.edit<MoveOutState>(view_of(event.tenancy_id()));
  state.settled = context.index;
  state.settled_up_to = parse_instant(view_of(event.up_to()));
}

bool only_by_phone(const SignatureList* signatures) {
  return signatures != nullptr &&
         std::all_of(signatures->begin(), signatures->end(), [](const body::SignatureBlock* block) {
           return block->method() == body::SignatureMethod::PHONE_RECORDED;
         });
}

void decide_consented(const body::OwnerMoveOutConsented& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_unit_of_tenancy(event, world, decision);
  check_stage(event, TenancyStage::leaving, world, decision);
  const auto need = [&](bool done, std::string_view what) {
    if (!done) {
      decision.refuse(move_out_consent_rule,
                      {fact("unit", view_of(event.unit())), fact("missing", what)});
    }
  };
  need(event.told_of_move(), "told_of_move");
  need(event.not_to_remove() != nullptr, "not_to_remove");
  const std::string owner = world.get<UnitState>(view_of(event.unit())).owner;
  need(signed_by_owner(event.signatures(), owner), "owner");
  if (only_by_phone(event.signatures()) && event.called_at() == nullptr) {
    decision.refuse_schema("called_at", "电话核实须记录时间", "a call needs its time");
  }
}

void apply_consented(const body::OwnerMoveOutConsented& event,
                     const EventContext& context,
                     WorldChange& world) {
  MoveOutState& state = world.edit<MoveOutState>(view_of(event.tenancy_id()));
  state.consented = context.index;
  state.objected.reset();
  state.not_to_remove.clear();
  for (const flatbuffers::String* item : *event.not_to_remove()) {
    state.not_to_remove.push_back(text_of(item));
  }
}

void decide_objected(const body::OwnerMoveOutObjected& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_unit_of_tenancy(event, world, decision);
  check_stage(event, TenancyStage::leaving, world, decision);
}

void apply_objected(const body::OwnerMoveOutObjected& event,
                    const EventContext& context,
                    WorldChange& world) {
  MoveOutState& state = world.edit<MoveOutState>(view_of(event.tenancy_id()));
  state.objected = context.index;
  state.consented.reset();
}

// H-TMO-1 and H-TMO-2 are asked again at the end: a charge may have come after the settlement.
void check_moved_out(const body::TenancyEnded& event,
                     TenancyStage stage,
                     const World& world,
                     Decision& decision) {
  const std::string_view tenancy_id = view_of(event.tenancy_id());
  const auto state = world.get<MoveOutState>(tenancy_id);
  if (!state.settled) {
    decision.refuse(move_out_arrears_rule, {fact("tenancy", tenancy_id), fact("settled", "none")});
  }
  check_arrears(tenancy_id, *date_of(event.ended_on()), world, decision);
  if (!state.consented) {
    decision.refuse(move_out_consent_rule, {fact("tenancy", tenancy_id), fact("missing", "owner")});
  }
  if (stage != TenancyStage::cleared && state.settled && state.consented) {
    decision.refuse_state(code_of(stage), code_of(TenancyStage::cleared));  // no meter reading
  }
}

void decide_ended(const body::TenancyEnded& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_unit_of_tenancy(event, world, decision);
  check_not_in_future("ended_on", date_of(event.ended_on()), context, decision);
  const TenancyStage stage = tenancy_stage(world, view_of(event.tenancy_id()));
  if (stage < TenancyStage::active || stage == TenancyStage::ended) {
    decision.refuse_state(code_of(stage), "CLEARED; ABANDONED: ACTIVE, LEAVING");
    return;
  }
  const auto tenancy = world.get<TenancyState>(view_of(event.tenancy_id()));
  if (tenancy.moved_in_on && *date_of(event.ended_on()) < *tenancy.moved_in_on) {
    decision.refuse_schema("ended_on", "早于入住日期", "before the tenant moved in");
  }
  if (event.reason() == body::TenancyEndReason::ABANDONED) {
    check_signature(signed_by_staff(event.signatures(), Role::pm, world),
                    "弃租须由项目经理签名",
                    "an abandoned tenancy is ended by the project manager's signature",
                    decision);
  } else {
    check_moved_out(event, stage, world, decision);
  }
}

// The unit falls back to its resident owner, else it is vacant. A tenancy that another one has
// followed in the unit leaves the facets as they are.
void leave_unit(UnitState& unit, std::string_view tenancy_id) {
  if (unit.tenancy != tenancy_id) {
    return;
  }
  unit.tenancy.clear();
  unit.occupant = unit.owner_resident ? UnitOccupant::owner : UnitOccupant::none;
  unit.use = unit.owner_resident ? UnitUsage::residential : UnitUsage::unknown;
}

void apply_ended(const body::TenancyEnded& event, const EventContext& context, WorldChange& world) {
  const CivilDate on = *date_of(event.ended_on());
  MoveOutState& state = world.edit<MoveOutState>(view_of(event.tenancy_id()));
  state.ended = context.index;
  state.ended_on = on;
  state.abandoned = event.reason() == body::TenancyEndReason::ABANDONED;
  change_unit(world, view_of(event.unit()), on, context, [&event](UnitState& unit) {
    leave_unit(unit, view_of(event.tenancy_id()));
  });
}

constexpr std::array handlers{
    event<body::TenantMoveOutDeclared, decide_declared, apply_declared>("TenantMoveOutDeclared"),
    event<body::MeterReadingTaken, decide_metered, apply_metered>("MeterReadingTaken"),
    event<body::TenantArrearsSettled, decide_settled, apply_settled>("TenantArrearsSettled"),
    event<body::OwnerMoveOutConsented, decide_consented, apply_consented>("OwnerMoveOutConsented"),
    event<body::OwnerMoveOutObjected, decide_objected, apply_objected>("OwnerMoveOutObjected"),
    event<body::TenancyEnded, decide_ended, apply_ended>("TenancyEnded"),
};

constexpr std::array rules{
    move_out_arrears_rule, move_out_consent_rule, move_out_slip_rule, not_to_remove_rule};

constexpr std::array states{state_type<MoveOutState>("move_out")};

// Where the departments' reports are kept here at all.
bool is_reported(const std::uint8_t* body, const World& world) {
  const auto& event = *flatbuffers::GetRoot<body::TenancyEnded>(body);
  return policy_flag(world, "duty.department_report", *date_of(event.ended_on())).value_or(false);
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-TMO-1",
                 .clause = "S0§20.4",
                 .zh = "租户退租当日列入《部门日汇报表》",
                 .en = "the end of a tenancy stands in the day's report of the department",
                 .begins = "TenancyEnded",
                 .ends = {"DailyWeeklyReportFiled"},
                 .stream = "tenancy",
                 .responsible = Role::csa,
                 .applies = is_reported},
};

}  // namespace

const Procedure& tenant_move_out_procedure() {
  static constexpr Procedure procedure{.code = "P20",
                                       .name = "tenant_move_out",
                                       .zh = "租户退租",
                                       .en = "Tenant move-out",
                                       .schema = tenant_move_out_schema,
                                       .handlers = handlers,
                                       .rules = rules,
                                       .states = states,
                                       .deadlines = deadlines};
  return procedure;
}

}  // namespace juanzong
