// SPDX-License-Identifier: Apache-2.0
// What an export says about itself, for whoever opens it in twenty years.
#pragma once

#include <string_view>

namespace juanzong {

extern const std::string_view export_readme_en;
extern const std::string_view export_readme_zh;

}  // namespace juanzong
