// SPDX-License-Identifier: Apache-2.0
// Who did it is known, a check that failed says why, a display ends after it began.
#include "events/procedures/greening/greening.h"
#include "events/procedures/greening/greening_generated.h"
#include "events/procedures/greening/greening_schema.h"
#include "events/procedures/workers.h"

#include <array>

namespace juanzong {
namespace {

void decide_done(const body::GreeningCareDone& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  check_worker("by", view_of(event.by()), world, decision);
}

void decide_checked(const body::GreeningChecked& event,
                    const EventContext&,
                    const World&,
                    Decision& decision) {
  check_defects(event.result() == body::GreeningResult::FAIL, event.defects(), decision);
}

void decide_display(const body::FlowerDisplayArranged& event,
                    const EventContext&,
                    const World&,
                    Decision& decision) {
  const auto to = date_of(event.to());
  if (to && *to < *date_of(event.from())) {
    decision.refuse_schema("to", "终止日早于起始日", "ends before it begins");
  }
}

constexpr std::array handlers{
    event<body::GreeningCareDone, decide_done, apply_nothing<body::GreeningCareDone>>(
        "GreeningCareDone"),
    event<body::GreeningChecked, decide_checked, apply_nothing<body::GreeningChecked>>(
        "GreeningChecked"),
    event<body::FlowerDisplayArranged, decide_display, apply_nothing<body::FlowerDisplayArranged>>(
        "FlowerDisplayArranged"),
};

}  // namespace

const Procedure& greening_procedure() {
  static constexpr Procedure procedure{.code = "P38",
                                       .name = "greening",
                                       .zh = "绿化",
                                       .en = "Greening",
                                       .schema = greening_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {}};
  return procedure;
}

}  // namespace juanzong
