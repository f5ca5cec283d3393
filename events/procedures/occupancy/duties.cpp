// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/duty_marks.h"
#include "events/procedures/occupancy/occupancy.h"
#include "events/procedures/occupancy/occupancy_generated.h"
#include "events/procedures/rolls.h"

#include <array>

namespace juanzong {
namespace {

std::set<std::string> entrances(const World& world, CivilDate /*first*/) {
  return roll_of(world, entrance_roll);
}

void mark_census(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& census = *flatbuffers::GetRoot<body::OccupancyCensusCompleted>(event.body);
  marks.push_back({{},
                   entrance_member(view_of(census.building()), view_of(census.entrance())),
                   first_day(*parse_month(view_of(census.ym())))});
}

constexpr std::array rules{
    DutyRule{.id = "D-OCC-1",
             .clause = "S0§22.3(1)",
             .zh = "每月 30 日前完成各楼栋单元的物业动态普查",
             .en = "the census of every entrance is done by the 30th",
             .period = Period::month,
             .policy = "duty.occupancy_census",
             .events = {{{"OccupancyCensusCompleted", mark_census}}},
             .responsible = Role::csa,
             .due_day = 30,
             .due_day_policy = "occupancy.census_day",
             .items = entrances},
    DutyRule{.id = "D-OCC-2",
             .clause = "S0§22.3(2)",
             .zh = "次月 3 日前编制《月度物业动态信息表》",
             .en = "the table of a month is compiled by the 3rd of the next",
             .period = Period::month,
             .policy = "duty.occupancy_table",
             .events = {{{"MonthlyOccupancyTableCompiled",
                          mark_month<body::MonthlyOccupancyTableCompiled>}}},
             .responsible = Role::csa,
             .due_day = 3,
             .due_day_policy = "occupancy.table_day",
             .due_in_next = true},
};

}  // namespace

std::span<const DutyRule> occupancy_duties() {
  return rules;
}

}  // namespace juanzong
