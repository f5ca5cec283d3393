// SPDX-License-Identifier: Apache-2.0
// Person ties (个人与案卷的关联): in which units, tenancies and cases a person has rights or
// duties. A procedure ties a person to what it opens; nothing is ever untied: whether a tie still
// holds is read from the state of what it names. Erasing a person (PIPL 第47条) asks this.
//
// Only what the ledger can judge exactly is a tie. Repairs, requests and visits leave none.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Key: the person: how many ties there are; the person, '/', number of the tie from 0: what it is.
struct PersonTieState {
  static constexpr StateKind kind = StateKind::person_tie;
  std::uint32_t count = 0;
  std::string about;  // "unit:3-1-1202", "signature:17/0"
  template <class Ar>
  void visit(Ar& ar) {
    ar(count, about);
  }
};

// `about`: the stream of a unit, tenancy, deposit, decoration, complaint or member of staff,
// "handover:" + the unit, or "signature:" + signature_key(). Whoever is no person (a company,
// staff) is not remembered.
void tie_person(WorldChange& world, std::string_view person, std::string_view about);

struct PersonTie {
  std::string about;
  bool holds = false;              // owns, rents, is owed or owes, complains, disputes
  std::optional<CivilDate> ended;  // the day on which it ended, where one is known
};
// Oldest first. Costs open by `today` count as a tie of the unit or tenancy they are for.
[[nodiscard]] std::vector<PersonTie> ties_of(const World& world,
                                             std::string_view person,
                                             CivilDate today);

}  // namespace juanzong
