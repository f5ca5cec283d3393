// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/person_ties.h"

#include "events/procedures/case_machine.h"
#include "events/procedures/complaint_cases.h"
#include "events/procedures/decorations.h"
#include "events/procedures/deposits.h"
#include "events/procedures/handovers.h"
#include "events/procedures/parties.h"
#include "events/procedures/signature_disputes.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

std::string numbered(std::string_view person, std::uint32_t number) {
  return std::string(person) + "/" + std::to_string(number);
}

struct Question {
  const World& world;
  std::string_view person;
  std::string_view id;  // what the tie names, without its prefix
  CivilDate today;
};

bool owes(const Question& question, std::string_view unit) {
  return !arrears_of(question.world, unit, question.person, question.today).charge_ids.empty();
}

void judge_unit(const Question& question, PersonTie& tie) {
  const auto unit = question.world.get<UnitState>(question.id);
  tie.holds = unit.owner == question.person || owes(question, question.id);
  for (const FormerOwner& former : unit.former_owners) {
    if (former.owner == question.person) {
      tie.ended = question.world.zone().date_of(former.until);
    }
  }
}

// Until the unit has its owner, who is on the roster or was identified has a claim to it.
void judge_handover(const Question& question, PersonTie& tie) {
  const auto handover = question.world.get<HandoverState>(question.id);
  const bool expected =
      handover.roster_owner == question.person || handover.owner == question.person;
  tie.holds = expected && question.world.get<UnitState>(question.id).owner.empty();
}

void judge_tenancy(const Question& question, PersonTie& tie) {
  const auto tenancy = question.world.get<TenancyState>(question.id);
  tie.ended = question.world.get<MoveOutState>(question.id).ended_on;
  tie.holds = tenancy_stage(question.world, question.id) != TenancyStage::ended ||
              owes(question, tenancy.unit);
}

void judge_deposit(const Question& question, PersonTie& tie) {
  const auto deposit = question.world.get<DepositState>(question.id);
  tie.holds = deposit.held();
  tie.ended = deposit.refund ? deposit.refund->on : deposit.paid_on;
}

// A rejected application asks for nothing any more; the owner may apply again.
void judge_decoration(const Question& question, PersonTie& tie) {
  const auto deco = question.world.get<DecorationCase>(question.id);
  tie.ended = deco.accepted_on ? deco.accepted_on : deco.cancelled_on;
  tie.holds = !tie.ended && deco.stage != DecorationStage::rejected;
  for (const std::string& deposit : deco.deposits) {
    tie.holds |= question.world.get<DepositState>(deposit).held();
  }
}

void judge_complaint(const Question& question, PersonTie& tie) {
  const CaseFileState* file = find_case(question.world, complaint_stream, question.id);
  tie.holds = complaint_stage(question.world, question.id) != ComplaintStage::closed;
  if (file != nullptr) {
    tie.ended = question.world.zone().date_of(file->last_at);
  }
}

void judge_staff(const Question& question, PersonTie& tie) {
  tie.holds = question.world.get<StaffState>(question.id).roles != RoleSet{};
}

void judge_signature(const Question& question, PersonTie& tie) {
  const auto* dispute = question.world.find<SignatureDisputeState>(question.id);
  tie.holds = dispute != nullptr && dispute->standing == SignatureStanding::disputed;
}

struct TieKind {
  std::string_view prefix;
  void (*judge)(const Question& question, PersonTie& tie);
};
constexpr std::array<TieKind, 8> kinds{{
    {"unit", judge_unit},
    {"handover", judge_handover},
    {"tenancy", judge_tenancy},
    {"deposit", judge_deposit},
    {"deco", judge_decoration},
    {"complaint", judge_complaint},
    {"staff", judge_staff},
    {"signature", judge_signature},
}};

}  // namespace

void tie_person(WorldChange& world, std::string_view person, std::string_view about) {
  if (!hex16(person)) {
    return;
  }
  const std::uint32_t number = world.edit<PersonTieState>(person).count++;
  world.edit<PersonTieState>(numbered(person, number)).about = about;
}

std::vector<PersonTie> ties_of(const World& world, std::string_view person, CivilDate today) {
  std::vector<PersonTie> ties;
  const std::uint32_t count = world.get<PersonTieState>(person).count;
  for (std::uint32_t number = 0; number < count; ++number) {
    PersonTie tie{world.get<PersonTieState>(numbered(person, number)).about, false, std::nullopt};
    const std::string_view about = tie.about;
    const std::size_t colon = about.find(':');
    const auto kind = std::ranges::find(kinds, about.substr(0, colon), &TieKind::prefix);
    if (kind != kinds.end()) {
      kind->judge({world, person, about.substr(colon + 1), today}, tie);
    }
    ties.push_back(std::move(tie));
  }
  return ties;
}

}  // namespace juanzong
