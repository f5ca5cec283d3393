// SPDX-License-Identifier: Apache-2.0
// Registering a member of staff together with a key: one request, signed by somebody who may
// register and by the new key, which proves that it is held.
#pragma once

#include "crypto/signature.h"

#include <string>
#include <string_view>

namespace juanzong {

struct Registration {
  std::string staff;       // "S-017"
  std::string department;  // code
  std::string badge_no;
  std::string roles;  // codes separated by spaces
};

// A line for RequestBuilder: StaffRegistered and ActorKeyRegistered, all or nothing.
[[nodiscard]] std::string registration_line(const Registration& registration,
                                            const crypto::PublicKey& key);
// The key alone, for staff that is registered already.
[[nodiscard]] std::string key_registration_line(std::string_view staff,
                                                const crypto::PublicKey& key);

}  // namespace juanzong
