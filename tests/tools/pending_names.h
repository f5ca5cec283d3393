// SPDX-License-Identifier: Apache-2.0
// Names that documents of the business speak of before the program has them. A name that has
// arrived must leave the list: the test of the list says so.
#pragma once

#include <array>
#include <string_view>

namespace juanzong::testing {

inline constexpr std::array<std::string_view, 0> pending_events{};

inline constexpr std::array<std::string_view, 0> pending_views{};

}  // namespace juanzong::testing
