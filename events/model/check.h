// SPDX-License-Identifier: Apache-2.0
// check(): our own invariants, on in release builds. Never used on input: a broken check is our
// bug, and a process that found one must not acknowledge anything more.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace juanzong {

inline void check(bool holds,
                  const char* invariant,
                  std::source_location where = std::source_location::current()) {
  if (holds) {
    return;
  }
  std::fprintf(stderr, "%s:%u: broken invariant: %s\n", where.file_name(), where.line(), invariant);
  std::abort();
}

}  // namespace juanzong
