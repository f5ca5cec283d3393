// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/notices/notices.h"
#include "events/procedures/notices/notices_generated.h"

#include <array>

namespace juanzong {
namespace {

template <class Body>
const NoticeState* notice_of(const std::uint8_t* body, const World& world) {
  return world.find<NoticeState>(view_of(flatbuffers::GetRoot<Body>(body)->notice_id()));
}

bool expires(const std::uint8_t* body, const World& world) {
  const auto* notice = notice_of<body::NoticePosted>(body, world);
  return notice != nullptr && notice->expires_on.has_value();
}

std::optional<CivilDate> expiry(const std::uint8_t* body,
                                const EventContext& /*context*/,
                                const World& world) {
  const auto* notice = notice_of<body::NoticePosted>(body, world);
  return notice == nullptr ? std::nullopt : notice->expires_on;
}

bool hangs_nowhere(const std::uint8_t* body, const World& world) {
  const auto* notice = notice_of<body::NoticeWithdrawn>(body, world);
  return notice == nullptr || notice->places.empty();
}

}  // namespace

std::span<const DeadlineRule> notice_deadlines() {
  static constexpr std::array rules{
      DeadlineRule{.id = "D-NOT",
                   .clause = "S0§15",
                   .zh = "通知到期当日从各张贴处撤下",
                   .en = "a notice is taken down everywhere on the day it expires",
                   .begins = "NoticePosted",
                   .ends = {"NoticeWithdrawn"},
                   .stream = "notice",
                   .responsible = Role::csa,
                   .applies = expires,
                   .counts_from = expiry,
                   .ends_if = hangs_nowhere},
  };
  return rules;
}

}  // namespace juanzong
