// SPDX-License-Identifier: Apache-2.0
// What the client gives back: the fittings that the room was equipped with, and his keys.
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
  check_all_keys(keys_on_form(event, decision), let, decision);
  check_harm(event, world, decision);
  check_company_signature(event.signatures(), let, decision);
}

void set_fate(WorldChange& world,
              std::string_view unit,
              std::string_view key_no,
              OfficeKeyFate fate) {
  world.edit<OfficeLetState>(unit).keys[std::string(key_no)] = fate;
  world.edit<OfficeKeyState>(key_no).fate = fate;
}

void apply_keys(const body::OfficeKeysReclaimed& event,
                const EventContext& context,
                WorldChange& world) {
  const std::string_view unit = view_of(event.unit());
  if (event.keys() != nullptr) {
    for (const body::ReturnedOfficeKey* key : *event.keys()) {
      set_fate(world, unit, view_of(key->key_no()), OfficeKeyFate::returned);
    }
  }
  if (event.lost_or_damaged() != nullptr) {
    for (const body::HarmedOfficeKey* key : *event.lost_or_damaged()) {
      const bool lost = key->harm() == body::OfficeKeyHarm::LOST;
      set_fate(
          world, unit, view_of(key->key_no()), lost ? OfficeKeyFate::lost : OfficeKeyFate::damaged);
    }
  }
  OfficeLetState& let = world.edit<OfficeLetState>(unit);
  let.keys_reclaimed = context.index;
  let.keys_reclaimed_at = moment_of_fact(context);
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
