// SPDX-License-Identifier: Apache-2.0
// check(): our own invariants, on in release builds. Never used on input: a broken check is our
// bug, and a process that found one must not acknowledge anything more. One exception: inside a
// RuleScope what broke is one ledger's machine, whose state is thrown away; then BrokenInvariant is
// thrown, that ledger stops and the others go on.
#pragma once

#include <source_location>
#include <stdexcept>

namespace juanzong {

struct BrokenInvariant : std::logic_error {
  using std::logic_error::logic_error;  // "file:line: broken invariant: …", no value of any record
};

// While one lives, broken invariants of this thread are thrown. Whoever opens it catches them.
class RuleScope {
 public:
  RuleScope() { ++depth_; }
  RuleScope(const RuleScope&) = delete;
  RuleScope& operator=(const RuleScope&) = delete;
  ~RuleScope() { --depth_; }
  [[nodiscard]] static bool is_open() { return depth_ > 0; }

 private:
  static thread_local int depth_;
};

// Of what all ledgers share, as storage: ends the process inside a RuleScope too.
void check_shared(bool holds,
                  const char* invariant,
                  std::source_location where = std::source_location::current());

[[noreturn]] void report_broken(const char* invariant, std::source_location where);

inline void check(bool holds,
                  const char* invariant,
                  std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]] {
    report_broken(invariant, where);
  }
}

}  // namespace juanzong
