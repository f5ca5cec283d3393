// SPDX-License-Identifier: Apache-2.0
// Folding one stored record into a world: the apply() half of every procedure, with the context
// that the record itself carries. Catch-up, rebuild and as-of views all fold through here.
#pragma once

#include "events/log/record.h"
#include "events/model/result.h"
#include "events/procedures/catalogue.h"

#include "projections/state/memory_world.h"
#include "projections/state/record_reader.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// decide_event() and apply_event() of a statement.
void decide_statement(const CatalogueEntry& entry,
                      const StatementView& statement,
                      const EventContext& context,
                      const World& world,
                      Decision& decision);
void apply_statement(const CatalogueEntry& entry,
                     const StatementView& statement,
                     const EventContext& context,
                     WorldChange& world);

// `actor`: the staff behind the header's key. The body must have been admitted once, as every
// record's was; a record of a type this program does not know is an error.
[[nodiscard]] Outcome fold_record(const Catalogue& catalogue,
                                  const RecordView& record,
                                  std::string_view actor,
                                  WorldChange& world);

// Folds every record of these streams with index ≤ upto into `world`, in index order, each once.
// This is how an entity is seen as of an index. `actor_of` answers the staff behind a key; who
// holds a key never changes.
[[nodiscard]] Outcome fold_streams(const Catalogue& catalogue,
                                   const RecordReader& reader,
                                   const std::vector<std::string>& streams,
                                   RecordIndex upto,
                                   const std::function<std::string(const KeyId&)>& actor_of,
                                   WorldChange& world);

}  // namespace juanzong
