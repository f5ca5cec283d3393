// SPDX-License-Identifier: Apache-2.0
// The child of the crash harness: appends without end and says what was acknowledged.
#pragma once

#include "server/data/data_directory.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace juanzong::testing {

inline constexpr int ack_descriptor = 3;
inline constexpr int exit_lost = 2;     // acknowledged records are missing
inline constexpr int exit_refused = 3;  // the directory does not open

// What one acknowledgement says; written in one write(2), so never half.
struct Ack {
  std::uint64_t index = 0;
  std::array<std::uint8_t, 32> leaf{};
};

// nullptr, with the reason on stderr.
[[nodiscard]] std::unique_ptr<DataDirectory> open_data(const std::filesystem::path& directory);

// Until it is killed; exit_refused otherwise. `is_unsafe`: behind a journal that lies.
[[nodiscard]] int run_load(const std::filesystem::path& directory, bool is_unsafe);

}  // namespace juanzong::testing
