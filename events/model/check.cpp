// SPDX-License-Identifier: Apache-2.0
#include "events/model/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace juanzong {

thread_local int RuleScope::depth_ = 0;

namespace {

std::string text_of(const char* invariant, std::source_location where) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line()) +
         ": broken invariant: " + invariant;
}

[[noreturn]] void end_process(const std::string& text) {
  std::fprintf(stderr, "%s\n", text.c_str());
  std::abort();
}

}  // namespace

void check_shared(bool holds, const char* invariant, std::source_location where) {
  if (!holds) {
    end_process(text_of(invariant, where));
  }
}

void report_broken(const char* invariant, std::source_location where) {
  const std::string text = text_of(invariant, where);
  if (RuleScope::is_open()) {
    throw BrokenInvariant(text);
  }
  end_process(text);
}

}  // namespace juanzong
