// SPDX-License-Identifier: Apache-2.0
// The data directory of a simulated ledger: founded at the simulation's first moment, with keys
// that follow from the seed and an origin that says what it is.
#pragma once

#include "events/model/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace juanzong::cli {

// The verifier key. environment if the directory exists.
[[nodiscard]] Result<std::string> found_simulation(const std::filesystem::path& data,
                                                   std::uint64_t seed);

}  // namespace juanzong::cli
