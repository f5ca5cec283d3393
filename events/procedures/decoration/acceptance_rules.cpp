// SPDX-License-Identifier: Apache-2.0
// Completion acceptance (竣工验收, S0§2.15, 2.16): the day from which the refund waits.
#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/rules.h"
#include "events/procedures/rolls.h"

#include <array>

namespace juanzong {
namespace {

using Stage = DecorationStage;

void decide_requested(const body::CompletionAcceptanceRequested& event,
                      const CaseQuestion& question,
                      Decision& decision) {
  require_signature(signed_by_owner(event.signatures(), question.owner()), "OWNER", decision);
}

void apply_requested(const body::CompletionAcceptanceRequested& event,
                     const EventContext&,
                     WorldChange& world) {
  world.edit<DecorationCase>(view_of(event.deco_id())).stage = Stage::acceptance_requested;
}

// Engineering and security, each by staff or head.
std::vector<Fact> missing_departments(const SignatureList* signatures, const World& world) {
  const auto one_of = [&](Role staff, Role head) {
    return signed_by_staff(signatures, staff, world) || signed_by_staff(signatures, head, world);
  };
  std::vector<Fact> missing;
  if (!one_of(Role::eng, Role::engm)) {
    missing.push_back(fact("missing", "ENG"));
  }
  if (!one_of(Role::sec, Role::secm)) {
    missing.push_back(fact("missing", "SEC"));
  }
  return missing;
}

// The day of acceptance is today, or an earlier one that the scanned form and the project manager
// vouch for under a back entry; never a later one, and none before the entry.
void check_accepted_on(const body::CompletionAcceptancePassed& event,
                       const CaseQuestion& question,
                       Decision& decision) {
  const CivilDate accepted_on = *date_of(event.accepted_on());
  const CivilDate today = question.context.today;
  const bool vouched = question.context.back_entry && event.form() != nullptr &&
                       signed_by_staff(event.signatures(), Role::pm, question.world);
  const bool acceptable = accepted_on == today || (accepted_on < today && vouched);
  if (!acceptable) {
    decision.refuse(decoration_rules::waiting,
                    {fact("accepted_on", accepted_on), fact("today", today)});
  } else if (question.deco.entered_on && accepted_on < *question.deco.entered_on) {
    decision.refuse(
        decoration_rules::waiting,
        {fact("accepted_on", accepted_on), fact("entered_on", *question.deco.entered_on)});
  }
}

void decide_passed(const body::CompletionAcceptancePassed& event,
                   const CaseQuestion& question,
                   Decision& decision) {
  check_accepted_on(event, question, decision);
  std::vector<Fact> missing = missing_departments(event.signatures(), question.world);
  if (!signed_by_owner(event.signatures(), question.owner())) {
    missing.push_back(fact("missing", "OWNER"));
  }
  if (!missing.empty()) {
    decision.refuse(decoration_rules::acceptance, std::move(missing));
  }
}

// Another case may still be at work in the unit.
void apply_passed(const body::CompletionAcceptancePassed& event,
                  const EventContext& context,
                  WorldChange& world) {
  const CivilDate accepted_on = *date_of(event.accepted_on());
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.stage = Stage::accepted;
  deco.accepted_on = accepted_on;
  change_unit(world, view_of(event.unit()), accepted_on, context, [&event](UnitState& unit) {
    std::erase(unit.open_decorations, view_of(event.deco_id()));
    unit.decorating = !unit.open_decorations.empty();
  });
  leave_roll(site_roll, view_of(event.deco_id()), world);
}

void decide_failed(const body::CompletionAcceptanceFailed& event,
                   const CaseQuestion& question,
                   Decision& decision) {
  std::vector<Fact> missing = missing_departments(event.signatures(), question.world);
  if (!missing.empty()) {
    decision.refuse(decoration_rules::acceptance, std::move(missing));
  }
}

void apply_failed(const body::CompletionAcceptanceFailed& event,
                  const EventContext&,
                  WorldChange& world) {
  world.edit<DecorationCase>(view_of(event.deco_id())).stage = Stage::under_work;
}

constexpr std::array handlers{
    case_event<body::CompletionAcceptanceRequested,
               CaseStages{Stage::under_work},
               decide_requested,
               apply_requested>("CompletionAcceptanceRequested"),
    case_event<body::CompletionAcceptanceScheduled,
               CaseStages{Stage::acceptance_requested},
               decide_no_more,
               apply_nothing>("CompletionAcceptanceScheduled"),
    case_event<body::CompletionAcceptancePassed,
               CaseStages{Stage::acceptance_requested},
               decide_passed,
               apply_passed>("CompletionAcceptancePassed"),
    case_event<body::CompletionAcceptanceFailed,
               CaseStages{Stage::acceptance_requested},
               decide_failed,
               apply_failed>("CompletionAcceptanceFailed"),
};

}  // namespace

std::span<const EventHandler> acceptance_handlers() {
  return handlers;
}

}  // namespace juanzong
