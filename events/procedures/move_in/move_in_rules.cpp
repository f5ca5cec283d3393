// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_checks.h"
#include "events/procedures/move_in/move_in.h"
#include "events/procedures/move_in/move_in_generated.h"
#include "events/procedures/move_in/move_in_schema.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/signatures.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include <array>

namespace juanzong {
namespace {

constexpr Rule consent_rule{"H-MIN-1",
                            "S0§3.1(2)",
                            "租户入住须有业主承诺书和房屋租赁协议",
                            "a tenant moves in with the owner's undertaking and the lease"};
constexpr Rule tenant_rule{"H-MIN-2",
                           "S0§3.6",
                           "租户须填写租户信息表、提供户主身份证明并签订安全责任制书",
                           "the tenant registers, proves the householder's identity and signs the "
                           "responsibility paper"};
constexpr Rule owner_rule{
    "H-MIN-3", "S0§3.1(1)", "须确认业主身份", "the owner's identity must be confirmed"};

// A claimed owner is believed only if he stands in the ledger as the unit's owner.
bool is_owner(const World& world, std::string_view unit, std::string_view person) {
  const auto* state = world.find<UnitState>(unit);
  return state != nullptr && !state->owner.empty() && state->owner == person;
}

void decide_confirmed(const body::MoveInConfirmed& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_not_in_future("moved_in_on", date_of(event.moved_in_on()), context, decision);
  if (event.who() == body::MovingParty::OWNER && event.identity_verified() &&
      !is_owner(world, view_of(event.unit()), view_of(event.person()))) {
    decision.refuse(owner_rule,
                    {fact("unit", view_of(event.unit())), fact("person", view_of(event.person()))});
  }
}

void apply_confirmed(const body::MoveInConfirmed& event,
                     const EventContext& context,
                     WorldChange& world) {
  if (event.who() == body::MovingParty::OWNER && event.identity_verified()) {
    MoveInState& state = world.edit<MoveInState>(view_of(event.unit()));
    state.confirmed_owner = text_of(event.person());
    state.confirmed = context.index;
  }
}

void decide_consent(const body::OwnerLeaseConsentRecorded& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_signature_blocks(event.signatures(), decision);
  const TenancyStage stage = tenancy_stage(world, view_of(event.tenancy_id()));
  if (stage != TenancyStage::none) {
    decision.refuse_state(code_of(stage), code_of(TenancyStage::none));
  }
  if (!event.owner_verified() || !is_owner(world, view_of(event.unit()), view_of(event.owner()))) {
    decision.refuse(owner_rule,
                    {fact("unit", view_of(event.unit())), fact("owner", view_of(event.owner()))});
  }
  const auto need = [&decision](bool present, std::string_view what) {
    if (!present) {
      decision.refuse(consent_rule, {fact("missing", what)});
    }
  };
  need(event.undertaking() != nullptr, "undertaking");
  need(event.lease() != nullptr, "lease");
  need(signed_by_owner(event.signatures(), view_of(event.owner())), "owner_signature");
  const auto lease_to = date_of(event.lease_to());
  if (lease_to && *lease_to < *date_of(event.lease_from())) {
    decision.refuse_schema("lease_to", "租期终止早于起始", "the lease ends before it begins");
  }
}

void apply_consent(const body::OwnerLeaseConsentRecorded& event,
                   const EventContext& context,
                   WorldChange& world) {
  TenancyState& tenancy = world.edit<TenancyState>(view_of(event.tenancy_id()));
  tenancy.unit = text_of(event.unit());
  tenancy.lease_from = date_of(event.lease_from());
  tenancy.lease_to = date_of(event.lease_to());
  tenancy.consented = context.index;
}

// H-MIN-1 where the owner has not consented; SCHEMA where the tenancy is of another unit.
void check_consent(std::string_view tenancy_id,
                   std::string_view unit,
                   const World& world,
                   Decision& decision) {
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  if (!tenancy.consented) {
    decision.refuse(consent_rule, {fact("tenancy", tenancy_id), fact("missing", "consent")});
  } else if (tenancy.unit != unit) {
    decision.refuse_schema("tenancy_id", "租赁不属于该房屋", "a tenancy of another unit");
  }
}

void decide_tenant(const body::TenantRegistered& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_consent(view_of(event.tenancy_id()), view_of(event.unit()), world, decision);
  const TenancyStage stage = tenancy_stage(world, view_of(event.tenancy_id()));
  if (stage > TenancyStage::consented) {
    decision.refuse_state(code_of(stage), code_of(TenancyStage::consented));
  }
  const auto* proofs = event.householder_id_proofs();
  if (proofs == nullptr || proofs->size() == 0) {
    decision.refuse(tenant_rule, {fact("missing", "householder_id_proofs")});
  }
  if (!signed_by(event.signatures(), view_of(event.tenant()), body::Capacity::TENANT)) {
    decision.refuse(tenant_rule, {fact("missing", "tenant_signature")});
  }
}

void apply_tenant(const body::TenantRegistered& event,
                  const EventContext& context,
                  WorldChange& world) {
  TenancyState& tenancy = world.edit<TenancyState>(view_of(event.tenancy_id()));
  tenancy.tenant = text_of(event.tenant());
  tenancy.use = static_cast<UnitUsage>(event.use());
  tenancy.registered = context.index;
  tie_person(world, view_of(event.tenant()), "tenancy:" + text_of(event.tenancy_id()));
}

template <class Body>
void decide_known_unit(const Body& event,
                       const EventContext&,
                       const World& world,
                       Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
}

void check_owner_moves_in(const body::MoveInRegistered& event,
                          const World& world,
                          Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const bool confirmed = world.get<MoveInState>(unit).confirmed_owner == view_of(event.person());
  if (!confirmed || !is_owner(world, unit, view_of(event.person()))) {
    decision.refuse(owner_rule, {fact("unit", unit), fact("person", view_of(event.person()))});
  }
}

void check_tenant_moves_in(const body::MoveInRegistered& event,
                           const World& world,
                           Decision& decision) {
  if (event.tenancy_id() == nullptr) {
    decision.refuse_schema("tenancy_id", "租户入住须注明租赁编号", "a tenant names his tenancy");
    return;
  }
  const std::string_view tenancy_id = view_of(event.tenancy_id());
  check_consent(tenancy_id, view_of(event.unit()), world, decision);
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  if (!tenancy.registered || tenancy.tenant != view_of(event.person())) {
    decision.refuse(tenant_rule, {fact("missing", "registration"), fact("tenant", tenancy.tenant)});
  }
  if (!tenant_paper_signed(world, tenancy_id)) {
    decision.refuse(tenant_rule, {fact("missing", "safety_paper")});
  }
  const TenancyStage stage = tenancy_stage(world, tenancy_id);
  if (stage > TenancyStage::registered) {
    decision.refuse_state(code_of(stage), code_of(TenancyStage::registered));
  }
}

void decide_registered(const body::MoveInRegistered& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_unit_registered(world, unit, decision);
  check_not_in_future("moved_in_on", date_of(event.moved_in_on()), context, decision);
  const auto* state = world.find<UnitState>(unit);
  if (state != nullptr && !state->handed_over) {
    decision.refuse_state("NOT_HANDED_OVER", "HANDED_OVER");
  }
  if (event.who() == body::MovingParty::OWNER) {
    check_owner_moves_in(event, world, decision);
  } else {
    check_tenant_moves_in(event, world, decision);
  }
}

// Beside a running tenancy the owner is resident, and the unit stays the tenant's.
void move_owner_in(UnitState& unit, UnitUsage use) {
  unit.owner_resident = true;
  if (unit.occupant != UnitOccupant::tenant) {
    unit.occupant = UnitOccupant::owner;
    unit.use = use;
  }
}

void move_tenant_in(UnitState& unit, UnitUsage use, std::string_view tenancy_id) {
  unit.occupant = UnitOccupant::tenant;
  unit.use = use;
  unit.tenancy = tenancy_id;
}

void apply_registered(const body::MoveInRegistered& event,
                      const EventContext& context,
                      WorldChange& world) {
  const CivilDate on = *date_of(event.moved_in_on());
  const auto use = static_cast<UnitUsage>(event.use());
  const bool owner = event.who() == body::MovingParty::OWNER;
  change_unit(world, view_of(event.unit()), on, context, [&](UnitState& unit) {
    if (owner) {
      move_owner_in(unit, use);
    } else {
      move_tenant_in(unit, use, view_of(event.tenancy_id()));
    }
  });
  if (!owner) {
    TenancyState& tenancy = world.edit<TenancyState>(view_of(event.tenancy_id()));
    tenancy.moved_in = context.index;
    tenancy.moved_in_on = on;
  }
}

constexpr std::array handlers{
    event<body::MoveInConfirmed, decide_confirmed, apply_confirmed>("MoveInConfirmed"),
    event<body::OwnerLeaseConsentRecorded, decide_consent, apply_consent>(
        "OwnerLeaseConsentRecorded"),
    event<body::TenantRegistered, decide_tenant, apply_tenant>("TenantRegistered"),
    event<body::MoveInCongratulated, decide_known_unit, apply_nothing>("MoveInCongratulated"),
    event<body::MoveInNotified, decide_known_unit, apply_nothing>("MoveInNotified"),
    event<body::ServiceActivationAssisted, decide_known_unit, apply_nothing>(
        "ServiceActivationAssisted"),
    event<body::BillingStartAnnotated, decide_known_unit, apply_nothing>("BillingStartAnnotated"),
    event<body::MoveInRegistered, decide_registered, apply_registered>("MoveInRegistered"),
    event<body::OccupantFileUpdated, decide_known_unit, apply_nothing>("OccupantFileUpdated"),
};

constexpr std::array rules{consent_rule, tenant_rule, owner_rule};

constexpr std::array states{state_type<TenancyState>("tenancy"),
                            state_type<MoveInState>("move_in")};

}  // namespace

const Procedure& move_in_procedure() {
  static constexpr Procedure procedure{
      "P03", "move_in", "客户入住", "Customer move-in", move_in_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
