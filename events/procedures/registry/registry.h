// SPDX-License-Identifier: Apache-2.0
// Registry (基础登记, PX): the ledger itself, units, staff, contractors, policy, calendar.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <map>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& registry_procedure();

// Key: "ledger".
struct LedgerSettings {
  static constexpr StateKind kind = StateKind::ledger_settings;
  std::string name;
  std::string origin;
  std::string verifier_key;
  std::string founder;
  template <class Ar>
  void visit(Ar& ar) {
    ar(name, origin, verifier_key, founder);
  }
};
inline constexpr std::string_view ledger_key = "ledger";

}  // namespace juanzong
