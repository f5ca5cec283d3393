// SPDX-License-Identifier: Apache-2.0
// What the client gives back: the fittings that the room was equipped with, and his keys.
#include "events/procedures/case_checks.h"
#include "events/procedures/key_custody.h"
#include "events/procedures/lease_termination/lease_termination_generated.h"
#include "events/procedures/lease_termination/lease_termination_rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace juanzong::lease_termination {
namespace {

// Every thing that was supplied is accounted for once: returned or missing.
void check_all_fittings(const body::OfficeFittingsReclaimed& event,
                        const OfficeLetState& let,
                        Decision& decision) {
  Fittings open = let.supplied;
  for (const Fittings& part : {fittings_of(event.items()), fittings_of(event.missing())}) {
    for (const auto& [name, quantity] : part) {
      open[name] -= quantity;
    }
  }
  for (const auto& [name, difference] : open) {
    if (difference != 0) {
      decision.refuse(fittings_rule,
                      {fact("fitting", name), fact("unaccounted", std::to_string(difference))});
    }
  }
}

void decide_fittings(const body::OfficeFittingsReclaimed& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const std::string_view company = view_of(event.company());
  check_signature_blocks(event.signatures(), decision);
  check_office_client(unit, company, OfficeStage::leaving, world, decision);
  check_fittings("items", event.items(), decision);
  check_fittings("missing", event.missing(), decision);
  const auto let = world.get<OfficeLetState>(unit);
  if (stage_of(let) != OfficeStage::leaving) {
    return;
  }
  if (let.fittings_reclaimed) {
    decision.refuse_state("FITTINGS_RECLAIMED", "LEAVING: once");
    return;
  }
  check_all_fittings(event, let, decision);
  if (event.missing() != nullptr) {
    for (const body::MissingFitting* each : *event.missing()) {
      if (each->charge_id() != nullptr) {
        check_compensation(
            fittings_rule, view_of(each->charge_id()), unit, company, world, decision);
      }
    }
  }
  check_company_signature(event.signatures(), let, decision);
}

void apply_fittings(const body::OfficeFittingsReclaimed& event,
                    const EventContext& context,
                    WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.fittings_reclaimed = context.index;
  let.missing = fittings_of(event.missing());
}

// The form as sets of key numbers; SCHEMA where a key stands in one of its lists twice, is lost
// and came back, or is damaged and did not.
struct KeysOnForm {
  std::set<std::string> returned;
  std::set<std::string> lost;
  std::set<std::string> damaged;
};

KeysOnForm keys_on_form(const body::OfficeKeysReclaimed& event, Decision& decision) {
  KeysOnForm form;
  bool plain = true;
  if (event.keys() != nullptr) {
    for (const body::ReturnedOfficeKey* key : *event.keys()) {
      plain = form.returned.insert(text_of(key->key_no())).second && plain;
    }
  }
  if (event.lost_or_damaged() != nullptr) {
    for (const body::HarmedOfficeKey* key : *event.lost_or_damaged()) {
      const bool lost = key->harm() == body::OfficeKeyHarm::LOST;
      const std::string number = text_of(key->key_no());
      plain = (lost ? form.lost : form.damaged).insert(number).second &&
              form.returned.contains(number) != lost && plain;
    }
  }
  if (!plain) {
    decision.refuse_schema("lost_or_damaged",
                           "同一钥匙只列一次;丢失的不在收回之列,损坏的须在收回之列",
                           "each key once; a lost one did not come back, a damaged one did");
  }
  return form;
}

// H-OFT-1: exactly the keys of the issue record.
void check_all_keys(const KeysOnForm& form, const OfficeLetState& let, Decision& decision) {
  std::set<std::string> named = form.returned;
  named.insert(form.lost.begin(), form.lost.end());
  for (const auto& [key_no, fate] : let.keys) {
    if (!named.contains(key_no)) {
      decision.refuse(keys_rule, {fact("key_no", key_no), fact("missing", "returned or lost")});
    }
  }
  for (const std::string& key_no : named) {
    if (!let.keys.contains(key_no)) {
      decision.refuse(keys_rule, {fact("key_no", key_no), fact("not_issued", let.company)});
    }
  }
}

// The state machine of the keys themselves (DOMAIN 4.6), for those that the client had.
void check_custody(const KeysOnForm& form,
                   std::string_view unit,
                   const OfficeLetState& let,
                   const World& world,
                   Decision& decision) {
  for (const auto& [key_no, fate] : let.keys) {
    if (form.returned.contains(key_no)) {
      check_key(world, key_no, unit, KeyStage::with_client, decision);
    } else if (form.lost.contains(key_no)) {
      check_key(world, key_no, unit, KeyStage::with_client | KeyStage::lost, decision);
    }
  }
}

void check_harm(const body::OfficeKeysReclaimed& event, const World& world, Decision& decision) {
  if (event.lost_or_damaged() == nullptr) {
    return;
  }
  for (const body::HarmedOfficeKey* key : *event.lost_or_damaged()) {
    if (key->charge_id() != nullptr) {
      check_compensation(keys_rule,
                         view_of(key->charge_id()),
                         view_of(event.unit()),
                         view_of(event.company()),
                         world,
                         decision);
    } else if (key->waived_reason() == nullptr) {
      decision.refuse(
          keys_rule,
          {fact("key_no", view_of(key->key_no())), fact("missing", "charge_id or waived_reason")});
    }
  }
}

void decide_keys(const body::OfficeKeysReclaimed& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_signature_blocks(event.signatures(), decision);
  check_office_client(unit, view_of(event.company()), OfficeStage::leaving, world, decision);
  const auto let = world.get<OfficeLetState>(unit);
  if (stage_of(let) != OfficeStage::leaving) {
    return;
  }
  if (let.keys_reclaimed) {
    decision.refuse_state("KEYS_RECLAIMED", "LEAVING: once");
    return;
  }
  const KeysOnForm form = keys_on_form(event, decision);
  check_all_keys(form, let, decision);
  check_custody(form, unit, let, world, decision);
  check_harm(event, world, decision);
  check_company_signature(event.signatures(), let, decision);
}

// A key that is lost before it comes back may have been reported so before (KeyLossReported).
void lose_from_client(KeyState& key, const EventContext& context, const World& world) {
  if (key.stage != KeyStage::lost) {
    lose_key(key, {}, move_of(context, world), day_of_fact(context, world));
  }
}

void apply_keys(const body::OfficeKeysReclaimed& event,
                const EventContext& context,
                WorldChange& world) {
  const KeyMove move = move_of(context, world);
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.keys_reclaimed = context.index;
  let.keys_reclaimed_at = move.at;
  if (event.keys() != nullptr) {
    for (const body::ReturnedOfficeKey* key : *event.keys()) {
      let.keys[text_of(key->key_no())] = OfficeKeyFate::returned;
      move_key(world.edit<KeyState>(view_of(key->key_no())), KeyStage::in_custody, {}, move);
    }
  }
  if (event.lost_or_damaged() != nullptr) {
    for (const body::HarmedOfficeKey* key : *event.lost_or_damaged()) {
      const bool lost = key->harm() == body::OfficeKeyHarm::LOST;
      let.keys[text_of(key->key_no())] = lost ? OfficeKeyFate::lost : OfficeKeyFate::damaged;
      if (lost) {
        lose_from_client(world.edit<KeyState>(view_of(key->key_no())), context, world);
      }
    }
  }
}

constexpr std::array handlers{
    event<body::OfficeFittingsReclaimed, decide_fittings, apply_fittings>(
        "OfficeFittingsReclaimed"),
    event<body::OfficeKeysReclaimed, decide_keys, apply_keys>("OfficeKeysReclaimed"),
};

}  // namespace

std::span<const EventHandler> return_handlers() {
  return handlers;
}

}  // namespace juanzong::lease_termination
