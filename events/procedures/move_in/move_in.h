// SPDX-License-Identifier: Apache-2.0
// Move-in (客户入住, P03): owner or tenant moves into a unit that was handed over. Tenancies, which
// move-out and goods release ask too, stand in events/procedures/tenancies.h.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <string>

namespace juanzong {

[[nodiscard]] const Procedure& move_in_procedure();

// Key: unit code.
struct MoveInState {
  static constexpr StateKind kind = StateKind::move_in;
  std::string confirmed_owner;  // whose identity MoveInConfirmed verified last
  RecordIndex confirmed{};
  template <class Ar>
  void visit(Ar& ar) {
    ar(confirmed_owner, confirmed);
  }
};

}  // namespace juanzong
