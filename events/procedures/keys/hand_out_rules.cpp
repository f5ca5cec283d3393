// SPDX-License-Identifier: Apache-2.0
// Keys to the owner and back from him: at the handover under its formalities, later to whoever the
// key is kept for; the exception that project manager and company leader approve.
#include "events/model/limits.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/handovers.h"
#include "events/procedures/keys/keys_generated.h"
#include "events/procedures/keys/rules.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>
#include <set>

namespace juanzong::keys {
namespace {

void check_list(const body::KeyIssuedToOwner& event, const World& world, Decision& decision) {
  std::set<std::string_view> listed;
  for (const flatbuffers::String* key_no : *event.key_no()) {
    if (!listed.insert(view_of(key_no)).second) {
      decision.refuse_schema("key_no", "同一钥匙重复", "a key stands in the list twice");
      continue;
    }
    check_key(world, view_of(key_no), view_of(event.unit()), KeyStage::in_custody, decision);
  }
  if (listed.size() + 1 > limits::streams_per_statement_max) {
    decision.refuse_schema("key_no", "每次最多 15 把", "at most 15 keys a record");
  }
}

// Each broken part of "formalities and signature" is H-KEY-1 here and the handover's own rule.
void refuse_at_handover(const Rule& of_handover, std::vector<Fact> facts, Decision& decision) {
  decision.refuse(formalities_rule, facts);
  decision.refuse(of_handover, std::move(facts));
}

void check_formalities(const body::KeyIssuedToOwner& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  if (view_of(event.handover_case()) != unit) {
    decision.refuse_schema("handover_case", "不是该房屋的交接", "the handover of another unit");
    return;
  }
  const auto state = world.get<HandoverState>(unit);
  if (state.completed) {
    decision.refuse_state("COMPLETED", "DOCS_SIGNED KEYS_OUT");
    return;
  }
  if (state.key_exception) {
    return;
  }
  auto problems = key_issue_problems(world, unit, view_of(event.fee_charge_id()), context.today);
  if (!problems.empty()) {
    problems.insert(problems.begin(), fact("unit", unit));
    refuse_at_handover(handover_formalities_rule, std::move(problems), decision);
  }
}

// Before the handover is completed a key that no owner had in hand yet is given out in its course
// only, whatever it was kept for meanwhile.
void check_handover_named(const body::KeyIssuedToOwner& event,
                          const World& world,
                          Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  if (world.get<HandoverState>(unit).completed) {
    return;
  }
  for (const flatbuffers::String* key_no : *event.key_no()) {
    const auto* key = world.find<KeyState>(view_of(key_no));
    if (key != nullptr && !key->was_out) {
      decision.refuse(formalities_rule,
                      {fact("key_no", view_of(key_no)), fact("handover_case", "none")});
    }
  }
}

// An agent with a power of attorney signs for the owner, but nobody for who entrusted the key.
bool signed_by_collector(const body::KeyIssuedToOwner& event,
                         const World& world,
                         const KeyState& key) {
  const std::string entitled = entitled_to_key(world, key);
  if (key.entruster.empty()) {
    return signed_by_owner(event.signatures(), entitled);
  }
  const auto capacity = key.by_owner ? body::Capacity::OWNER : body::Capacity::CUSTOMER;
  return signed_by(event.signatures(), entitled, capacity);
}

void check_collector(const body::KeyIssuedToOwner& event, const World& world, Decision& decision) {
  if (event.id_checked() == body::IdCheck::NONE) {
    decision.refuse(collector_rule, {fact("id_checked", "NONE")});
  }
  bool all_signed = true;
  for (const flatbuffers::String* key_no : *event.key_no()) {
    const auto* key = world.find<KeyState>(view_of(key_no));
    if (key == nullptr) {
      continue;  // check_list has said so
    }
    if (entitled_to_key(world, *key) != view_of(event.to())) {
      decision.refuse(collector_rule,
                      {fact("key_no", view_of(key_no)),
                       fact("to", view_of(event.to())),
                       fact("entitled", entitled_to_key(world, *key))});
    }
    all_signed = all_signed && signed_by_collector(event, world, *key);
  }
  if (all_signed) {
    return;
  }
  std::vector<Fact> facts{fact("to", view_of(event.to())), fact("signature", "none")};
  if (event.handover_case() != nullptr) {
    refuse_at_handover(handover_receipt_rule, std::move(facts), decision);
  } else {
    decision.refuse(collector_rule, std::move(facts));
  }
}

void decide_issued(const body::KeyIssuedToOwner& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_list(event, world, decision);
  if (event.handover_case() != nullptr) {
    check_formalities(event, context, world, decision);
  } else {
    check_handover_named(event, world, decision);
  }
  check_collector(event, world, decision);
}

void apply_issued(const body::KeyIssuedToOwner& event,
                  const EventContext& context,
                  WorldChange& world) {
  const KeyHandOut hand_out{context.index,
                            context.today,
                            text_of(event.to()),
                            static_cast<std::uint8_t>(event.id_checked())};
  for (const flatbuffers::String* key_no : *event.key_no()) {
    hand_key_out(world.edit<KeyState>(view_of(key_no)),
                 KeyStage::with_owner,
                 hand_out,
                 move_of(context, world));
  }
  if (event.handover_case() != nullptr) {
    // An approval is for one hand-out.
    HandoverState& state = world.edit<HandoverState>(view_of(event.unit()));
    state.keys_out = context.index;
    state.key_exception.reset();
  }
}

// Two persons: who holds both offices still signs once.
bool signed_by_both(const SignatureList* signatures, const World& world) {
  std::set<std::string_view> managers;
  std::set<std::string_view> leaders;
  for (std::uint32_t i = 0; signatures != nullptr && i < signatures->size(); ++i) {
    const body::SignatureBlock& block = *signatures->Get(i);
    if (is_signature_of_staff(block, Role::pm, world)) {
      managers.insert(view_of(block.signer()));
    }
    if (is_signature_of_staff(block, Role::cl, world)) {
      leaders.insert(view_of(block.signer()));
    }
  }
  return std::ranges::any_of(managers, [&leaders](std::string_view manager) {
    return leaders.size() > (leaders.contains(manager) ? 1U : 0U);
  });
}

void decide_exception(const body::KeyIssueExceptionApproved& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_signature_blocks(event.signatures(), decision);
  if (!signed_by_both(event.signatures(), world)) {
    decision.refuse(exception_rule,
                    {fact("unit", view_of(event.unit())), fact("needed", "STAFF:PM STAFF:CL")});
  }
}

void apply_exception(const body::KeyIssueExceptionApproved& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<HandoverState>(view_of(event.unit())).key_exception = context.index;
}

void decide_reclaimed(const body::KeyReclaimed& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const std::string_view key_no = view_of(event.key_no());
  check_key(world, key_no, view_of(event.unit()), KeyStage::with_owner, decision);
  const auto key = world.get<KeyState>(key_no);
  if (key.stage == KeyStage::with_owner && key.holder != view_of(event.from())) {
    decision.refuse_schema("from", "不是钥匙持有人", "not who holds the key");
  }
}

void apply_reclaimed(const body::KeyReclaimed& event,
                     const EventContext& context,
                     WorldChange& world) {
  move_key(world.edit<KeyState>(view_of(event.key_no())),
           KeyStage::in_custody,
           {},
           move_of(context, world));
}

constexpr std::array handlers{
    event<body::KeyIssuedToOwner, decide_issued, apply_issued>("KeyIssuedToOwner"),
    event<body::KeyIssueExceptionApproved, decide_exception, apply_exception>(
        "KeyIssueExceptionApproved"),
    event<body::KeyReclaimed, decide_reclaimed, apply_reclaimed>("KeyReclaimed"),
};

}  // namespace

std::span<const EventHandler> hand_out_handlers() {
  return handlers;
}

}  // namespace juanzong::keys
