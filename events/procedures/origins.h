// SPDX-License-Identifier: Apache-2.0
// Under which origin and log key a ledger speaks, and which actor keys an end of its company's
// keeping left valid. Changed only by RecoveryDeclared and LedgerHandedOver (succession).
#pragma once

#include "events/procedures/parties.h"
#include "events/procedures/world.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct FormerOrigin {
  std::string origin;
  RecordIndex last{};  // its last record: the one that ended it
  template <class Ar>
  void visit(Ar& ar) {
    ar(origin, last);
  }
};

// Key: origin_key. Absent while the origin of record 0 is in force.
struct OriginState {
  static constexpr StateKind kind = StateKind::origin;
  std::vector<FormerOrigin> former;  // oldest first
  std::string origin;
  std::string verifier_key;
  std::optional<RecordIndex> handed_over;  // the newest LedgerHandedOver
  template <class Ar>
  void visit(Ar& ar) {
    ar(former, origin, verifier_key, handed_over);
  }
};
inline constexpr std::string_view origin_key = "origin";

// Whether requests may be signed by the key from the next record on: neither revoked nor of a
// company that handed the ledger over.
[[nodiscard]] inline bool is_valid_key(const World& world, const ActorKeyState& key) {
  const auto* state = world.find<OriginState>(origin_key);
  const bool of_former_company =
      state != nullptr && state->handed_over && key.registered < *state->handed_over;
  return !key.revoked && !of_former_company;
}

}  // namespace juanzong
