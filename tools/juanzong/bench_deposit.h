// SPDX-License-Identifier: Apache-2.0
// A deposit to ask for: the scenario of the demonstration (decoration, violation, deductions and
// refund), played on a throw-away server whose clock it sets.
#pragma once

#include "events/model/result.h"

#include "tools/juanzong/throwaway_server.h"

#include <string_view>

namespace juanzong::cli {

// When the scenario opens; what the directory is founded at.
[[nodiscard]] UnixMicros deposit_scenario_opens();
inline constexpr std::string_view deposit_scenario_arguments = R"({"deposit":"D-2025-0031"})";

// Starts the server for the scenario and again for the load, then on the clock of the machine.
[[nodiscard]] Outcome start_with_deposit(ThrowawayServer& server);

}  // namespace juanzong::cli
