// SPDX-License-Identifier: Apache-2.0
// Lost keys and who answers for them; what a customer is to pay for a lost or damaged one.
#include "events/procedures/case_checks.h"
#include "events/procedures/keys/keys_generated.h"
#include "events/procedures/keys/rules.h"
#include "events/procedures/parties.h"

#include <algorithm>
#include <array>

namespace juanzong::keys {
namespace {

constexpr KeyStages before_loss = from_to(KeyStage::unregistered, KeyStage::with_client);
// Where the house has the key; it answers for what is lost there.
constexpr KeyStages in_the_house =
    KeyStages(KeyStage::unregistered) | KeyStage::in_custody | KeyStage::lent;

std::vector<std::string> liable_of(const body::KeyLossReported& event) {
  std::vector<std::string> liable;
  for (std::uint32_t i = 0; event.liable() != nullptr && i < event.liable()->size(); ++i) {
    liable.push_back(text_of(event.liable()->Get(i)));
  }
  return liable;
}

void check_liable(const std::vector<std::string>& liable,
                  KeyStage stage,
                  const World& world,
                  Decision& decision) {
  for (const std::string& staff : liable) {
    if (!is_staff(world, staff)) {
      decision.refuse_schema("liable", "责任人不是员工", "only members of staff are liable");
    }
  }
  if (!in_the_house.has(stage)) {
    return;
  }
  for (const Role role : {Role::key, Role::pm}) {
    const bool named = std::ranges::any_of(
        liable, [&](const std::string& staff) { return staff_has_role(world, staff, role); });
    if (!named) {
      decision.refuse(loss_rule,
                      {fact("lost_from", name_of(stage)), fact("missing", code_of(role))});
    }
  }
}

void decide_lost(const body::KeyLossReported& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  const std::string_view key_no = view_of(event.key_no());
  check_key(world, key_no, view_of(event.unit()), before_loss, decision);
  check_liable(liable_of(event), world.get<KeyState>(key_no).stage, world, decision);
}

void apply_lost(const body::KeyLossReported& event,
                const EventContext& context,
                WorldChange& world) {
  lose_key(world.edit<KeyState>(view_of(event.key_no())),
           liable_of(event),
           move_of(context, world),
           context.today);
}

void decide_compensation(const body::KeyCompensationAssessed& event,
                         const EventContext&,
                         const World& world,
                         Decision& decision) {
  const auto* key = world.find<KeyState>(view_of(event.key_no()));
  if (key == nullptr || key->unit != view_of(event.unit())) {
    decision.refuse_schema("key_no", "该房屋无此钥匙", "the unit has no such key");
    return;
  }
  if (event.cause() == body::KeyCompensationCause::LOST && key->stage != KeyStage::lost) {
    decision.refuse_schema("cause", "钥匙未报失", "the key was not reported lost");
  }
  const bool assessed = std::ranges::any_of(key->compensations, [&](const KeyCompensation& each) {
    return each.cause == static_cast<std::uint8_t>(event.cause());
  });
  if (assessed) {
    decision.refuse_schema("cause", "此项赔偿已核定", "assessed before since it went out");
  }
}

void apply_compensation(const body::KeyCompensationAssessed& event,
                        const EventContext& context,
                        WorldChange& world) {
  world.edit<KeyState>(view_of(event.key_no()))
      .compensations.push_back({context.index,
                                static_cast<std::uint8_t>(event.cause()),
                                text_of(event.payer()),
                                Fen{event.amount_fen()}});
}

constexpr std::array handlers{
    event<body::KeyLossReported, decide_lost, apply_lost>("KeyLossReported"),
    event<body::KeyCompensationAssessed, decide_compensation, apply_compensation>(
        "KeyCompensationAssessed"),
};

}  // namespace

std::span<const EventHandler> loss_handlers() {
  return handlers;
}

}  // namespace juanzong::keys
