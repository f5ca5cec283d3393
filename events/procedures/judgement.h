// SPDX-License-Identifier: Apache-2.0
// One event against everything that is declared for it and coded for it: the writer, the audit's
// replay and the folds of views all come through here, so that they agree.
#pragma once

#include "events/procedures/catalogue.h"

namespace juanzong {

// Asks all: the schema's attributes, the machine of its case, then the event's own decide().
void decide_event(const CatalogueEntry& entry,
                  const EventView& event,
                  const World& world,
                  Decision& decision);

// Of an accepted event: its own apply(), then its numbers, signatures, cases, the deadlines that it
// begins and ends, and the duties that it counts for.
void apply_event(const CatalogueEntry& entry, const EventView& event, WorldChange& world);

}  // namespace juanzong
