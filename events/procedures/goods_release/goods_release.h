// SPDX-License-Identifier: Apache-2.0
// Goods release (物品放行, P04): large items leave with a slip. What was declared, who agreed, what
// the cashier confirmed, who signed, and what passed the gate.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& goods_release_procedure();

struct ReleaseGoods {
  std::string name;
  std::int64_t qty_milli = 0;
  std::string qty_unit;
  std::uint8_t category = 0;  // body::GoodsCategory
  template <class Ar>
  void visit(Ar& ar) {
    ar(name, qty_milli, qty_unit, category);
  }
};

// The latest word of the owner, or of the company, by recorded call.
struct ReleaseWord {
  RecordIndex index{};
  UnixMicros called_at;
  bool consents = false;
  std::vector<std::string> not_to_remove;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, called_at, consents, not_to_remove);
  }
};

struct FailedCalls {
  RecordIndex index{};  // of the newest
  UnixMicros called_at;
  std::int64_t attempts = 0;  // of all
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, called_at, attempts);
  }
};

struct ReleaseRefusal {
  RecordIndex index{};
  std::uint8_t reason = 0;  // body::ReleaseRefusalReason
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, reason);
  }
};

struct IssuedSlip {
  RecordIndex index{};
  CivilDate on;
  std::string slip_no;
  std::vector<ReleaseGoods> items;
  bool by_phone = false;                 // the third signature is a recorded call
  std::optional<RecordIndex> clearance;  // of a move-out
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, on, slip_no, items, by_phone, clearance);
  }
};

struct GateRelease {
  RecordIndex index{};
  UnixMicros at;
  std::string gate;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, at, gate);
  }
};

enum class ReleaseStage : std::uint8_t { none, requested, refused, issued, stopped, released };
[[nodiscard]] std::string_view name_of(ReleaseStage stage);

// Key: slip id.
struct ReleaseSlipState {
  static constexpr StateKind kind = StateKind::release_slip;
  std::string unit;
  std::string carrier;
  std::uint8_t relation = 0;  // body::CarrierRelation
  std::uint8_t id_checked = 0;
  std::uint8_t nature = 0;  // body::ReleaseNature
  std::string party;
  std::string tenancy_id;
  RecordIndex requested{};
  CivilDate requested_on;
  std::vector<ReleaseGoods> items;
  std::optional<ReleaseWord> owner_word;
  std::optional<ReleaseWord> company_word;
  std::optional<FailedCalls> failed_calls;
  std::vector<ReleaseRefusal> refusals;
  std::optional<IssuedSlip> issued;
  std::optional<GateRelease> gate;
  std::optional<RecordIndex> filed;
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit,
       carrier,
       relation,
       id_checked,
       nature,
       party,
       tenancy_id,
       requested,
       requested_on,
       items,
       owner_word,
       company_word,
       failed_calls,
       refusals,
       issued,
       gate,
       filed);
  }
  [[nodiscard]] bool exists() const { return !unit.empty(); }
  // Computed: a slip that was refused, or whose consent was taken back, after it was issued is
  // stopped: it opens no gate.
  [[nodiscard]] ReleaseStage stage() const;
};

struct Clearance {
  RecordIndex index{};
  CivilDate as_of;
  bool cleared = false;
  Fen total;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, as_of, cleared, total);
  }
};

// Key: unit code. The newest confirmation of each party.
struct ClearanceState {
  static constexpr StateKind kind = StateKind::clearance;
  std::map<std::string, Clearance> by_party;
  template <class Ar>
  void visit(Ar& ar) {
    ar(by_party);
  }
};

}  // namespace juanzong
