// SPDX-License-Identifier: Apache-2.0
// Guards that several procedures ask in the same words: the unit exists, a stated fact lies in the
// past, a form carries the signature that its row demands, a reference points backwards, a digest
// has its length. They refuse as SCHEMA, because the field's value is one that no rule allows.
#pragma once

#include "crypto/digest.h"

#include "events/procedures/policy.h"
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

// How far the clocks of two devices may differ (policy clock.max_skew_s).
[[nodiscard]] inline std::int64_t clock_skew_micros(const World& world, CivilDate on) {
  return policy_number(world, "clock.max_skew_s", on).value_or(300) * micros_per_second;
}

// When the fact was: as stated, if the clock agrees or it is entered later (补录), else as recorded
// (DOMAIN 0.6).
[[nodiscard]] inline UnixMicros moment_of_fact(const EventContext& context, const World& world) {
  const std::int64_t skew = clock_skew_micros(world, context.today);
  const std::int64_t behind = context.recorded_at.value - context.occurred_at.value;
  const bool agrees = behind <= skew && -behind <= skew;
  return agrees || context.back_entry ? context.occurred_at : context.recorded_at;
}

// check_not_in_future() of an instant, as far as clocks agree.
inline void check_instant_passed(std::string_view field,
                                 UnixMicros at,
                                 const EventContext& context,
                                 const World& world,
                                 Decision& decision) {
  if (at.value > context.recorded_at.value + clock_skew_micros(world, context.today)) {
    decision.refuse_schema(field, "时间不得晚于登记时刻", "the moment has not come yet");
  }
}

// The civil day of the fact: of occurred_at when it is entered later (补录).
[[nodiscard]] inline CivilDate day_of_fact(const EventContext& context, const World& world) {
  return context.back_entry ? world.zone().date_of(context.occurred_at) : context.today;
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

using DigestBytes = flatbuffers::Vector<std::uint8_t>;

[[nodiscard]] inline std::optional<crypto::Digest> digest_of(const DigestBytes& bytes) {
  return crypto::digest_from_bytes({bytes.data(), bytes.size()});
}

inline void check_digest(std::string_view field, const DigestBytes& bytes, Decision& decision) {
  if (!digest_of(bytes)) {
    decision.refuse_schema(field, "摘要须为 32 字节", "a digest has 32 bytes");
  }
}

}  // namespace juanzong
