// SPDX-License-Identifier: Apache-2.0
// Marks that several duties make in the same way: of a paper for a month, of an act on a day.
#pragma once

#include "events/procedures/duties.h"
#include "events/procedures/procedure.h"

namespace juanzong {

// The event's `ym`.
template <class Body>
void mark_month(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& body = *flatbuffers::GetRoot<Body>(event.body);
  marks.push_back({{}, {}, first_day(*parse_month(view_of(body.ym())))});
}

// The event's `held_on`.
template <class Body>
void mark_held(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  marks.push_back({{}, {}, date_of(flatbuffers::GetRoot<Body>(event.body)->held_on())});
}

}  // namespace juanzong
