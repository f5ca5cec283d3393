// SPDX-License-Identifier: Apache-2.0
// What the attributes of an event's schema ask of its values and signatures (common.fbs: past,
// known, unique, sig), as far as it takes more than the body to judge it. All refuse as SCHEMA.
#pragma once

#include "events/procedures/case_machine.h"
#include "events/procedures/event_schema.h"

#include <span>

namespace juanzong {

class Decision;
struct EventView;

// `cases`: the event's steps, for "not before its case began".
void check_declared(const EventDescriptor& descriptor,
                    std::span<const CaseUse> cases,
                    const EventView& event,
                    const World& world,
                    Decision& decision);
// Enters the numbers of `unique` fields in their registers.
void enter_declared(const EventDescriptor& descriptor, const EventView& event, WorldChange& world);

}  // namespace juanzong
