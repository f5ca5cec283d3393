// SPDX-License-Identifier: Apache-2.0
// What repair statistics are summed from: every repair order at the moment with its visits and
// charges, and sums over any of them (a month, a week, a kind, an engineer).
#pragma once

#include "events/procedures/repair_cases.h"
#include "events/procedures/return_visits/return_visits.h"

#include "projections/views/shares.h"

#include <string>
#include <vector>

namespace juanzong {

struct ListedRepair {
  std::string id;
  std::string unit;
  RepairStage stage = RepairStage::none;
  RecordIndex opened{};
  CivilDate reported_on;
  RepairState state;
  ReturnVisitState visits;
  Fen assessed;   // charges of the repair
  Fen collected;  // what was paid or deducted of them
};

// All that there were at the moment, by id.
[[nodiscard]] Result<std::vector<ListedRepair>> repairs_of(const ViewContext& context);
// Not done, or the paper is not back.
[[nodiscard]] bool is_out(const ListedRepair& repair);

class RepairSum {
 public:
  void add(const ListedRepair& repair, const CivilZone& zone);
  [[nodiscard]] std::size_t orders() const { return records_.size(); }
  // Adds the cells of repair_columns() after the first.
  void add_cells(TableBuilder& table) const;

 private:
  Records records_;
  std::size_t emergencies_ = 0;
  std::size_t paid_ = 0;
  std::size_t cancelled_ = 0;
  std::size_t completed_ = 0;
  std::size_t visited_ = 0;
  std::size_t same_day_ = 0;
  std::size_t satisfied_ = 0;
  std::size_t reworks_ = 0;
  ElapsedSum claiming_;
  ElapsedSum completing_;
  Fen materials_;
  Fen labour_;
  Fen assessed_;
  Fen collected_;
};

[[nodiscard]] std::vector<ReportColumn> repair_columns(std::string_view key, std::string_view zh);

}  // namespace juanzong
