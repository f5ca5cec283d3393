// SPDX-License-Identifier: Apache-2.0
// Keys (钥匙, P23): received, registered, locked away, lent, shown, given to their owners. The
// state of a key stands in events/procedures/key_custody.h.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& keys_procedure();

// Key: series of key numbers with "#" after it ("K-#"), so that the empty series has a key too.
struct KeySeriesState {
  static constexpr StateKind kind = StateKind::key_series;
  std::uint64_t last = 0;  // number used last
  template <class Ar>
  void visit(Ar& ar) {
    ar(last);
  }
};

}  // namespace juanzong
