// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/handovers.h"

#include "events/procedures/charges.h"
#include "events/procedures/policy.h"
#include "events/procedures/safety_papers.h"
#include "events/procedures/units.h"
#include "events/schema/common_generated.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 7> stages{
    "NONE", "VERIFIED", "READY", "DOCS_SIGNED", "KEYS_OUT", "COMPLETED", "DECLINED"};
constexpr std::array<std::string_view, 5> formalities{
    "IDENTITY", "OWNER_FILE", "SAFETY_PAPER", "HALF_YEAR_FEE", "DOCUMENT_RECEIPT"};

constexpr auto property_fee = static_cast<std::uint8_t>(body::Purpose::PROPERTY_FEE);

bool owes_property_fee(const World& world, std::string_view unit, std::string_view owner) {
  return std::ranges::any_of(open_charges(world, unit), [owner](const OpenCharge& open) {
    return open.charge.party == owner && open.charge.purpose == property_fee;
  });
}

bool safety_paper_signed(const World& world, std::string_view unit, std::string_view owner) {
  return find_safety_paper(world, unit, SafetyPaper::handover, owner) != nullptr;
}

bool fee_missing(const World& world, std::string_view unit, CivilDate today) {
  const auto state = world.get<HandoverState>(unit);
  return fee_before_key(world, unit, today) && owes_property_fee(world, unit, state.owner);
}

}  // namespace

int HandoverState::open_defects() const {
  return static_cast<int>(std::ranges::count_if(
      defects, [](const auto& defect) { return !defect.second.rectified_on.has_value(); }));
}

std::string_view code_of(HandoverStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

std::string_view code_of(Formality formality) {
  return formalities[static_cast<std::size_t>(formality)];
}

CivilDate judged_on(const HandoverState& state, CivilDate today) {
  return state.begun_on.value_or(today);
}

bool fee_before_key(const World& world, std::string_view unit, CivilDate today) {
  const CivilDate on = judged_on(world.get<HandoverState>(unit), today);
  return policy_flag(world, "handover.fee_before_key", on).value_or(true);
}

HandoverStage handover_stage(const World& world, std::string_view unit, CivilDate today) {
  const auto state = world.get<HandoverState>(unit);
  if (state.completed) {
    return HandoverStage::completed;
  }
  if (state.declined) {
    return HandoverStage::declined;
  }
  if (!state.verified) {
    return HandoverStage::none;
  }
  if (state.receipt) {
    return state.keys_out ? HandoverStage::keys_out : HandoverStage::docs_signed;
  }
  const bool ready = state.documents && state.owner_file &&
                     safety_paper_signed(world, unit, state.owner) &&
                     !fee_missing(world, unit, today);
  return ready ? HandoverStage::ready : HandoverStage::verified;
}

std::string owner_of_handover(const World& world, std::string_view unit) {
  const auto state = world.get<HandoverState>(unit);
  return state.completed ? world.get<UnitState>(unit).owner : state.owner;
}

std::vector<Formality> key_issue_obstacles(const World& world,
                                           std::string_view unit,
                                           CivilDate today) {
  const auto state = world.get<HandoverState>(unit);
  std::vector<Formality> missing;
  const auto need = [&missing](bool done, Formality formality) {
    if (!done) {
      missing.push_back(formality);
    }
  };
  need(state.verified.has_value(), Formality::identity);
  need(state.owner_file.has_value(), Formality::owner_file);
  need(safety_paper_signed(world, unit, state.owner), Formality::safety_paper);
  need(!fee_missing(world, unit, today), Formality::half_year_fee);
  need(state.receipt.has_value(), Formality::document_receipt);
  return missing;
}

std::vector<Fact> key_issue_problems(const World& world,
                                     std::string_view unit,
                                     std::string_view fee_charge_id,
                                     CivilDate today) {
  std::vector<Fact> problems;
  for (const Formality missing : key_issue_obstacles(world, unit, today)) {
    problems.push_back(fact("missing", code_of(missing)));
  }
  if (!fee_before_key(world, unit, today)) {
    return problems;
  }
  const auto charge = world.get<ChargeState>(fee_charge_id);
  const CivilDate from = charge.period_from.value_or(today);
  const HalfYear expected{std::string(unit),
                          world.get<HandoverState>(unit).owner,
                          from,
                          prepaid_end(world, unit, from, today)};
  auto of_charge = half_year_problems(world, fee_charge_id, expected);
  if (!of_charge.empty()) {
    problems.push_back(fact("fee_charge_id", fee_charge_id));
    std::ranges::move(of_charge, std::back_inserter(problems));
  }
  return problems;
}

CivilDate prepaid_end(const World& world, std::string_view unit, CivilDate start, CivilDate today) {
  const CivilDate on = judged_on(world.get<HandoverState>(unit), today);
  const auto months = policy_number(world, "handover.prepay_months", on).value_or(6);
  return add_months(start, static_cast<std::int32_t>(std::min<std::int64_t>(months, 1200)));
}

std::vector<Fact> half_year_problems(const World& world,
                                     std::string_view charge_id,
                                     const HalfYear& expected) {
  const auto* charge = world.find<ChargeState>(charge_id);
  if (charge == nullptr) {
    return {fact("charge", "unknown")};
  }
  std::vector<Fact> problems;
  const auto need = [&problems](bool fits, Fact problem) {
    if (!fits) {
      problems.push_back(std::move(problem));
    }
  };
  need(charge->unit == expected.unit, fact("charge_unit", charge->unit));
  need(charge->party == expected.owner, fact("charge_party", charge->party));
  need(charge->purpose == property_fee, fact("charge_purpose", purpose_code(charge->purpose)));
  need(!charge->reversed, fact("charge", "reversed"));
  need(charge->period_from == expected.from, fact("period_from_expected", expected.from));
  need(charge->period_to == expected.end, fact("period_to_expected", expected.end));
  need(!expected.settled || charge->open() == zero_fen, fact("open", charge->open()));
  return problems;
}

void check_rectification_key(bool signed_by_the_owner,
                             std::string_view unit,
                             const World& world,
                             Decision& decision) {
  if (!signed_by_the_owner) {
    decision.refuse(rectification_key_rule, {fact("unit", unit), fact("owner_signature", "none")});
  }
  if (world.get<HandoverState>(unit).open_defects() == 0) {
    decision.refuse(rectification_key_rule, {fact("unit", unit), fact("open_defects", "0")});
  }
}

}  // namespace juanzong
