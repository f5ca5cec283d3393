// SPDX-License-Identifier: Apache-2.0
// Guards that several procedures ask in the same words: the unit exists, a stated fact lies in the
// past, a form carries the signature that its row demands, a reference points backwards. They
// refuse as SCHEMA, because the field's value is one that no rule allows.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/units.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

inline void check_unit_registered(const World& world, std::string_view unit, Decision& decision) {
  const auto* state = world.find<UnitState>(unit);
  if (state == nullptr || !state->registered) {
    decision.refuse_schema("unit", "房屋未登记", "the unit is not registered");
  }
}

// A fact is recorded when it has happened; its civil day is today or earlier.
inline void check_not_in_future(std::string_view field,
                                std::optional<CivilDate> date,
                                const EventContext& context,
                                Decision& decision) {
  if (date && *date > context.today) {
    decision.refuse_schema(field, "日期不得晚于登记当日", "the day has not come yet");
  }
}

inline void check_signature(bool present,
                            std::string_view zh,
                            std::string_view en,
                            Decision& decision) {
  if (!present) {
    decision.refuse_schema("signatures", zh, en);
  }
}

template <class Ref>
void check_earlier_record(std::string_view field,
                          const Ref& ref,
                          const EventContext& context,
                          Decision& decision) {
  if (record_index(ref, context) >= context.index) {
    decision.refuse_schema(field, "只能引用之前的记录", "the record must lie before this one");
  }
}

}  // namespace juanzong
