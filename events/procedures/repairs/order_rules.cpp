// SPDX-License-Identifier: Apache-2.0
// The order at the front desk: taken down, passed on, urged, cancelled, and what the early shift
// and the month's end ask about it (S0§13.1, §13.2, §13.4, §13.5).
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/repair_cases.h"
#include "events/procedures/repairs/repairs.h"
#include "events/procedures/repairs/repairs_generated.h"
#include "events/procedures/rolls.h"
#include "events/schema/common_generated.h"

#include <array>
#include <set>

namespace juanzong::repairs {
namespace {

void decide_reported(const body::RepairReported& event,
                     const EventContext& context,
                     const World&,
                     Decision& decision) {
  std::vector<Fact> missing;
  const auto need = [&missing](bool present, std::string_view what) {
    if (!present) {
      missing.push_back(fact("missing", what));
    }
  };
  need(event.unit() != nullptr || !view_of(event.room()).empty(), "room");
  need(event.content() != nullptr, "content");
  need(!view_of(event.fault()).empty(), "fault");
  need(event.reported_at() != nullptr, "reported_at");
  need(event.receiver() != nullptr, "receiver");
  need(event.phone() != nullptr, "phone");
  if (!missing.empty()) {
    decision.refuse(complete_rule, missing);
  }
  if (!event.after_hours() && !context.roles.has(Role::csa)) {
    decision.refuse_schema("after_hours",
                           "保安部仅在非办公时间受理报修",
                           "security takes repairs down out of hours only");
  }
  if (event.appointment() != nullptr && event.reported_at() != nullptr &&
      *parse_instant(view_of(event.appointment())) < *parse_instant(view_of(event.reported_at()))) {
    decision.refuse_schema("appointment", "预约时间早于报修", "before it was reported");
  }
}

void apply_reported(const body::RepairReported& event, const EventContext&, WorldChange& world) {
  RepairState& repair = world.edit<RepairState>(view_of(event.repair_id()));
  repair.order_no = text_of(event.order_no());
  repair.reporter = text_of(event.reporter());
  repair.emergency = event.urgency() == body::Urgency::EMERGENCY;
  repair.paid = event.paid();
  repair.charge_explained = event.charge_explained();
  repair.after_hours = event.after_hours();
  repair.reported_at = *parse_instant(view_of(event.reported_at()));
  repair.category = text_of(event.category());
}

void apply_dispatched(const body::RepairDispatched& event,
                      const EventContext&,
                      WorldChange& world) {
  world.edit<RepairState>(view_of(event.repair_id())).dispatched_at =
      parse_instant(view_of(event.at()));
  enter_roll(repair_roll, view_of(event.repair_id()), world);
}

void decide_urged(const body::RepairUrged& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  if (event.nth() != world.get<RepairState>(view_of(event.repair_id())).urged + 1) {
    decision.refuse_schema("nth", "次数不连续", "urging is counted one by one");
  }
}

void apply_urged(const body::RepairUrged& event, const EventContext&, WorldChange& world) {
  ++world.edit<RepairState>(view_of(event.repair_id())).urged;
}

void apply_cancelled(const body::RepairCancelled& event, const EventContext&, WorldChange& world) {
  world.edit<RepairState>(view_of(event.repair_id())).cancelled = true;
  leave_roll(repair_roll, view_of(event.repair_id()), world);
}

// Not done, or done and visited while the paper is still out.
bool is_out(const World& world, std::string_view id) {
  const RepairStage stage = repair_stage(world, id);
  const bool visited = stage == RepairStage::visited || stage == RepairStage::closed;
  return (stage >= RepairStage::reported && stage <= RepairStage::completed) ||
         (visited && !world.get<RepairState>(id).returned);
}

void decide_not_returned(const body::RepairNotReturnedReported& event,
                         const EventContext&,
                         const World& world,
                         Decision& decision) {
  std::set<std::string_view> named;
  for (const auto* id : *event.list()) {
    if (!is_out(world, view_of(id)) || !named.insert(view_of(id)).second) {
      decision.refuse_schema("list",
                             "不是未返回的维修单,或重复:" + text_of(id),
                             "no order that is out, or named twice: " + text_of(id));
    }
  }
}

// Its charge, as the fee desk assessed it.
bool is_charged(const body::RepairFee& item, const World& world) {
  const auto* charge = world.find<ChargeState>(view_of(item.charge_id()));
  return charge != nullptr && !charge->reversed &&
         charge->purpose == static_cast<std::uint8_t>(body::Purpose::REPAIR) &&
         charge->case_ref == std::string(repair_stream) + ":" + text_of(item.repair_id()) &&
         charge->amount == Fen{item.amount_fen()};
}

void decide_month(const body::RepairMonthlyFeeRecorded& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  if (*parse_month(view_of(event.ym())) > month_of(context.today)) {
    decision.refuse_schema("ym", "月份未到", "the month has not come yet");
  }
  if (event.items() == nullptr) {
    return;
  }
  std::set<std::string_view> charges;
  for (const auto* item : *event.items()) {
    if (!is_charged(*item, world)) {
      decision.refuse(desk_rule,
                      {fact("repair_id", view_of(item->repair_id())),
                       fact("charge_id", view_of(item->charge_id())),
                       fact("amount", Fen{item->amount_fen()})});
    }
    if (!charges.insert(view_of(item->charge_id())).second) {
      decision.refuse_schema("items", "同一费用重复录入", "a charge is recorded once");
    }
  }
}

constexpr std::array handlers{
    event<body::RepairReported, decide_reported, apply_reported>("RepairReported"),
    event<body::RepairDispatched, decide_nothing<body::RepairDispatched>, apply_dispatched>(
        "RepairDispatched"),
    event<body::RepairUrged, decide_urged, apply_urged>("RepairUrged"),
    event<body::RepairCancelled, decide_nothing<body::RepairCancelled>, apply_cancelled>(
        "RepairCancelled"),
    event<body::RepairNotReturnedReported,
          decide_not_returned,
          apply_nothing<body::RepairNotReturnedReported>>("RepairNotReturnedReported"),
    event<body::RepairMonthlyFeeRecorded,
          decide_month,
          apply_nothing<body::RepairMonthlyFeeRecorded>>("RepairMonthlyFeeRecorded"),
};

}  // namespace

std::span<const EventHandler> order_handlers() {
  return handlers;
}

}  // namespace juanzong::repairs
