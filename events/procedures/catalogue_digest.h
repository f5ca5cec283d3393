// SPDX-License-Identifier: Apache-2.0
// What a program knows of the business, in one digest: RulesActivated puts it on record, so that
// two programs that judge by different tables cannot both claim to be the one that judged.
#pragma once

#include "crypto/digest.h"

#include "events/procedures/catalogue.h"

#include <string>

namespace juanzong {

// The version of the rules that this program decides by. Raised when a rule changes what it says
// about an event that could be appended before; new events and procedures alone change the digest.
inline constexpr std::uint32_t program_rules_version = 1;

// One line a procedure, event, field and rule, in the order of the catalogue; UTF-8.
[[nodiscard]] std::string catalogue_text(const Catalogue& catalogue);
// SHA-256 of that text.
[[nodiscard]] crypto::Digest catalogue_digest(const Catalogue& catalogue);

}  // namespace juanzong
