// SPDX-License-Identifier: Apache-2.0
// Work on the grounds and its checks, asked in the same words by cleaning and greening: who did it
// (a registered member of staff, a contractor, or a supplier's person known by a random id only),
// and what a check found.
#pragma once

#include "events/procedures/parties.h"
#include "events/procedures/procedure.h"

#include <string_view>

namespace juanzong {

// A code names staff; a person id (32 hexadecimal digits) is anybody else.
inline void check_worker(std::string_view field,
                         std::string_view who,
                         const World& world,
                         Decision& decision) {
  const auto* contractor = world.find<ContractorState>(who);
  const bool is_contractor = contractor != nullptr && contractor->registered;
  if (!hex16(who) && !is_contractor && !is_staff(world, who)) {
    decision.refuse_schema(field, "执行人未登记", "neither staff, contractor nor a person");
  }
}

// A check names its defects if it failed, and none if it passed.
using DefectList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
inline void check_defects(bool failed, const DefectList* defects, Decision& decision) {
  const bool named = defects != nullptr && defects->size() > 0;
  if (failed != named) {
    decision.refuse_schema("defects",
                           "不合格须列明问题,合格则无",
                           "what failed names its defects, what passed has none");
  }
}

}  // namespace juanzong
