// SPDX-License-Identifier: Apache-2.0
// Keys within the house: lent to staff, returned, held by staff of the customer centre at viewings.
#include "events/procedures/case_checks.h"
#include "events/procedures/keys/keys_generated.h"
#include "events/procedures/keys/rules.h"
#include "events/procedures/signatures.h"

#include <array>

namespace juanzong::keys {
namespace {

void decide_lent(const body::KeyLentInternally& event,
                 const EventContext& context,
                 const World& world,
                 Decision& decision) {
  const std::string_view borrower = view_of(event.borrower());
  check_signature_blocks(event.signatures(), decision);
  check_key(world, view_of(event.key_no()), view_of(event.unit()), KeyStage::in_custody, decision);
  if (!is_staff(world, borrower)) {
    decision.refuse(viewing_rule, {fact("borrower", borrower), fact("staff", "no")});
  } else if (!signed_by_member(event.signatures(), borrower, world)) {
    decision.refuse(loan_rule, {fact("borrower", borrower), fact("signature", "none")});
  }
  if (!signed_by_staff(event.signatures(), Role::key, world)) {
    decision.refuse(loan_rule, {fact("consent", "none"), fact("needed", "STAFF:KEY")});
  }
  if (*parse_instant(view_of(event.due())) <= moment_of_fact(context, world)) {
    decision.refuse_schema("due", "归还时限须晚于借出", "due back after it was lent");
  }
}

void apply_lent(const body::KeyLentInternally& event,
                const EventContext& context,
                WorldChange& world) {
  KeyState& key = world.edit<KeyState>(view_of(event.key_no()));
  move_key(key, KeyStage::lent, view_of(event.borrower()), move_of(context, world));
  key.loan = KeyLoan{context.index, text_of(event.purpose()), *parse_instant(view_of(event.due()))};
}

void decide_returned(const body::KeyReturned& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const std::string_view key_no = view_of(event.key_no());
  check_key(world, key_no, view_of(event.unit()), KeyStage::lent, decision);
  const auto key = world.get<KeyState>(key_no);
  const UnixMicros at = *parse_instant(view_of(event.at()));
  if (key.stage == KeyStage::lent &&
      at.value + clock_skew_micros(world, context.today) < key.moved_at.value) {
    decision.refuse_schema("at", "早于借出时间", "before it was lent");
  }
  check_instant_passed("at", at, context, world, decision);
}

void apply_returned(const body::KeyReturned& event,
                    const EventContext& context,
                    WorldChange& world) {
  KeyState& key = world.edit<KeyState>(view_of(event.key_no()));
  move_key(key, KeyStage::in_custody, {}, {context.index, *parse_instant(view_of(event.at()))});
}

// Staff of the customer centre (客户中心工作人员); its key keeper is one of them (S0§23.3(1)).
bool holds_keys_at_viewings(const World& world, std::string_view staff) {
  return staff_has_role(world, staff, Role::csa) || staff_has_role(world, staff, Role::csm) ||
         staff_has_role(world, staff, Role::key);
}

void decide_escorted(const body::ViewingEscorted& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const std::string_view escort = view_of(event.escort());
  const std::string_view key_no = view_of(event.key_no());
  check_key(world, key_no, view_of(event.unit()), KeyStage::in_custody | KeyStage::lent, decision);
  const auto key = world.get<KeyState>(key_no);
  if (key.stage == KeyStage::lent && key.holder != escort) {
    decision.refuse_state("LENT", "IN_CUSTODY LENT(borrower = escort)");
  }
  if (!holds_keys_at_viewings(world, escort)) {
    decision.refuse(viewing_rule, {fact("escort", escort), fact("needed", "CSA CSM KEY")});
  }
  const UnixMicros to = *parse_instant(view_of(event.to()));
  if (to <= *parse_instant(view_of(event.from()))) {
    decision.refuse_schema("to", "结束须晚于开始", "a viewing ends after it begins");
  }
  check_instant_passed("to", to, context, world, decision);
}

void apply_escorted(const body::ViewingEscorted& event,
                    const EventContext& context,
                    WorldChange& world) {
  KeyViewings& viewings = world.edit<KeyState>(view_of(event.key_no())).viewings;
  ++viewings.count;
  viewings.last = context.index;
  viewings.last_until = *parse_instant(view_of(event.to()));
}

constexpr std::array handlers{
    event<body::KeyLentInternally, decide_lent, apply_lent>("KeyLentInternally"),
    event<body::KeyReturned, decide_returned, apply_returned>("KeyReturned"),
    event<body::ViewingEscorted, decide_escorted, apply_escorted>("ViewingEscorted"),
};

}  // namespace

std::span<const EventHandler> loan_handlers() {
  return handlers;
}

}  // namespace juanzong::keys
