// SPDX-License-Identifier: Apache-2.0
#include "events/model/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace juanzong {

thread_local int RuleScope::depth_ = 0;

void report_broken(const char* invariant, std::source_location where) {
  const std::string text = std::string(where.file_name()) + ":" + std::to_string(where.line()) +
                           ": broken invariant: " + invariant;
  if (RuleScope::is_open()) {
    throw BrokenInvariant(text);
  }
  std::fprintf(stderr, "%s\n", text.c_str());
  std::abort();
}

}  // namespace juanzong
