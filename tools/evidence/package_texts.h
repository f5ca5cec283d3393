// SPDX-License-Identifier: Apache-2.0
// What goes into every package as it stands in this folder: verify.sh, and VERIFY.md, which says
// how to use it.
#pragma once

#include <string_view>

namespace juanzong {

[[nodiscard]] std::string_view package_verify_sh();
[[nodiscard]] std::string_view package_verify_md();

}  // namespace juanzong
