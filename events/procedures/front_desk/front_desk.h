// SPDX-License-Identifier: Apache-2.0
// Front-desk services (前台/总台, P14): mail, messages, stored things, visitors, umbrellas. Stages
// are case machines; here is who something at the desk belongs to or was lent to.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <string>

namespace juanzong {

[[nodiscard]] const Procedure& front_desk_procedure();

enum class LoanItem : std::uint8_t { none, available, lent, written_off };

// Key: the stream of the thing: "mail:…", "storage:…", "loan_item:…".
struct DeskItem {
  static constexpr StateKind kind = StateKind::desk_item;
  std::string holder;    // addressee, depositor, who borrowed it last
  Fen price;             // of what is lent
  bool intact = false;   // as it was lent
  bool damaged = false;  // since: as it came back
  template <class Ar>
  void visit(Ar& ar) {
    ar(holder, price, intact, damaged);
  }
};

}  // namespace juanzong
