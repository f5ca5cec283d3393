// SPDX-License-Identifier: Apache-2.0
// The handlers of a procedure whose rules stand in several files.
#pragma once

#include "events/procedures/procedure.h"

#include <initializer_list>
#include <span>
#include <vector>

namespace juanzong {

[[nodiscard]] inline std::vector<EventHandler> joined_handlers(
    std::initializer_list<std::span<const EventHandler>> parts) {
  std::vector<EventHandler> all;
  for (const auto part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace juanzong
