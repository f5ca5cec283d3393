// SPDX-License-Identifier: Apache-2.0
// How keys come into the cabinet: from the developer, from an owner who entrusts one, kept back for
// rectification; and the register that holds them all.
#include "events/model/limits.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/handovers.h"
#include "events/procedures/keys/key_numbers.h"
#include "events/procedures/keys/keys_generated.h"
#include "events/procedures/keys/rules.h"
#include "events/procedures/signatures.h"
#include "events/procedures/units.h"

#include <array>
#include <set>

namespace juanzong::keys {
namespace {

void decide_received(const body::KeyReceivedFromDeveloper& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  NumberCheck numbers(world, decision);
  std::set<std::string_view> key_nos;
  std::set<std::string_view> units;
  for (const body::DeliveredKey* key : *event.keys()) {
    const std::string_view key_no = view_of(key->key_no());
    if (units.insert(view_of(key->unit())).second) {
      check_unit_registered(world, view_of(key->unit()), decision);
    }
    if (!key_nos.insert(key_no).second) {
      decision.refuse_schema("keys", "同一钥匙重复", "a key stands in the list twice");
    } else if (world.find<KeyState>(key_no) != nullptr) {
      check_key(world, key_no, view_of(key->unit()), KeyStage::none, decision);
    } else {
      numbers.take(key_no);
    }
    if (key->copies() < 1) {
      decision.refuse_schema("keys.copies", "把数至少为 1", "at least one copy");
    }
  }
  if (key_nos.size() + units.size() > limits::streams_per_statement_max) {
    decision.refuse_schema("keys", "钥匙与房屋合计每次最多 16", "at most 16 keys and units");
  }
  check_signature(signed_in_capacity(event.signatures(), body::Capacity::DEVELOPER),
                  "须由开发商签名",
                  "the developer must sign",
                  decision);
}

KeyState& begin_key(WorldChange& world,
                    std::string_view key_no,
                    std::string_view unit,
                    const EventContext& context) {
  use_key_number(world, key_no);
  KeyState& key = world.edit<KeyState>(key_no);
  key.unit = unit;
  key.received = context.index;
  move_key(key, KeyStage::unregistered, {}, move_of(context, world));
  return key;
}

void apply_received(const body::KeyReceivedFromDeveloper& event,
                    const EventContext& context,
                    WorldChange& world) {
  for (const body::DeliveredKey* delivered : *event.keys()) {
    const std::string_view unit = view_of(delivered->unit());
    const bool handed_over = world.get<HandoverState>(unit).completed.has_value();
    KeyState& key = begin_key(world, view_of(delivered->key_no()), unit, context);
    key.copies = delivered->copies();
    key.origin = handed_over ? KeyOrigin::developer : KeyOrigin::not_yet_handed_over;
  }
}

// The claim must be true and must say what the ledger says.
void check_vacant(const body::KeyEntrusted& event, const World& world, Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const auto state = world.get<UnitState>(unit);
  const bool vacant = state.occupant == UnitOccupant::none && !state.decorating;
  if (!vacant || !event.vacant()) {
    decision.refuse(vacant_rule,
                    {fact("unit", unit),
                     fact("claimed", event.vacant() ? "vacant" : "not vacant"),
                     fact("category", code_of(category_of(state)))});
  }
  if (!event.disclaimer_accepted()) {
    decision.refuse(vacant_rule, {fact("unit", unit), fact("disclaimer_accepted", "false")});
  }
}

bool signed_by_entruster(const body::KeyEntrusted& event, const World& world) {
  const std::string_view entruster = view_of(event.entruster());
  const std::string owner = owner_of_handover(world, view_of(event.unit()));
  return entruster == owner ? signed_by_owner(event.signatures(), owner)
                            : signed_by(event.signatures(), entruster, body::Capacity::CUSTOMER);
}

void decide_entrusted(const body::KeyEntrusted& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const std::string_view key_no = view_of(event.key_no());
  const std::string_view entruster = view_of(event.entruster());
  check_unit_registered(world, view_of(event.unit()), decision);
  check_signature_blocks(event.signatures(), decision);
  check_key(world, key_no, view_of(event.unit()), KeyStage::none | KeyStage::with_owner, decision);
  check_vacant(event, world, decision);
  const auto* key = world.find<KeyState>(key_no);
  if (key == nullptr) {
    NumberCheck(world, decision).take(key_no);
  } else if (key->stage == KeyStage::with_owner && entruster != key->holder &&
             entruster != owner_of_handover(world, key->unit)) {
    decision.refuse_schema("entruster", "须由持有人或业主委托", "neither its holder nor the owner");
  }
  check_signature(signed_by_entruster(event, world),
                  "须由委托人签名",
                  "who entrusts the key must sign",
                  decision);
}

void apply_entrusted(const body::KeyEntrusted& event,
                     const EventContext& context,
                     WorldChange& world) {
  const std::string_view key_no = view_of(event.key_no());
  const std::string_view unit = view_of(event.unit());
  const bool is_new = world.find<KeyState>(key_no) == nullptr;
  KeyState& key = is_new ? begin_key(world, key_no, unit, context) : world.edit<KeyState>(key_no);
  if (is_new) {
    key.copies = 1;
    key.was_out = true;
  } else {
    move_key(key, KeyStage::in_custody, {}, move_of(context, world));
  }
  key.origin = KeyOrigin::entrusted;
  key.entruster = view_of(event.entruster());
  key.by_owner = owner_of_handover(world, unit) == key.entruster;
}

// Only for what is still to be rectified (DOMAIN A20).
void check_defects(const body::RectificationKeyRetained& event,
                   const World& world,
                   Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const auto* defects = event.defects();
  if (defects == nullptr || defects->size() == 0) {
    decision.refuse(rectification_key_rule, {fact("unit", unit), fact("defects", "none")});
    return;
  }
  const auto state = world.get<HandoverState>(unit);
  for (const flatbuffers::String* defect_id : *defects) {
    const auto found = state.defects.find(text_of(defect_id));
    if (found == state.defects.end() || found->second.rectified_on) {
      decision.refuse(rectification_key_rule,
                      {fact("defect_id", view_of(defect_id)),
                       fact("state", found == state.defects.end() ? "unknown" : "rectified")});
    }
  }
}

void decide_retained(const body::RectificationKeyRetained& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_signature_blocks(event.signatures(), decision);
  check_key(
      world, view_of(event.key_no()), unit, KeyStage::in_custody | KeyStage::with_owner, decision);
  const HandoverStage stage = handover_stage(world, unit, context.today);
  if (stage == HandoverStage::declined) {
    decision.refuse_state(code_of(stage), "VERIFIED READY DOCS_SIGNED KEYS_OUT COMPLETED");
  }
  const bool agreed = event.owner_opinion() != nullptr && event.owner_consented() &&
                      signed_by_owner(event.signatures(), owner_of_handover(world, unit));
  check_rectification_key(agreed, unit, world, decision);
  check_defects(event, world, decision);
}

void apply_retained(const body::RectificationKeyRetained& event,
                    const EventContext& context,
                    WorldChange& world) {
  KeyState& key = world.edit<KeyState>(view_of(event.key_no()));
  move_key(key, KeyStage::in_custody, {}, move_of(context, world));
  key.origin = KeyOrigin::rectification;
  key.defects.clear();
  for (const flatbuffers::String* defect_id : *event.defects()) {
    key.defects.push_back(text_of(defect_id));
  }
}

void decide_registered(const body::KeyRegistered& event,
                       const EventContext&,
                       const World& world,
                       Decision& decision) {
  check_key(
      world, view_of(event.key_no()), view_of(event.unit()), KeyStage::unregistered, decision);
  if (!event.locked()) {
    decision.refuse(key_register_rule,
                    {fact("key_no", view_of(event.key_no())), fact("locked", "false")});
  }
}

void apply_registered(const body::KeyRegistered& event,
                      const EventContext& context,
                      WorldChange& world) {
  KeyState& key = world.edit<KeyState>(view_of(event.key_no()));
  move_key(key, KeyStage::in_custody, {}, move_of(context, world));
  key.registered = context.index;
  key.registered_on = context.today;
  key.cabinet = view_of(event.cabinet());
}

constexpr std::array handlers{
    event<body::KeyReceivedFromDeveloper, decide_received, apply_received>(
        "KeyReceivedFromDeveloper"),
    event<body::KeyEntrusted, decide_entrusted, apply_entrusted>("KeyEntrusted"),
    event<body::RectificationKeyRetained, decide_retained, apply_retained>(
        "RectificationKeyRetained"),
    event<body::KeyRegistered, decide_registered, apply_registered>("KeyRegistered"),
};

}  // namespace

std::span<const EventHandler> receive_handlers() {
  return handlers;
}

}  // namespace juanzong::keys
