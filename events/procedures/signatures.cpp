// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/signatures.h"

#include <algorithm>

namespace juanzong {
namespace {

using body::Capacity;

Capacity principal_of(Capacity capacity) {
  switch (capacity) {
    case Capacity::OWNER_AGENT:
      return Capacity::OWNER;
    case Capacity::CONTRACTOR_AGENT:
      return Capacity::CONTRACTOR;
    default:
      return capacity;
  }
}

bool is_agent(const body::SignatureBlock& block) {
  return principal_of(block.capacity()) != block.capacity();
}

bool counts(const body::SignatureBlock& block) {
  return !is_agent(block) || block.authority_doc() != nullptr;
}

template <class Predicate>
bool any(const SignatureList* signatures, Predicate predicate) {
  return signatures != nullptr &&
         std::any_of(signatures->begin(),
                     signatures->end(),
                     [&](const body::SignatureBlock* block) { return predicate(*block); });
}

}  // namespace

void check_signature_blocks(const SignatureList* signatures, Decision& decision) {
  if (any(signatures, [](const body::SignatureBlock& block) { return !counts(block); })) {
    decision.refuse_schema("signatures.authority_doc",
                           "代理人签名必须附委托书",
                           "an agent's signature needs the power of attorney");
  }
}

bool is_signature_of_owner(const body::SignatureBlock& block, std::string_view owner) {
  const bool himself = block.capacity() == Capacity::OWNER && view_of(block.signer()) == owner;
  const bool agent = block.capacity() == Capacity::OWNER_AGENT && counts(block);
  return !owner.empty() && (himself || agent);
}

bool is_signature_of_staff(const body::SignatureBlock& block, Role role, const World& world) {
  return block.capacity() == Capacity::STAFF && view_of(block.staff_role()) == code_of(role) &&
         staff_has_role(world, view_of(block.signer()), role);
}

bool signed_by_owner(const SignatureList* signatures, std::string_view owner) {
  return any(signatures, [owner](const body::SignatureBlock& block) {
    return is_signature_of_owner(block, owner);
  });
}

bool signed_in_capacity(const SignatureList* signatures, body::Capacity capacity) {
  return any(signatures, [capacity](const body::SignatureBlock& block) {
    return principal_of(block.capacity()) == capacity && counts(block);
  });
}

bool signed_by(const SignatureList* signatures, std::string_view signer, body::Capacity capacity) {
  return any(signatures, [signer, capacity](const body::SignatureBlock& block) {
    return block.capacity() == capacity && view_of(block.signer()) == signer;
  });
}

bool signed_by_staff(const SignatureList* signatures, Role role, const World& world) {
  return any(signatures, [role, &world](const body::SignatureBlock& block) {
    return is_signature_of_staff(block, role, world);
  });
}

bool signed_by_member(const SignatureList* signatures, std::string_view staff, const World& world) {
  return is_staff(world, staff) && signed_by(signatures, staff, body::Capacity::STAFF);
}

bool all_signed_on_or_after(const SignatureList* signatures, CivilDate day, const CivilZone& zone) {
  return !any(signatures, [day, &zone](const body::SignatureBlock& block) {
    const auto at = parse_instant(view_of(block.signed_at()));
    return !at || zone.date_of(*at) < day;
  });
}

}  // namespace juanzong
