// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/judgement.h"

#include "events/procedures/declared_checks.h"
#include "events/procedures/signature_disputes.h"

namespace juanzong {

void decide_event(const CatalogueEntry& entry,
                  const EventView& event,
                  const World& world,
                  Decision& decision) {
  check_declared(entry.descriptor, entry.cases, event, world, decision);
  check_cases(entry.cases, event, world, decision);
  entry.handler->decide(event.body, event.context, world, decision);
}

void apply_event(const CatalogueEntry& entry, const EventView& event, WorldChange& world) {
  entry.handler->apply(event.body, event.context, world);
  enter_declared(entry.descriptor, event, world);
  enter_signatures(entry.descriptor, event, world);
  follow_cases(entry.cases, entry.descriptor.type, event, world);
  follow_deadlines(entry.deadlines, event, world);
  follow_duties(entry.duties, event, world);
}

}  // namespace juanzong
