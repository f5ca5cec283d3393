// SPDX-License-Identifier: Apache-2.0
// What every file must have or must not contain, whatever its layer.
#pragma once

#include "tests/structure/source_file.h"

namespace juanzong::structure {

// "#pragma once", licence line, no notes to self, no trailing white space, no banned identifiers.
[[nodiscard]] Findings check_hygiene(const SourceFile& file);

// GCC 12 destroys a lambda twice when it has captures and stands in the same full expression as a
// co_await, so its captures are released twice. Name the lambda in a statement of its own.
[[nodiscard]] Findings check_awaited_lambdas(const SourceFile& file);

// GCC 12.2 makes wrong code of `if (co_await f())`: the branch is not taken, or the coroutine traps
// when it starts. `const bool done = co_await f(); if (done)` is right.
[[nodiscard]] Findings check_awaited_conditions(const SourceFile& file);

}  // namespace juanzong::structure
