// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/decoration/case_rules.h"

#include "events/procedures/parties.h"

#include <algorithm>

namespace juanzong {
namespace {

template <class Test>
bool any_block(const SignatureList* signatures, const Test& test) {
  return signatures != nullptr &&
         std::any_of(signatures->begin(),
                     signatures->end(),
                     [&test](const body::SignatureBlock* block) { return test(*block); });
}

}  // namespace

bool is_signature_of_contractor(const body::SignatureBlock& block, const DecorationCase& deco) {
  if (deco.contractor.empty()) {
    return false;
  }
  if (block.capacity() == body::Capacity::CONTRACTOR_AGENT) {
    return block.authority_doc() != nullptr;
  }
  const std::string_view signer = view_of(block.signer());
  return block.capacity() == body::Capacity::CONTRACTOR &&
         (signer == deco.contractor || signer == deco.principal);
}

bool signed_by_contractor(const SignatureList* signatures, const DecorationCase& deco) {
  return any_block(signatures, [&deco](const body::SignatureBlock& block) {
    return is_signature_of_contractor(block, deco);
  });
}

bool signed_by_any_staff(const SignatureList* signatures, const World& world) {
  return any_block(signatures, [&world](const body::SignatureBlock& block) {
    return block.capacity() == body::Capacity::STAFF &&
           world.get<StaffState>(view_of(block.signer())).registered;
  });
}

void require_signature(bool present, std::string_view who, Decision& decision) {
  if (!present) {
    decision.refuse_schema("signatures",
                           "缺少必要的签字:" + std::string(who),
                           "signature missing: " + std::string(who));
  }
}

void check_stage(DecorationStage stage, CaseStages rule, Decision& decision) {
  if (!(rule.accepted | rule.explained).has(stage)) {
    decision.refuse_state(name_of(stage), names_of(rule.accepted, decoration_stage_count));
  }
}

void check_stage(DepositStage stage, DepositStagesRule rule, Decision& decision) {
  if (!(rule.accepted | rule.explained).has(stage)) {
    decision.refuse_state(name_of(stage), names_of(rule.accepted, deposit_stage_count));
  }
}

void check_unit(std::string_view unit, const DecorationCase& deco, Decision& decision) {
  if (unit != deco.unit) {
    decision.refuse_schema("unit", "房屋与装修个案不符", "the unit is not the case's");
  }
}

void check_case_of(std::string_view deco_id, const DepositState& deposit, Decision& decision) {
  if (deco_id != deposit.case_id) {
    decision.refuse_schema("deco_id", "押金不属于该装修个案", "the deposit is not the case's");
  }
}

}  // namespace juanzong
