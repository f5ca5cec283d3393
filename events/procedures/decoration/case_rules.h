// SPDX-License-Identifier: Apache-2.0
// How the rules of a decoration case are asked. Each row of a handler table names its event, the
// stages in which the event is accepted, and the stages in which a rule itself says what is
// missing; in all others the answer is STATE_REFUSED. What every event of a case must satisfy (its
// case and deposit exist, the unit is theirs, agents have authority) is asked here, once.
#pragma once

#include "events/procedures/decoration/refund.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/procedure.h"
#include "events/procedures/signatures.h"
#include "events/procedures/units.h"

#include <span>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] std::span<const DeadlineRule> decoration_deadlines();

[[nodiscard]] std::span<const EventHandler> application_handlers();
[[nodiscard]] std::span<const EventHandler> contract_handlers();
[[nodiscard]] std::span<const EventHandler> violation_handlers();
[[nodiscard]] std::span<const EventHandler> acceptance_handlers();
[[nodiscard]] std::span<const EventHandler> request_handlers();
[[nodiscard]] std::span<const EventHandler> refund_handlers();

// An event of a case, as its rules see it. References hold for one decide().
struct CaseQuestion {
  std::string_view id;
  const DecorationCase& deco;
  DecorationStage stage;
  const EventContext& context;
  const World& world;

  // The unit's owner at this moment; empty: unknown.
  [[nodiscard]] std::string owner() const { return world.get<UnitState>(deco.unit).owner; }
};

// An event of a deposit. `earliest` is the first day of its refund, once it is known.
struct DepositQuestion {
  std::string_view id;
  const DepositState& deposit;
  DepositStage stage;
  std::optional<CivilDate> earliest;
  CaseQuestion of_case;
};

struct CaseStages {
  DecorationStages accepted;
  DecorationStages explained{};  // a rule of the event gives the reason
};
struct DepositStagesRule {
  DepositStages accepted;
  DepositStages explained{};
};

// The contractor of the case: the company, its person in charge, or an agent with authority.
[[nodiscard]] bool is_signature_of_contractor(const body::SignatureBlock& block,
                                              const DecorationCase& deco);
[[nodiscard]] bool signed_by_contractor(const SignatureList* signatures,
                                        const DecorationCase& deco);
// Any registered member of staff, signing as such.
[[nodiscard]] bool signed_by_any_staff(const SignatureList* signatures, const World& world);
// For signatures that no numbered rule asks for.
void require_signature(bool present, std::string_view who, Decision& decision);

// Refuses a stage the event is not accepted in.
void check_stage(DecorationStage stage, CaseStages rule, Decision& decision);
void check_stage(DepositStage stage, DepositStagesRule rule, Decision& decision);
void check_unit(std::string_view unit, const DecorationCase& deco, Decision& decision);
void check_case_of(std::string_view deco_id, const DepositState& deposit, Decision& decision);

template <class Body>
using CaseDecide = void (*)(const Body&, const CaseQuestion&, Decision&);
template <class Body>
using DepositDecide = void (*)(const Body&, const DepositQuestion&, Decision&);

template <class Body>
void decide_no_more(const Body&, const CaseQuestion&, Decision&) {}

// What the fields themselves say, whatever the event.
template <class Body>
void check_fields(const Body& event, const DecorationCase& deco, Decision& decision) {
  if constexpr (requires { event.signatures(); }) {
    check_signature_blocks(event.signatures(), decision);
  }
  if constexpr (requires { event.unit(); }) {
    check_unit(view_of(event.unit()), deco, decision);
  }
}

template <class Body, CaseStages stages, CaseDecide<Body> decide>
void decide_of_case(const Body& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const auto* deco = world.find<DecorationCase>(view_of(event.deco_id()));
  if (deco == nullptr) {
    check_stage(DecorationStage::none, CaseStages{stages.accepted}, decision);
    return;
  }
  const std::string_view id = view_of(event.deco_id());
  const CaseQuestion question{id, *deco, stage_of(world, id, *deco), context, world};
  check_stage(question.stage, stages, decision);
  check_fields(event, *deco, decision);
  decide(event, question, decision);
}

template <class Body, DepositStagesRule stages, DepositDecide<Body> decide>
void decide_of_deposit(const Body& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const std::string_view id = view_of(event.deposit_id());
  const auto* deposit = world.find<DepositState>(id);
  const auto* deco = deposit == nullptr ? nullptr : case_of(world, *deposit);
  if (deco == nullptr) {
    check_stage(DepositStage::none, DepositStagesRule{stages.accepted}, decision);
    return;
  }
  const std::string_view deco_id = deposit->case_id;
  const DepositQuestion question{id,
                                 *deposit,
                                 deposit_stage_of(world, id, context.today),
                                 earliest_refund(world, *deco),
                                 {deco_id, *deco, stage_of(world, deco_id, *deco), context, world}};
  check_stage(question.stage, stages, decision);
  check_case_of(view_of(event.deco_id()), *deposit, decision);
  check_fields(event, *deco, decision);
  decide(event, question, decision);
}

template <class Body, CaseStages stages, CaseDecide<Body> decide, ApplyFunction<Body> apply>
constexpr EventHandler case_event(std::string_view name) {
  return event<Body, decide_of_case<Body, stages, decide>, apply>(name);
}

template <class Body,
          DepositStagesRule stages,
          DepositDecide<Body> decide,
          ApplyFunction<Body> apply>
constexpr EventHandler deposit_event(std::string_view name) {
  return event<Body, decide_of_deposit<Body, stages, decide>, apply>(name);
}

}  // namespace juanzong
