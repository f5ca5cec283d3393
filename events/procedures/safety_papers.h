// SPDX-License-Identifier: Apache-2.0
// Responsibility papers (《安全责任制书》): who signed which paper of a unit. Handover records
// them; move-in, decoration and transfer ask here, because a paper is a condition of each of them.
#pragma once

#include "events/procedures/world.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Numbers as in handover.fbs SafetyPaperKind.
enum class SafetyPaper : std::uint8_t { handover = 1, tenant, decoration_fire, transfer };

struct SignedSafetyPaper {
  SafetyPaper paper = SafetyPaper::handover;
  std::string party;     // person or contractor
  std::string case_ref;  // "tenancy:…", "deco:…", "transfer:…", or empty
  RecordIndex index{};   // of the newest signing
  template <class Ar>
  void visit(Ar& ar) {
    ar(paper, party, case_ref, index);
  }
};

// Key: unit code. Each (paper, party, case) once.
struct SafetyPapersState {
  static constexpr StateKind kind = StateKind::safety_papers;
  std::vector<SignedSafetyPaper> papers;
  template <class Ar>
  void visit(Ar& ar) {
    ar(papers);
  }
};

// The paper that this party signed for this very case; an empty case means a paper without one.
[[nodiscard]] inline const SignedSafetyPaper* find_safety_paper(const World& world,
                                                                std::string_view unit,
                                                                SafetyPaper paper,
                                                                std::string_view party,
                                                                std::string_view case_ref = {}) {
  const auto* state = world.find<SafetyPapersState>(unit);
  if (state == nullptr) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(state->papers, [&](const SignedSafetyPaper& each) {
    return each.paper == paper && each.party == party && each.case_ref == case_ref;
  });
  return found == state->papers.end() ? nullptr : &*found;
}

}  // namespace juanzong
