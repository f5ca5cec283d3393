// SPDX-License-Identifier: Apache-2.0
// Signature blocks of business forms (业务表单签名): who must have signed, asked in one voice by
// all procedures. An agent counts as its principal only with a power of attorney (authority_doc).
#pragma once

#include "events/procedures/parties.h"
#include "events/procedures/procedure.h"
#include "events/schema/common_generated.h"

#include <string_view>

namespace juanzong {

using SignatureList = flatbuffers::Vector<flatbuffers::Offset<body::SignatureBlock>>;

// Refuses (SCHEMA) agents without authority_doc; every event with signatures asks this first.
void check_signature_blocks(const SignatureList* signatures, Decision& decision);

// The owner of the unit himself, or his agent with authority_doc. `owner` empty: nobody is.
[[nodiscard]] bool signed_by_owner(const SignatureList* signatures, std::string_view owner);
// Any signer in this capacity (CONTRACTOR also through CONTRACTOR_AGENT with authority_doc).
[[nodiscard]] bool signed_in_capacity(const SignatureList* signatures, body::Capacity capacity);
// `signer` himself in this capacity.
[[nodiscard]] bool signed_by(const SignatureList* signatures,
                             std::string_view signer,
                             body::Capacity capacity);
// A member of staff who holds the role at this moment, signing in that role.
[[nodiscard]] bool signed_by_staff(const SignatureList* signatures, Role role, const World& world);
// This registered member of staff, signing as such in whatever role.
[[nodiscard]] bool signed_by_member(const SignatureList* signatures,
                                    std::string_view staff,
                                    const World& world);
// The same of one block, for rules that do not count every block (H-DEC-14).
[[nodiscard]] bool is_signature_of_owner(const body::SignatureBlock& block, std::string_view owner);
[[nodiscard]] bool is_signature_of_staff(const body::SignatureBlock& block,
                                         Role role,
                                         const World& world);
// Whether a signature of this capacity was made before that civil day (H-DEC-13: signatures
// captured before the earliest refund date do not count).
[[nodiscard]] bool all_signed_on_or_after(const SignatureList* signatures,
                                          CivilDate day,
                                          const CivilZone& zone);

}  // namespace juanzong
