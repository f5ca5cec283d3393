// SPDX-License-Identifier: Apache-2.0
// What complaint statistics are summed from: every complaint at the moment, and sums over any of
// them (a month, a week, a class, a department).
#pragma once

#include "events/procedures/complaint_cases.h"
#include "events/procedures/return_visits/return_visits.h"

#include "projections/views/shares.h"

#include <string>
#include <vector>

namespace juanzong {

struct ListedComplaint {
  std::string id;
  std::string unit;
  ComplaintStage stage = ComplaintStage::none;
  RecordIndex opened{};
  CivilDate received_on;
  ComplaintState state;
  ReturnVisitState visits;
};

// All that there were at the moment, by id.
[[nodiscard]] Result<std::vector<ListedComplaint>> complaints_of(const ViewContext& context);

class ComplaintSum {
 public:
  void add(const ListedComplaint& complaint);
  [[nodiscard]] std::size_t received() const { return records_.size(); }
  // Adds the cells of complaint_columns() after the first.
  void add_cells(TableBuilder& table) const;

 private:
  Records records_;
  std::size_t valid_ = 0;
  std::size_t invalid_ = 0;
  std::size_t open_ = 0;
  std::size_t handled_ = 0;
  std::size_t in_time_ = 0;
  std::size_t extensions_ = 0;
  std::size_t reopened_ = 0;
  std::size_t became_major_ = 0;
  std::size_t visited_ = 0;
  std::size_t satisfied_ = 0;
  ElapsedSum handling_;
};

[[nodiscard]] std::vector<ReportColumn> complaint_columns(std::string_view key,
                                                          std::string_view zh);

}  // namespace juanzong
