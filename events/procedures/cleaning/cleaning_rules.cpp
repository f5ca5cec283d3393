// SPDX-License-Identifier: Apache-2.0
// Who did it is known, and a check that failed says why.
#include "events/procedures/cleaning/cleaning.h"
#include "events/procedures/cleaning/cleaning_generated.h"
#include "events/procedures/cleaning/cleaning_schema.h"
#include "events/procedures/workers.h"

#include <array>

namespace juanzong {
namespace {

template <class Body>
void decide_done(const Body& event, const EventContext&, const World& world, Decision& decision) {
  check_worker("by", view_of(event.by()), world, decision);
}

void decide_checked(const body::CleaningChecked& event,
                    const EventContext&,
                    const World&,
                    Decision& decision) {
  check_defects(event.result() == body::CheckResult::FAIL, event.defects(), decision);
}

constexpr std::array handlers{
    event<body::CleaningDone, decide_done<body::CleaningDone>, apply_nothing<body::CleaningDone>>(
        "CleaningDone"),
    event<body::CleaningChecked, decide_checked, apply_nothing<body::CleaningChecked>>(
        "CleaningChecked"),
    event<body::WasteRemoved, decide_done<body::WasteRemoved>, apply_nothing<body::WasteRemoved>>(
        "WasteRemoved"),
    event<body::PestControlDone,
          decide_done<body::PestControlDone>,
          apply_nothing<body::PestControlDone>>("PestControlDone"),
    plain("SpecialWeatherCleaningActivated"),
};

}  // namespace

const Procedure& cleaning_procedure() {
  static constexpr Procedure procedure{.code = "P37",
                                       .name = "cleaning",
                                       .zh = "清洁保洁",
                                       .en = "Cleaning and waste",
                                       .schema = cleaning_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {}};
  return procedure;
}

}  // namespace juanzong
