// SPDX-License-Identifier: Apache-2.0
// Rules are pure: an auditor re-runs every decision years later and must get the same answer. This
// bans, below events/procedures, everything that could make the second run differ.
#pragma once

#include "tests/structure/source_file.h"

#include <optional>
#include <string_view>

namespace juanzong::structure {

[[nodiscard]] Findings check_purity(const SourceFile& file);

// How a banned word is found in code whose comments and literals are blanked.
enum class Match { word, call };

// True when the word at `position` is used as `match` says. A call is not a member's: `f.time()`
// reads a field, `time(` and `std::time(` ask the system.
[[nodiscard]] bool is_use(std::string_view code,
                          std::size_t position,
                          std::string_view word,
                          Match match);

}  // namespace juanzong::structure
