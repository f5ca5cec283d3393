// SPDX-License-Identifier: Apache-2.0
// Who takes part: staff with their roles, the keys they act with, contractors. People (owners,
// tenants) are random person ids; their names lie in the vault.
#pragma once

#include "events/procedures/roles.h"
#include "events/procedures/world.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// Key: staff id ("S-017").
struct StaffState {
  static constexpr StateKind kind = StateKind::staff;
  bool registered = false;
  std::string department;
  std::string badge_no;
  RoleSet roles;
  RecordIndex since{};
  std::string newest_key;  // key id registered last
  template <class Ar>
  void visit(Ar& ar) {
    ar(registered, department, badge_no, roles, since, newest_key);
  }
};

// The server's own entry among the staff: it holds the role SYS and no other, and nobody else does.
inline constexpr std::string_view server_staff = "SYS";

// Key: badge number; badges are unique per person (S0·2§4.5.6 b).
struct BadgeState {
  static constexpr StateKind kind = StateKind::badge;
  std::string staff;
  template <class Ar>
  void visit(Ar& ar) {
    ar(staff);
  }
};

// Key: key id, 64 hexadecimal digits.
struct ActorKeyState {
  static constexpr StateKind kind = StateKind::actor_key;
  std::string staff;
  std::array<std::uint8_t, 32> public_key{};
  RecordIndex registered{};
  std::optional<RecordIndex> revoked;  // first index at which the key is no longer valid
  std::uint64_t key_seq = 0;           // of the last accepted request
  crypto::Digest last_request;         // zero before the first
  template <class Ar>
  void visit(Ar& ar) {
    ar(staff, public_key, registered, revoked, key_seq, last_request);
  }
};

// Key: contractor id ("C-07").
struct ContractorState {
  static constexpr StateKind kind = StateKind::contractor;
  bool registered = false;
  RecordIndex since{};
  template <class Ar>
  void visit(Ar& ar) {
    ar(registered, since);
  }
};

[[nodiscard]] inline bool is_staff(const World& world, std::string_view staff) {
  const auto* found = world.find<StaffState>(staff);
  return found != nullptr && found->registered;
}
[[nodiscard]] inline bool staff_has_role(const World& world, std::string_view staff, Role role) {
  const auto* found = world.find<StaffState>(staff);
  return found != nullptr && found->registered && found->roles.has(role);
}

}  // namespace juanzong
