// SPDX-License-Identifier: Apache-2.0
// The policy that a load without signatures needs: statement.signature = session.
#pragma once

#include "tools/bench/bench_ledger.h"

namespace juanzong::bench {

// Hires a project manager who adopts it, signed, as the first policy of the ledger.
[[nodiscard]] Outcome adopt_session_policy(const Target& target);

}  // namespace juanzong::bench
