// SPDX-License-Identifier: Apache-2.0
// The slip (《物品放行条》): who must have agreed and signed by nature and carrier, what must be
// settled by who moves out, and which items may stand on it.
#include "events/procedures/case_checks.h"
#include "events/procedures/goods_release/rules.h"
#include "events/procedures/policy.h"
#include "events/procedures/register_numbers.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::goods_release {
namespace {

using body::Capacity;
using body::CarrierRelation;

// A slip to be issued, as its rules see it. References hold for one decide() or apply().
struct Question {
  const body::GoodsReleaseSlipIssued& event;
  const ReleaseSlipState& slip;
  const World& world;
  CivilDate today;

  [[nodiscard]] CarrierRelation relation() const {
    return static_cast<CarrierRelation>(slip.relation);
  }
  [[nodiscard]] bool moves_out() const {
    return static_cast<body::ReleaseNature>(slip.nature) == body::ReleaseNature::MOVE_OUT;
  }
  [[nodiscard]] bool of_tenant() const { return !slip.tenancy_id.empty(); }
  [[nodiscard]] std::string owner() const { return world.get<UnitState>(slip.unit).owner; }
  [[nodiscard]] bool policy(std::string_view key) const {
    return policy_flag(world, key, slip.requested_on).value_or(false);
  }
};

// Who must agree: the decision table of DOMAIN P04.
struct Needed {
  bool owner = false;
  bool company = false;
};

Needed needed_consents(const Question& question) {
  switch (question.relation()) {
    case CarrierRelation::OWNER:
      return {};
    case CarrierRelation::TENANT:
      return {question.moves_out() || question.policy("goods.tenant_temporary_needs_owner"), false};
    case CarrierRelation::OFFICE_STAFF:
      return {question.moves_out() && question.of_tenant(), true};
    default:
      return {true, false};
  }
}

// A call is recorded by an event of its own (H-REL-4), not by a block on the slip.
template <class Predicate>
bool signed_in_person(const Question& question, Predicate predicate) {
  const SignatureList* signatures = question.event.signatures();
  return signatures != nullptr &&
         std::any_of(
             signatures->begin(), signatures->end(), [&](const body::SignatureBlock* block) {
               return block->method() != body::SignatureMethod::PHONE_RECORDED && predicate(*block);
             });
}

// The owner who carries himself signs once for both.
bool owner_signed(const Question& question) {
  const std::string owner = question.owner();
  const bool carries = question.relation() == CarrierRelation::OWNER;
  return signed_in_person(question, [&](const body::SignatureBlock& block) {
    const bool as_carrier =
        carries && block.capacity() == Capacity::CARRIER && view_of(block.signer()) == owner;
    return as_carrier || is_signature_of_owner(block, owner);
  });
}

bool company_signed(const Question& question) {
  return signed_in_person(question, [](const body::SignatureBlock& block) {
    return block.capacity() == Capacity::COMPANY_REP;
  });
}

bool carrier_signed(const Question& question) {
  return signed_in_person(question, [&](const body::SignatureBlock& block) {
    const Capacity capacity = block.capacity();
    const bool fits =
        capacity == Capacity::CARRIER ||
        (capacity == Capacity::OWNER && question.relation() == CarrierRelation::OWNER) ||
        (capacity == Capacity::TENANT && question.relation() == CarrierRelation::TENANT);
    return fits && view_of(block.signer()) == question.slip.carrier;
  });
}

// His latest word: for this slip, or for the tenant's move-out as a whole.
bool owner_agreed_by_phone(const Question& question) {
  const auto& word = question.slip.owner_word;
  if (question.moves_out() && question.of_tenant()) {
    const auto consented = question.world.get<MoveOutState>(question.slip.tenancy_id).consented;
    if (consented && (!word || *consented > word->index)) {
      return true;
    }
  }
  return word && word->consents;
}

bool company_agreed_by_phone(const Question& question) {
  return question.slip.company_word && question.slip.company_word->consents;
}

bool owner_agreed(const Question& question) {
  return owner_signed(question) || owner_agreed_by_phone(question);
}

bool company_agreed(const Question& question) {
  return company_signed(question) || company_agreed_by_phone(question);
}

void check_consents(const Question& question, Decision& decision) {
  const Needed needed = needed_consents(question);
  const auto refuse = [&](std::string_view whose, const std::optional<ReleaseWord>& word) {
    decision.refuse(consent_rule,
                    {fact("missing", whose),
                     fact("relation", body::EnumNameCarrierRelation(question.relation())),
                     fact("word", word ? "no" : "none")});
  };
  const auto& word = question.slip.owner_word;
  if (needed.owner && !owner_agreed(question)) {
    refuse("owner", word);
    const auto& failed = question.slip.failed_calls;
    if (failed && (!word || failed->index > word->index)) {
      decision.refuse(unreachable_rule, {fact("attempts", std::to_string(failed->attempts))});
    }
  }
  if (needed.company && !company_agreed(question)) {
    refuse("company", question.slip.company_word);
  }
}

// The third signature: of the owner, for office staff of the company, for a tenant's own temporary
// goods of the tenant.
struct Third {
  std::string_view whose;
  bool in_person = false;
  bool by_phone = false;
  bool consent_missing = false;  // H-REL-2 says so
};

Third third_signature(const Question& question) {
  const Needed needed = needed_consents(question);
  const bool phone_counts = question.policy("goods.phone_consent_substitutes_signature");
  if (question.relation() == CarrierRelation::OFFICE_STAFF) {
    return {"COMPANY_REP",
            company_signed(question),
            phone_counts && company_agreed_by_phone(question),
            !company_agreed(question)};
  }
  if (question.relation() == CarrierRelation::TENANT && !needed.owner) {
    const bool signed_himself = signed_in_person(question, [&](const body::SignatureBlock& block) {
      return block.capacity() == Capacity::TENANT && view_of(block.signer()) == question.slip.party;
    });
    return {"TENANT", signed_himself, false, false};
  }
  return {"OWNER",
          owner_signed(question),
          phone_counts && needed.owner && owner_agreed_by_phone(question),
          needed.owner && !owner_agreed(question)};
}

void check_form(const Question& question, Decision& decision) {
  std::vector<Fact> faults;
  const auto need = [&faults](bool done, std::string_view what) {
    if (!done) {
      faults.push_back(fact("missing", what));
    }
  };
  need(question.event.blanks_struck(), "blanks_struck");
  need(signed_by_staff(question.event.signatures(), Role::csa, question.world), "STAFF:CSA");
  need(carrier_signed(question), "CARRIER");
  const Third third = third_signature(question);
  need(third.in_person || third.by_phone || third.consent_missing, third.whose);
  if (!faults.empty()) {
    decision.refuse(slip_rule, std::move(faults));
  }
}

// H-REL-1: the cashier's word of this very day, and the ledger at this moment.
void check_clearance(const Question& question, Decision& decision) {
  const ReleaseSlipState& slip = question.slip;
  const auto state = question.world.get<ClearanceState>(slip.unit);
  const auto clearance = state.by_party.find(slip.party);
  const bool confirmed = clearance != state.by_party.end() && clearance->second.cleared &&
                         clearance->second.as_of == question.today;
  auto facts = facts_of(arrears_of_mover(question.world, slip.unit, slip.party, question.today),
                        question.today);
  if (!confirmed) {
    facts.push_back(fact("clearance_needed_as_of", question.today));
  }
  if (!facts.empty()) {
    decision.refuse(clearance_rule, std::move(facts));
  }
}

void check_move_out(const Question& question, Decision& decision) {
  const std::string_view tenancy_id = question.slip.tenancy_id;
  const auto state = question.world.get<MoveOutState>(tenancy_id);
  const auto tenancy = question.world.get<TenancyState>(tenancy_id);
  auto owing = facts_of(arrears_of(question.world, tenancy.unit, tenancy.tenant, question.today),
                        question.today);
  if (!state.settled) {
    owing.push_back(fact("settled", "none"));
  }
  const bool settled = owing.empty();
  if (!settled) {
    decision.refuse(move_out_arrears_rule, std::move(owing));
  }
  if (!state.consented) {
    decision.refuse(move_out_consent_rule, {fact("tenancy", tenancy_id), fact("missing", "owner")});
  }
  const TenancyStage stage = tenancy_stage(question.world, tenancy_id);
  if (settled && state.consented && stage != TenancyStage::cleared) {
    decision.refuse(move_out_slip_rule,
                    {fact("state", code_of(stage)), fact("accepted_in", "CLEARED")});
  }
  auto kept = items_named(*question.event.items(), state.not_to_remove);
  if (!kept.empty()) {
    decision.refuse(not_to_remove_rule, std::move(kept));
  }
}

void check_items_of_slip(const Question& question, Decision& decision) {
  const ItemList& items = *question.event.items();
  check_items(items, decision);
  check_large(items, decision);
  if (!items_beyond(items, question.slip.items).empty()) {
    decision.refuse_schema(
        "items", "物品未申报或多于申报", "an item, or so many, were not declared");
  }
  for (const auto& word : {question.slip.owner_word, question.slip.company_word}) {
    auto kept = word ? items_named(items, word->not_to_remove) : std::vector<Fact>{};
    if (!kept.empty()) {
      decision.refuse(consent_rule, std::move(kept));
    }
  }
}

void check_numbers(const Question& question, Decision& decision) {
  const auto number = register_key("slip_no", view_of(question.event.slip_no()));
  if (question.world.find<RegisterNumberState>(number) != nullptr) {
    decision.refuse_schema("slip_no", "放行条编号已使用", "this number is taken");
  }
  if (view_of(question.event.tenancy_id()) != question.slip.tenancy_id) {
    decision.refuse_schema("tenancy_id", "与申报不符", "not the tenancy of the request");
  }
}

void decide_issued(const body::GoodsReleaseSlipIssued& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const ReleaseSlipState* slip =
      find_slip(world, view_of(event.slip_id()), view_of(event.unit()), decision);
  if (slip == nullptr) {
    return;
  }
  const ReleaseStage stage = slip->stage();
  if (slip->issued) {
    decision.refuse_state(name_of(stage), "REQUESTED REFUSED");
    return;
  }
  if (static_cast<body::IdCheck>(slip->id_checked) == body::IdCheck::NONE) {
    decision.refuse_schema("id_checked", "携带人身份未核实", "the carrier was not identified");
  }
  const Question question{event, *slip, world, context.today};
  if (question.moves_out()) {
    check_clearance(question, decision);
  }
  check_consents(question, decision);
  if (question.moves_out() && question.of_tenant()) {
    check_move_out(question, decision);
  }
  check_form(question, decision);
  check_items_of_slip(question, decision);
  check_numbers(question, decision);
}

void apply_issued(const body::GoodsReleaseSlipIssued& event,
                  const EventContext& context,
                  WorldChange& world) {
  const std::string slip_id = text_of(event.slip_id());
  const auto slip = world.get<ReleaseSlipState>(slip_id);
  const Question question{event, slip, world, context.today};
  IssuedSlip issued{context.index, context.today, text_of(event.slip_no()), {}, false, {}};
  issued.items = goods_of(*event.items());
  issued.by_phone = !third_signature(question).in_person;
  if (question.moves_out()) {
    const auto clearances = world.get<ClearanceState>(slip.unit);
    const auto found = clearances.by_party.find(slip.party);
    if (found != clearances.by_party.end()) {
      issued.clearance = found->second.index;
    }
  }
  world.edit<RegisterNumberState>(register_key("slip_no", issued.slip_no)).holder = slip_id;
  world.edit<ReleaseSlipState>(slip_id).issued = std::move(issued);
}

constexpr std::array handlers{
    event<body::GoodsReleaseSlipIssued, decide_issued, apply_issued>("GoodsReleaseSlipIssued"),
};

}  // namespace

std::span<const EventHandler> slip_handlers() {
  return handlers;
}

}  // namespace juanzong::goods_release
