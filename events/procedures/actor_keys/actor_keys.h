// SPDX-License-Identifier: Apache-2.0
// Actor keys (操作密钥): registered, rotated and revoked by records. A signature is good if its key
// was valid at the record's index; revocation never works backwards.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& actor_keys_procedure();

}  // namespace juanzong
