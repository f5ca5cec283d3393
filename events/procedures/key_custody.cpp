// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/key_custody.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/handovers.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, key_stage_count> stages{
    "NONE", "UNREGISTERED", "IN_CUSTODY", "WITH_OWNER", "LENT", "WITH_CLIENT", "LOST"};

constexpr KeyStages outside_register = KeyStage::none | KeyStage::unregistered;

}  // namespace

std::string_view name_of(KeyStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

void check_key(const World& world,
               std::string_view key_no,
               std::string_view unit,
               KeyStages accepted,
               Decision& decision) {
  const auto key = world.get<KeyState>(key_no);
  if (key.stage != KeyStage::none && key.unit != unit) {
    decision.refuse_schema("unit", "钥匙不属于该房屋", "a key of another unit");
  }
  if (accepted.has(key.stage)) {
    return;
  }
  const std::string wanted = names_of(accepted, key_stage_count);
  const bool only_registered = (accepted.bits & outside_register.bits) == 0;
  if (only_registered && outside_register.has(key.stage)) {
    decision.refuse(
        key_register_rule,
        {fact("key_no", key_no), fact("state", name_of(key.stage)), fact("accepted_in", wanted)});
  } else {
    decision.refuse_state(name_of(key.stage), wanted);
  }
}

std::string entitled_to_key(const World& world, const KeyState& key) {
  if (!key.entruster.empty() && !key.by_owner) {
    return key.entruster;
  }
  // Under an exception the owner may come before his identity was verified: he is the roster's.
  const std::string owner = owner_of_handover(world, key.unit);
  return owner.empty() ? world.get<HandoverState>(key.unit).roster_owner : owner;
}

KeyMove move_of(const EventContext& context, const World& world) {
  return {context.index, moment_of_fact(context, world)};
}

void move_key(KeyState& key, KeyStage stage, std::string_view holder, const KeyMove& move) {
  key.stage = stage;
  key.holder = holder;
  key.moved = move.index;
  key.moved_at = move.at;
  key.loan.reset();
}

void hand_key_out(KeyState& key, KeyStage stage, const KeyHandOut& to, const KeyMove& move) {
  move_key(key, stage, to.to, move);
  key.hand_out = to;
  key.was_out = key.was_out || stage == KeyStage::with_owner;
  key.entruster.clear();
  key.defects.clear();
  key.compensations.clear();
}

void lose_key(KeyState& key,
              std::vector<std::string> liable,
              const KeyMove& move,
              CivilDate reported_on) {
  const KeyStage from = key.stage;
  const std::string holder = key.holder;
  move_key(key, KeyStage::lost, holder, move);
  key.loss = KeyLoss{move.index, reported_on, from, std::move(liable)};
}

}  // namespace juanzong
