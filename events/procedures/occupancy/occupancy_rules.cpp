// SPDX-License-Identifier: Apache-2.0
// Census and table of a month, and the procedure's row for the catalogue.
#include "events/procedures/occupancy/occupancy_rules.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/joined_handlers.h"
#include "events/procedures/occupancy/occupancy.h"
#include "events/procedures/occupancy/occupancy_generated.h"
#include "events/procedures/occupancy/occupancy_schema.h"
#include "events/procedures/parties.h"
#include "events/procedures/signatures.h"
#include "events/procedures/units.h"

#include <array>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace juanzong {
namespace {

constexpr Rule distribution_rule{"H-OCC-1",
                                 "S0§22.3",
                                 "月度物业动态信息表经项目经理签字后方可抄报",
                                 "the table is distributed only after the project manager signed"};
constexpr Rule frozen_rule{"H-OCC-2",
                           "S0§22.3",
                           "签字的月表以摘要为准,不得更改,后来的情况在次月表中更正",
                           "the signed table is frozen by its digest; later facts appear in the "
                           "next one"};

template <class Body>
std::string place_of(const Body& event) {
  return text_of(event.building()) + "-" + text_of(event.entrance());
}

// A month is walked and counted once it has begun in the project's zone.
void check_month_begun(const flatbuffers::String* ym,
                       const EventContext& context,
                       Decision& decision) {
  if (*parse_month(view_of(ym)) > month_of(context.today)) {
    decision.refuse_schema("ym", "该月尚未开始", "the month has not begun");
  }
}

void check_not_frozen(const flatbuffers::String* ym, const World& world, Decision& decision) {
  const auto census = world.get<CensusState>(view_of(ym));
  if (census.signed_by_pm) {
    decision.refuse(
        frozen_rule,
        {fact("ym", view_of(ym)), fact("signed_at", std::to_string(number(*census.signed_by_pm)))});
  }
}

void decide_assigned(const body::OccupancyCensusAssigned& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const auto* staff = world.find<StaffState>(view_of(event.person()));
  if (staff == nullptr || !staff->registered) {
    decision.refuse_schema("person", "责任人未登记", "the person is not registered staff");
  }
}

void apply_assigned(const body::OccupancyCensusAssigned& event,
                    const EventContext&,
                    WorldChange& world) {
  world.edit<CensusState>(view_of(event.ym())).assigned[place_of(event)] = text_of(event.person());
}

void decide_census(const body::OccupancyCensusCompleted& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_month_begun(event.ym(), context, decision);
  if (event.units() < 0) {
    decision.refuse_schema("units", "户数不得为负", "a count of units is not negative");
  }
  if (event.discrepancies() == nullptr) {
    return;
  }
  for (const body::CensusDiscrepancy* each : *event.discrepancies()) {
    const auto unit = world.get<UnitState>(view_of(each->unit()));
    if (unit.building + "-" + unit.entrance != place_of(event)) {
      decision.refuse_schema(
          "discrepancies", "房屋不属于该栋单元", "a unit of another building or entrance");
    }
  }
}

void apply_census(const body::OccupancyCensusCompleted& event,
                  const EventContext& context,
                  WorldChange& world) {
  const std::uint32_t discrepancies =
      event.discrepancies() == nullptr ? 0 : event.discrepancies()->size();
  world.edit<CensusState>(view_of(event.ym())).completed[place_of(event)] = {
      context.index, context.today, event.units(), discrepancies};
}

void decide_compiled(const body::MonthlyOccupancyTableCompiled& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_month_begun(event.ym(), context, decision);
  check_not_frozen(event.ym(), world, decision);
  check_digest("digest", *event.digest(), decision);
  std::set<std::tuple<std::string, std::uint8_t>> rows;
  for (const body::OccupancyCountRow* row : *event.counts()) {
    if (!rows.emplace(place_of(*row), static_cast<std::uint8_t>(row->category())).second) {
      decision.refuse_schema("counts", "同一栋单元类别重复", "a row stands in the table twice");
    }
    if (row->units() < 0) {
      decision.refuse_schema("counts", "户数不得为负", "a count of units is not negative");
    }
  }
}

void apply_compiled(const body::MonthlyOccupancyTableCompiled& event,
                    const EventContext& context,
                    WorldChange& world) {
  CompiledTable table;
  table.index = context.index;
  table.on = context.today;
  table.digest = digest_of(*event.digest()).value_or(crypto::Digest{});
  for (const body::OccupancyCountRow* row : *event.counts()) {
    table.counts.push_back({text_of(row->building()),
                            text_of(row->entrance()),
                            static_cast<std::uint8_t>(row->category()),
                            row->units()});
  }
  world.edit<CensusState>(view_of(event.ym())).compiled = std::move(table);
}

void decide_signed(const body::MonthlyOccupancyTableSigned& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_not_frozen(event.ym(), world, decision);
  check_digest("digest", *event.digest(), decision);
  const auto census = world.get<CensusState>(view_of(event.ym()));
  if (!census.compiled) {
    decision.refuse(frozen_rule, {fact("ym", view_of(event.ym())), fact("compiled", "none")});
  } else if (digest_of(*event.digest()) != census.compiled->digest) {
    decision.refuse(frozen_rule,
                    {fact("ym", view_of(event.ym())),
                     fact("compiled_at", std::to_string(number(census.compiled->index)))});
  }
  check_signature(signed_by_staff(event.signatures(), Role::pm, world),
                  "须由项目经理签名",
                  "the project manager must sign",
                  decision);
}

void apply_signed(const body::MonthlyOccupancyTableSigned& event,
                  const EventContext& context,
                  WorldChange& world) {
  CensusState& census = world.edit<CensusState>(view_of(event.ym()));
  census.signed_by_pm = context.index;
  census.signed_on = context.today;
}

void decide_distributed(const body::MonthlyOccupancyTableDistributed& event,
                        const EventContext&,
                        const World& world,
                        Decision& decision) {
  if (!world.get<CensusState>(view_of(event.ym())).signed_by_pm) {
    decision.refuse(distribution_rule, {fact("ym", view_of(event.ym()))});
  }
}

void apply_distributed(const body::MonthlyOccupancyTableDistributed& event,
                       const EventContext& context,
                       WorldChange& world) {
  world.edit<CensusState>(view_of(event.ym())).distributed = context.index;
}

constexpr std::array month_handlers{
    event<body::OccupancyCensusAssigned, decide_assigned, apply_assigned>(
        "OccupancyCensusAssigned"),
    event<body::OccupancyCensusCompleted, decide_census, apply_census>("OccupancyCensusCompleted"),
    event<body::MonthlyOccupancyTableCompiled, decide_compiled, apply_compiled>(
        "MonthlyOccupancyTableCompiled"),
    event<body::MonthlyOccupancyTableSigned, decide_signed, apply_signed>(
        "MonthlyOccupancyTableSigned"),
    event<body::MonthlyOccupancyTableDistributed, decide_distributed, apply_distributed>(
        "MonthlyOccupancyTableDistributed"),
};

constexpr std::array rules{distribution_rule, frozen_rule};

constexpr std::array states{state_type<CensusState>("census")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({month_handlers, occupancy::unit_handlers()});
}

}  // namespace

const Procedure& occupancy_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P22",
                                   .name = "occupancy",
                                   .zh = "物业动态",
                                   .en = "Occupancy",
                                   .schema = occupancy_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .duties = occupancy_duties()};
  return procedure;
}

}  // namespace juanzong
