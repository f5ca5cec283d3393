// SPDX-License-Identifier: Apache-2.0
// DepositBeneficiaryReassigned: a deposit follows its payer unless both sides sign (A13).
#include "events/procedures/fees/fees_rules.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/signatures.h"

#include <algorithm>

namespace juanzong::fees {
namespace {

bool is_party(body::Capacity capacity) {
  return capacity == body::Capacity::OWNER || capacity == body::Capacity::TENANT ||
         capacity == body::Capacity::CONTRACTOR || capacity == body::Capacity::CUSTOMER ||
         capacity == body::Capacity::COMPANY_REP;
}

bool signed_himself(const SignatureList& signatures, std::string_view party) {
  return std::any_of(signatures.begin(), signatures.end(), [party](const auto* block) {
    return is_party(block->capacity()) && view_of(block->signer()) == party;
  });
}

// An agent stands for one absent side; his block must carry the power of attorney.
std::ptrdiff_t agents_in(const SignatureList& signatures) {
  return std::count_if(signatures.begin(), signatures.end(), [](const auto* block) {
    const bool agent = block->capacity() == body::Capacity::OWNER_AGENT ||
                       block->capacity() == body::Capacity::CONTRACTOR_AGENT;
    return agent && block->authority_doc() != nullptr;
  });
}

void check_sides(const body::DepositBeneficiaryReassigned& event, Decision& decision) {
  std::vector<Fact> missing;
  for (const std::string_view party : {view_of(event.from()), view_of(event.to())}) {
    if (!signed_himself(*event.signatures(), party)) {
      missing.push_back(fact("missing_signature", party));
    }
  }
  if (static_cast<std::ptrdiff_t>(missing.size()) > agents_in(*event.signatures())) {
    decision.refuse(signature_rule, std::move(missing));
  }
}

std::string_view stage_of(const DepositState& deposit) {
  if (deposit.payment_reversed) {
    return "NONE";
  }
  return deposit.refund ? "REFUNDED" : "HELD";
}

}  // namespace

void decide_beneficiary(const body::DepositBeneficiaryReassigned& event,
                        const EventContext&,
                        const World& world,
                        Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_sides(event, decision);
  const auto* deposit = world.find<DepositState>(view_of(event.deposit_id()));
  if (deposit == nullptr || !deposit->exists()) {
    decision.refuse(original_rule, {fact("deposit_id", view_of(event.deposit_id()))});
    return;
  }
  check_same_case(
      view_of(event.unit()), view_of(event.case_ref()), deposit->unit, case_of(*deposit), decision);
  if (!deposit->held()) {
    decision.refuse_state(stage_of(*deposit), "HELD … APPROVED");
  }
  if (deposit->beneficiary != view_of(event.from()) || event.from()->str() == event.to()->str()) {
    decision.refuse(original_rule,
                    {fact("from", view_of(event.from())), fact("expected", deposit->beneficiary)});
  }
}

// From CALCULATED on the deposit returns to INSPECTED: another person is to be paid.
void apply_beneficiary(const body::DepositBeneficiaryReassigned& event,
                       const EventContext&,
                       WorldChange& world) {
  DepositState& deposit = world.edit<DepositState>(view_of(event.deposit_id()));
  deposit.beneficiary = text_of(event.to());
  make_calculation_stale(deposit);
  tie_person(world, view_of(event.to()), "deposit:" + text_of(event.deposit_id()));
}

}  // namespace juanzong::fees
