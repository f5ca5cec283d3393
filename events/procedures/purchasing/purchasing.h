// SPDX-License-Identifier: Apache-2.0
// Purchasing inspection and warehouse (采购、仓库, P26): a delivery of one item is a batch, from
// its inspection to the last of it.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& purchasing_procedure();
[[nodiscard]] std::span<const DutyRule> purchasing_duties();

// Quantities in thousandths of the item's unit.
struct StockBatch {
  std::string supplier;
  std::uint64_t inspected_milli = 0;
  std::uint64_t stored_milli = 0;
  std::uint64_t issued_milli = 0;
  std::uint64_t returned_milli = 0;
  std::optional<RecordIndex> stored;
  std::optional<CivilDate> stored_on;
  std::optional<CivilDate> expiry;  // the last day on which it is good
  RecordIndex last{};
  [[nodiscard]] std::uint64_t on_hand() const {
    return stored ? stored_milli - issued_milli - returned_milli : 0;
  }
  template <class Ar>
  void visit(Ar& ar) {
    ar(supplier,
       inspected_milli,
       stored_milli,
       issued_milli,
       returned_milli,
       stored,
       stored_on,
       expiry,
       last);
  }
};

// Key: item. Folded from the stream "item:" + key.
struct StockState {
  static constexpr StateKind kind = StateKind::stock;
  std::string unit_name;
  std::string name;  // as it stands on the newest card
  std::string spec;
  std::map<std::string, StockBatch> batches;
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit_name, name, spec, batches);
  }
};

}  // namespace juanzong
