// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/duty_marks.h"
#include "events/procedures/repairs/repairs.h"
#include "events/procedures/repairs/repairs_generated.h"
#include "events/procedures/rolls.h"

#include <array>

namespace juanzong {
namespace {

std::set<std::string> orders_out(const World& world, CivilDate /*first*/) {
  return roll_of(world, repair_roll);
}

template <class Body>
void mark_order(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  marks.push_back({{}, text_of(flatbuffers::GetRoot<Body>(event.body)->repair_id()), {}});
}

void mark_reported(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& report = *flatbuffers::GetRoot<body::RepairNotReturnedReported>(event.body);
  for (const auto* id : *report.list()) {
    marks.push_back({{}, text_of(id), date_of(report.day())});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-RPR-4",
             .clause = "S0§13.4(2)",
             .zh = "当日 17 时前维修单返回,否则列入未返回维修单报告",
             .en = "orders of the days before are back by 17:00 or in the report of that day",
             .period = Period::day,
             .policy = "duty.repair_not_returned",
             .events = {{{"RepairOrderReturned", mark_order<body::RepairOrderReturned>},
                         {"RepairCancelled", mark_order<body::RepairCancelled>},
                         {"RepairNotReturnedReported", mark_reported}}},
             .responsible = Role::csa,
             .due_minute = 17 * 60,
             .items = orders_out},
    DutyRule{.id = "D-RPR-5",
             .clause = "S0§13.5",
             .zh = "每月最后一日录入当月维修费",
             .en = "the fees of a month are entered by its last day",
             .period = Period::month,
             .policy = "duty.repair_month_fee",
             .events = {{{"RepairMonthlyFeeRecorded", mark_month<body::RepairMonthlyFeeRecorded>}}},
             .responsible = Role::csa},
};

}  // namespace

std::span<const DutyRule> repair_duties() {
  return rules;
}

}  // namespace juanzong
