// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_checks.h"
#include "events/procedures/key_custody.h"
#include "events/procedures/office_lets.h"
#include "events/procedures/office_move_in/office_move_in.h"
#include "events/procedures/office_move_in/office_move_in_generated.h"
#include "events/procedures/office_move_in/office_move_in_schema.h"
#include "events/procedures/parties.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule recheck_rule{"H-OFF-1",
                            "S2·5§4 入驻2",
                            "交钥匙之前须将房间再次检查",
                            "the room is checked again before its keys are handed over"};
constexpr Rule receipt_rule{"H-OFF-2",
                            "S2·5§4 入驻4",
                            "客户须在《客户领用钥匙及配制情况表》上签字确认",
                            "the client signs for the keys and for what was supplied"};
constexpr Rule file_rule{"H-OFF-3",
                         "S2·5§4 入驻7",
                         "客户档案由客户服务部经理保管",
                         "the client's file is kept by the customer service manager"};

// With unit, company and room for more a statement stays below 16 streams.
constexpr std::size_t keys_max = 12;

void decide_rechecked(const body::OfficeRoomRechecked& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_instant_passed("at", *parse_instant(view_of(event.at())), context, world, decision);
}

void apply_rechecked(const body::OfficeRoomRechecked& event,
                     const EventContext& context,
                     WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.rechecked = context.index;
  let.has_defects = event.result() == body::RoomCheckResult::DEFECTS;
}

void decide_supplied(const body::OfficeFittingsSupplied& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_fittings("items", event.items(), decision);
  const OfficeStage stage = stage_of(world.get<OfficeLetState>(view_of(event.unit())));
  if (stage == OfficeStage::leaving || stage == OfficeStage::vacated) {
    decision.refuse_state(code_of(stage), "FREE, LET, READY_TO_LET");
  }
}

void apply_supplied(const body::OfficeFittingsSupplied& event,
                    const EventContext&,
                    WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  for (const auto& [name, quantity] : fittings_of(event.items())) {
    let.supplied[name] += quantity;
  }
}

// The form lists what was supplied and not signed for yet: nothing less, nothing more.
void check_form(const body::OfficeKeysDelivered& event,
                const OfficeLetState& let,
                Decision& decision) {
  Fittings expected = let.supplied;
  for (const auto& [name, quantity] : let.signed_for) {
    expected[name] -= quantity;
  }
  for (const auto& [name, quantity] : fittings_of(event.fittings())) {
    expected[name] -= quantity;
  }
  for (const auto& [name, difference] : expected) {
    if (difference != 0) {
      decision.refuse(receipt_rule,
                      {fact("fitting", name), fact("not_on_form", std::to_string(difference))});
    }
  }
}

void check_keys(const body::OfficeKeysDelivered& event,
                const OfficeLetState& let,
                const World& world,
                Decision& decision) {
  std::vector<std::string_view> numbers;
  if (event.keys() != nullptr) {
    for (const body::OfficeKey* key : *event.keys()) {
      numbers.push_back(view_of(key->key_no()));
      check_key(world, numbers.back(), view_of(event.unit()), KeyStage::in_custody, decision);
    }
  }
  std::ranges::sort(numbers);
  const bool repeated = std::ranges::adjacent_find(numbers) != numbers.end();
  const bool none_ever = numbers.empty() && let.keys.empty();
  if (repeated || none_ever || numbers.size() > keys_max) {
    decision.refuse_schema("keys",
                           "首次领用至少一把,一次最多 12 把,同一钥匙只列一次",
                           "at least one key at first, at most 12, each once");
  }
}

void decide_delivered(const body::OfficeKeysDelivered& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_unit_registered(world, unit, decision);
  check_signature_blocks(event.signatures(), decision);
  check_fittings("fittings", event.fittings(), decision);
  const auto let = world.get<OfficeLetState>(unit);
  const OfficeStage stage = stage_of(let);
  const bool own = let.company.empty() || let.company == view_of(event.company());
  if (stage == OfficeStage::leaving || stage == OfficeStage::vacated || !own) {
    decision.refuse_state(code_of(stage), "FREE, READY_TO_LET; LET: its own client");
    return;
  }
  if (!let.rechecked) {
    decision.refuse(recheck_rule, {fact("unit", unit), fact("missing", "OfficeRoomRechecked")});
  }
  if (!signed_in_capacity(event.signatures(), body::Capacity::COMPANY_REP)) {
    decision.refuse(receipt_rule, {fact("unit", unit), fact("missing_signature", "COMPANY_REP")});
  }
  check_form(event, let, decision);
  check_keys(event, let, world, decision);
}

