// SPDX-License-Identifier: Apache-2.0
// Management contracts (物业管理委托合同, P46): with whom and until when a property is managed, and
// since when. A community has few of them, so one state holds all.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& contracts_procedure();

struct ManagementContract {
  std::string property;
  std::uint8_t counterparty = 0;  // body::ContractParty
  std::string party;
  CivilDate from;
  CivilDate to;  // the last day
  CivilDate signed_on;
  RecordIndex index{};
  std::string renews;
  std::string renewed_by;
  std::optional<RecordIndex> listed;  // its newest line in the list of contracts
  std::string kept_at;
  template <class Ar>
  void visit(Ar& ar) {
    ar(property,
       counterparty,
       party,
       from,
       to,
       signed_on,
       index,
       renews,
       renewed_by,
       listed,
       kept_at);
  }
};

struct ManagedProperty {
  std::uint8_t property_kind = 0;  // body::PropertyKind; 0 before the takeover
  std::string contract_id;         // under which it was taken over
  std::optional<RecordIndex> taken_over;
  std::optional<CivilDate> taken_over_on;
  bool has_committee = false;  // a contract with the owners' committee exists
  template <class Ar>
  void visit(Ar& ar) {
    ar(property_kind, contract_id, taken_over, taken_over_on, has_committee);
  }
};

// Key: "contracts".
struct ContractsState {
  static constexpr StateKind kind = StateKind::contracts;
  std::map<std::string, ManagementContract> contracts;
  std::map<std::string, ManagedProperty> properties;
  template <class Ar>
  void visit(Ar& ar) {
    ar(contracts, properties);
  }
};
inline constexpr std::string_view contracts_key = "contracts";

// How a contract stands on a day. Expiring: its last day is at most contract.remind_days away and
// no other contract follows it.
enum class ContractStanding : std::uint8_t { not_yet, in_force, expiring, expired, renewed };
[[nodiscard]] ContractStanding standing_of(const ContractsState& state,
                                           const ManagementContract& contract,
                                           CivilDate on,
                                           std::int64_t remind_days);

}  // namespace juanzong
