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
// The same, whoever owes them.
[[nodiscard]] Arrears arrears_of_unit(const World& world, std::string_view unit, CivilDate up_to);
// As facts of a refusal; empty if nothing is owed.
[[nodiscard]] std::vector<Fact> facts_of(const Arrears& arrears, CivilDate up_to);

// The rules of moving out. The first two are asked at the settlement, the consent, the end and the
// goods slip; the others at the goods slip only.
inline constexpr Rule move_out_arrears_rule{"H-TMO-1",
                                            "S0§20.2",
                                            "租户须结清至搬家接点的一切费用",
                                            "the tenant settles all costs up to the moment of "
                                            "moving"};
inline constexpr Rule move_out_consent_rule{"H-TMO-2",
                                            "S0§20.2",
                                            "须告知业主、征得同意并询问不得搬走的物品",
                                            "the owner is told, consents, and is asked what must "
                                            "stay"};
inline constexpr Rule move_out_slip_rule{"H-TMO-3",
                                         "S0§20.3",
                                         "退租条件具备后,方可办理《放行出门条》",
                                         "the goods slip only when meters are read, costs settled "
                                         "and the owner has agreed"};
inline constexpr Rule not_to_remove_rule{"H-TMO-4",
                                         "S0§20.2",
                                         "业主指明不应搬走的物件不得放行",
                                         "what the owner wants to stay may not be on the slip"};

}  // namespace juanzong