void add_representative(OfficeLetState& let, std::string person) {
  if (std::ranges::find(let.representatives, person) == let.representatives.end()) {
    let.representatives.push_back(std::move(person));
  }
}

void hand_keys_out(const body::OfficeKeysDelivered& event,
                   const EventContext& context,
                   WorldChange& world) {
  if (event.keys() == nullptr) {
    return;
  }
  KeyHandOut to{context.index, day_of_fact(context, world), text_of(event.company())};
  for (const body::SignatureBlock* block : *event.signatures()) {
    if (block->capacity() == body::Capacity::COMPANY_REP) {
      to.id_checked = static_cast<std::uint8_t>(block->id_checked());
    }
  }
  const KeyMove move = move_of(context, world);
  for (const body::OfficeKey* key : *event.keys()) {
    world.edit<OfficeLetState>(view_of(event.unit())).keys[text_of(key->key_no())] =
        OfficeKeyFate::with_client;
    hand_key_out(world.edit<KeyState>(view_of(key->key_no())), KeyStage::with_client, to, move);
  }
}

void apply_delivered(const body::OfficeKeysDelivered& event,
                     const EventContext& context,
                     WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.company = text_of(event.company());
  if (!let.delivered) {
    let.delivered_on = day_of_fact(context, world);
  }
  let.delivered = context.index;
  for (const auto& [name, quantity] : fittings_of(event.fittings())) {
    let.signed_for[name] += quantity;
  }
  for (const body::SignatureBlock* block : *event.signatures()) {
    if (block->capacity() == body::Capacity::COMPANY_REP) {
      add_representative(let, text_of(block->signer()));
    }
  }
  hand_keys_out(event, context, world);
}

void decide_explained(const body::MoveInRulesExplained& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  const auto let = world.get<OfficeLetState>(view_of(event.unit()));
  if (!let.company.empty() && let.company != view_of(event.company())) {
    decision.refuse_schema("company", "不是该房间的客户", "not the client of this room");
  }
}

void apply_explained(const body::MoveInRulesExplained& event,
                     const EventContext& context,
                     WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.rules_explained = context.index;
  let.rules_explained_to = text_of(event.company());
}

void decide_file(const body::OfficeClientFileOpened& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_office_client(
      view_of(event.unit()), view_of(event.company()), OfficeStage::let, world, decision);
  const auto let = world.get<OfficeLetState>(view_of(event.unit()));
  if (let.file && let.responsible == view_of(event.responsible())) {
    decision.refuse_state("FILED", "LET: a file for another person responsible");
  }
  if (!staff_has_role(world, view_of(event.keeper()), Role::csm)) {
    decision.refuse(file_rule, {fact("keeper", view_of(event.keeper())), fact("role", "CSM")});
  }
}

void apply_file(const body::OfficeClientFileOpened& event,
                const EventContext& context,
                WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.file = context.index;
  let.responsible = text_of(event.responsible());
  let.file_keeper = text_of(event.keeper());
  let.services_explained = event.services_explained();
  add_representative(let, let.responsible);
}

constexpr std::array handlers{
    event<body::OfficeRoomRechecked, decide_rechecked, apply_rechecked>("OfficeRoomRechecked"),
    event<body::OfficeFittingsSupplied, decide_supplied, apply_supplied>("OfficeFittingsSupplied"),
    event<body::OfficeKeysDelivered, decide_delivered, apply_delivered>("OfficeKeysDelivered"),
    event<body::MoveInRulesExplained, decide_explained, apply_explained>("MoveInRulesExplained"),
    event<body::OfficeClientFileOpened, decide_file, apply_file>("OfficeClientFileOpened"),
};

constexpr std::array rules{recheck_rule, receipt_rule, file_rule};

constexpr std::array states{state_type<OfficeLetState>("office_let")};

}  // namespace

const Procedure& office_move_in_procedure() {
  static constexpr Procedure procedure{"P41",
                                       "office_move_in",
                                       "写字楼入驻",
                                       "Office move-in",
                                       office_move_in_schema,
                                       handlers,
                                       rules,
                                       states};
  return procedure;
}

}  // namespace juanzong
