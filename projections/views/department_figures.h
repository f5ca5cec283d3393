// SPDX-License-Identifier: Apache-2.0
// What the report of a department is summed from: each thing that happened in a week counts for one
// department on one day, and its record stays named.
#pragma once

#include "projections/views/report_builder.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace juanzong {

enum class DepartmentFigure : std::uint8_t {
  requests,
  requests_replied,  // those of the week
  requests_in_time,
  complaints_major,
  complaints_important,
  complaints_minor,
  complaints_other,  // not judged yet, or invalid
  visits_owed,       // complaints handled and repairs completed
  visits_paid,       // of those, the customer was asked
  return_visits,     // all that staff of the department made
  repairs,
  repairs_completed,
  customer_visits,
  patrols,
};
inline constexpr std::size_t department_figure_count = 14;

// Monday to Sunday.
struct Week {
  CivilDate monday;
  [[nodiscard]] bool holds(CivilDate day) const {
    return monday <= day && day <= add_days(monday, 6);
  }
};

struct OpenItem {
  std::string department;
  CellCode kind;
  std::string case_id;
  CivilDate since;
  CellCode stage;
  RecordIndex record{};
};

class DepartmentSums {
 public:
  using Figures = std::array<Records, department_figure_count>;
  // `day` lies in the week.
  void add(DepartmentFigure figure,
           const std::string& department,
           CivilDate day,
           RecordIndex record);
  void add_open(OpenItem item) { open_.push_back(std::move(item)); }

  [[nodiscard]] ReportTable weekly() const;
  [[nodiscard]] ReportTable daily() const;
  [[nodiscard]] ReportTable open() const;

 private:
  std::map<std::string, Figures> departments_;
  std::map<std::pair<CivilDate, std::string>, Figures> days_;
  std::vector<OpenItem> open_;
};

// Everything at the moment of the view.
[[nodiscard]] Result<DepartmentSums> department_sums(const ViewContext& context, const Week& week);

}  // namespace juanzong
