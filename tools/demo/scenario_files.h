// SPDX-License-Identifier: Apache-2.0
// The scenarios of the demonstration, compiled in, so that one program is enough.
#pragma once

#include <string_view>

namespace juanzong {

[[nodiscard]] std::string_view scenario_sc1();
[[nodiscard]] std::string_view scenario_sc10();

}  // namespace juanzong
