// SPDX-License-Identifier: Apache-2.0
// Tenancies (租赁): from the owner's consent to the tenant's leaving. The stage is computed from
// the facts (DOMAIN 4.8). Move-in writes the first half, move-out the second; goods release asks
// both.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/units.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Key: tenancy id.
struct TenancyState {
  static constexpr StateKind kind = StateKind::tenancy;
  std::string unit;
  std::string tenant;  // person or company
  UnitUsage use = UnitUsage::unknown;
  std::optional<CivilDate> lease_from;
  std::optional<CivilDate> lease_to;
  std::optional<RecordIndex> consented;   // OwnerLeaseConsentRecorded
  std::optional<RecordIndex> registered;  // TenantRegistered
  std::optional<RecordIndex> moved_in;
  std::optional<CivilDate> moved_in_on;
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit, tenant, use, lease_from, lease_to, consented, registered, moved_in, moved_in_on);
  }
};

// Key: tenancy id.
struct MoveOutState {
  static constexpr StateKind kind = StateKind::move_out;
  std::optional<RecordIndex> declared;
  std::optional<CivilDate> planned;
  std::optional<RecordIndex> metered;
  std::optional<RecordIndex> settled;
  std::optional<UnixMicros> settled_up_to;
  std::optional<RecordIndex> consented;  // absent again after an objection
  std::optional<RecordIndex> objected;   // absent again after a consent
  std::vector<std::string> not_to_remove;
  std::optional<RecordIndex> ended;
  std::optional<CivilDate> ended_on;
  bool abandoned = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(declared,
       planned,
       metered,
       settled,
       settled_up_to,
       consented,
       objected,
       not_to_remove,
       ended,
       ended_on,
       abandoned);
  }
};

enum class TenancyStage : std::uint8_t {
  none,
  consented,
  registered,
  active,
  leaving,
  cleared,
  ended,
};
[[nodiscard]] std::string_view code_of(TenancyStage stage);
[[nodiscard]] TenancyStage tenancy_stage(const World& world, std::string_view tenancy_id);
// Whether the tenant signed the responsibility paper of this tenancy, or, since the owner's
// consent, one that names no case.
[[nodiscard]] bool tenant_paper_signed(const World& world, std::string_view tenancy_id);

// Open charges that this party owes on the unit for the time up to and including `up_to`: due by
// then, or for a period that has ended by then. What others owe does not count (DOMAIN A57).
struct Arrears {
  std::vector<std::string> charge_ids;
  Fen total;
};
[[nodiscard]] Arrears arrears_of(const World& world,
                                 std::string_view unit,
                                 std::string_view party,
                                 CivilDate up_to);
// What a refusal says of them: the sum, the day, the charges.
[[nodiscard]] std::vector<Fact> facts_of(const Arrears& arrears, CivilDate up_to);

}  // namespace juanzong
