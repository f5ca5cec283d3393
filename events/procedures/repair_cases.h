// SPDX-License-Identifier: Apache-2.0
// Repair orders (维修服务单) as other procedures and views see them: where one stands and what a
// return visit or an order for rework does to it. Stages are DOMAIN 4.4; repairs/ holds the rules.
#pragma once

#include "events/procedures/case_machine.h"
#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class RepairStage : std::uint8_t {
  none,
  reported,
  dispatched,
  claimed,
  completed,
  returned,
  visited,
  closed,
  cancelled,
};

// In the order of the numbers.
inline constexpr std::array<CaseStage, 9> repair_stages{{{"NONE", "未登记"},
                                                         {"REPORTED", "已报修"},
                                                         {"DISPATCHED", "已派单"},
                                                         {"CLAIMED", "已领单"},
                                                         {"COMPLETED", "已完成"},
                                                         {"RETURNED", "已返单"},
                                                         {"VISITED", "已回访"},
                                                         {"CLOSED", "已结单"},
                                                         {"CANCELLED", "已取消"}}};

inline constexpr std::string_view repair_stream = "repair";

// Key: repair id.
struct RepairState {
  static constexpr StateKind kind = StateKind::repair;
  std::string order_no;
  std::string reporter;  // person, or the member of staff who raised it
  bool emergency = false;
  bool paid = false;
  bool charge_explained = false;  // when it was reported
  bool after_hours = false;
  UnixMicros reported_at;
  std::optional<UnixMicros> dispatched_at;
  std::optional<UnixMicros> claimed_at;
  std::optional<UnixMicros> completed_at;  // newest
  std::optional<UnixMicros> visited_at;    // by the front desk, after the newest completion
  std::string engineer;
  std::string category;
  std::uint32_t urged = 0;
  std::uint32_t reworks = 0;
  Fen materials;
  Fen labour;
  bool returned = false;  // the paper, after the newest completion
  bool cancelled = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(order_no,
       reporter,
       emergency,
       paid,
       charge_explained,
       after_hours,
       reported_at,
       dispatched_at,
       claimed_at,
       completed_at,
       visited_at,
       engineer,
       category,
       urged,
       reworks,
       materials,
       labour,
       returned,
       cancelled);
  }
};

[[nodiscard]] RepairStage repair_stage(const World& world, std::string_view id);
// The code of a stage, as refusals and lists name it.
[[nodiscard]] std::string_view code_of(RepairStage stage);
[[nodiscard]] std::string_view zh_of(RepairStage stage);
// See complaint_cases.h.
void set_repair_stage(WorldChange& world, std::string_view id, RepairStage stage);
// The front desk asked the customer whether it is done (S0§13.4).
void visit_repair(WorldChange& world, std::string_view id, UnixMicros at);
// It has to be done again: back to the engineers.
void rework_repair(WorldChange& world, std::string_view id);
// Something is to be paid, and the fee desk has assessed none of it.
[[nodiscard]] bool lacks_charge(const World& world, std::string_view id);

}  // namespace juanzong
