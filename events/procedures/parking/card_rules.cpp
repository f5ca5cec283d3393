// SPDX-License-Identifier: Apache-2.0
// The card and its deposit (S0§17.4): paid for, given out against the receipt, taken back at any
// time, refunded once the rent has expired.
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/parking/parking_generated.h"
#include "events/procedures/parking/rules.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/policy.h"
#include "events/procedures/tariffs.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>

namespace juanzong::parking {
namespace {

using Stage = ParkingStage;

// Free again: never given out and its deposit given back, or returned and refunded. A lost card is
// never used again.
bool is_free(std::string_view card_no, const World& world) {
  const auto* card = world.find<ParkingCard>(card_no);
  if (card == nullptr) {
    return true;
  }
  const auto rental = world.get<ParkingRental>(card->rental_id);
  const auto held = rental.cards.find(std::string(card_no));
  if (held == rental.cards.end()) {
    return true;
  }
  const auto* deposit = world.find<DepositState>(held->second.deposit_id);
  const bool deposit_held = deposit != nullptr && deposit->held();
  const bool out = held->second.issued && !held->second.returned;
  return !deposit_held && !out;
}

// A deposit of the rental that waits for its card.
bool waits_for_card(const ParkingRental& rental, const World& world) {
  return std::ranges::any_of(rental.cards, [&world](const auto& each) {
    const auto* deposit = world.find<DepositState>(each.second.deposit_id);
    return deposit != nullptr && deposit->held() && !each.second.issued;
  });
}

void decide_deposit(const body::ParkingCardDepositPaid& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto question = ask_rental(event, Stage::rent_paid, context, world, decision);
  if (!question) {
    return;
  }
  if (question->stage == Stage::rent_paid && waits_for_card(question->rental, world)) {
    decision.refuse_state("RENT_PAID, deposit paid before", "RENT_PAID, no deposit yet");
  }
  constexpr std::string_view key = "parking.card_deposit_fen";
  check_tariff_amount(key,
                      policy_amount(world, key, context.today),
                      Fen{event.amount_fen()},
                      event.signatures(),
                      world,
                      decision);
  if (world.find<DepositState>(view_of(event.deposit_id())) != nullptr) {
    decision.refuse_schema("deposit_id", "押金编号已使用", "the deposit id is taken");
  }
  if (!is_free(view_of(event.card_no()), world)) {
    decision.refuse_schema("card_no", "该卡已收押金或已挂失", "the card is in use or was lost");
  }
  decision.assigned.receipt_no = next_receipt_number(world, view_of(event.book()));
}

void apply_deposit(const body::ParkingCardDepositPaid& event,
                   const EventContext& context,
                   WorldChange& world) {
  const std::string id = text_of(event.deposit_id());
  const std::string card_no = text_of(event.card_no());
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  rental.cards[card_no] = RentalCard{};
  rental.cards[card_no].deposit_id = id;
  DepositState deposit;
  deposit.deposit_kind = DepositKind::parking_card;
  deposit.case_id = text_of(event.rental_id());
  deposit.unit = rental.unit;
  deposit.payer = rental.customer;
  deposit.beneficiary = rental.customer;
  deposit.amount = Fen{event.amount_fen()};
  deposit.method = static_cast<std::uint8_t>(event.method());
  deposit.receipt_no = context.receipt_no;
  deposit.paid = context.index;
  deposit.paid_on = context.today;
  world.edit<DepositState>(id) = deposit;
  tie_person(world, deposit.payer, "deposit:" + id);
  world.edit<ParkingCard>(card_no).rental_id = deposit.case_id;
  take_receipt_number(world, view_of(event.book()));
  post_entry(
      world, cash_account(deposit.method), deposit_account(id), deposit.amount, context.today);
}

// H-PRK-3: the rent's receipt and the card's deposit.
void check_paid_for(const body::ParkingCardIssued& event,
                    const RentalQuestion& question,
                    const World& world,
                    Decision& decision) {
  if (question.stage != Stage::rent_paid) {
    decision.refuse(card_rule, {fact("missing", "rent"), fact("state", name_of(question.stage))});
  }
  const auto card = question.rental.cards.find(text_of(event.card_no()));
  const auto* deposit = card == question.rental.cards.end()
                            ? nullptr
                            : world.find<DepositState>(card->second.deposit_id);
  const bool paid = deposit != nullptr && deposit->held() && !card->second.issued;
  if (!paid) {
    decision.refuse(card_rule,
                    {fact("missing", "card_deposit"), fact("card_no", view_of(event.card_no()))});
  }
}

void decide_issued(const body::ParkingCardIssued& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  constexpr ParkingStages unpaid = Stage::eligible | Stage::documented | Stage::expired;
  check_signature_blocks(event.signatures(), decision);
  const auto question = ask_rental(event, Stage::rent_paid, context, world, decision, unpaid);
  if (!question) {
    return;
  }
  // An expired rental that holds a card waits for its rent, not for another card.
  const bool has_card = question->stage == Stage::expired && !question->rental.card.empty() &&
                        !question->rental.cards.at(question->rental.card).lost;
  if (has_card) {
    decision.refuse_state(name_of(question->stage), name_of(Stage::rent_paid));
  } else if ((unpaid | Stage::rent_paid).has(question->stage)) {
    check_paid_for(event, *question, world, decision);
  }
  check_customer_signature(event.signatures(), question->rental.customer, decision);
}

void apply_issued(const body::ParkingCardIssued& event,
                  const EventContext& context,
                  WorldChange& world) {
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  rental.card = text_of(event.card_no());
  RentalCard& card = rental.cards[rental.card];
  card.issued = context.index;
  card.issued_on = context.today;
}

// What is said of the card in the customer's hands: it came back, or it was lost.
template <class Body>
void decide_of_card(const Body& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto question = ask_rental(event, Stage::active | Stage::expired, context, world, decision);
  if (!question) {
    return;
  }
  const bool out = (Stage::active | Stage::expired).has(question->stage);
  const auto card = question->rental.cards.find(text_of(event.card_no()));
  const bool in_hand = card != question->rental.cards.end() && card->second.issued &&
                       !card->second.returned && !card->second.lost;
  if (out && !in_hand) {
    decision.refuse_schema("card_no", "不是该客户持有的卡", "not the card in the customer's hands");
  }
  check_customer_signature(event.signatures(), question->rental.customer, decision);
}

void apply_returned(const body::ParkingCardReturned& event,
                    const EventContext& context,
                    WorldChange& world) {
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  RentalCard& card = rental.cards[text_of(event.card_no())];
  card.returned = context.index;
  card.returned_on = context.today;
}

void apply_lost(const body::ParkingCardLost& event,
                const EventContext& context,
                WorldChange& world) {
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  rental.cards[text_of(event.card_no())].lost = context.index;
}

void check_refund(const body::ParkingCardDepositRefunded& event,
                  const DepositState& deposit,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  auto obstacles = card_refund_obstacles(world, view_of(event.deposit_id()), context.today);
  if (deposit.amount != Fen{event.amount_fen()}) {
    obstacles.facts.push_back(fact("amount_expected", deposit.amount));
  }
  if (!obstacles.facts.empty()) {
    decision.refuse(refund_rule, std::move(obstacles.facts), obstacles.earliest);
  }
  if (deposit.beneficiary != view_of(event.payee())) {
    decision.refuse_schema("payee", "不是押金权利人", "not the deposit's beneficiary");
  }
}

void decide_refunded(const body::ParkingCardDepositRefunded& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto question = ask_rental(event, any_stage, context, world, decision);
  if (!question) {
    return;
  }
  const auto deposit = world.get<DepositState>(view_of(event.deposit_id()));
  const std::string card_no = card_of_deposit(question->rental, view_of(event.deposit_id()));
  if (card_no.empty() || card_no != view_of(event.card_no())) {
    decision.refuse_schema(
        "deposit_id", "不是该租用的卡押金", "not the deposit of this card of the rental");
    return;
  }
  check_refund(event, deposit, context, world, decision);
  check_customer_signature(event.signatures(), deposit.beneficiary, decision);
}

void apply_refunded(const body::ParkingCardDepositRefunded& event,
                    const EventContext& context,
                    WorldChange& world) {
  const std::string_view id = view_of(event.deposit_id());
  const auto method = static_cast<std::uint8_t>(event.method());
  const Fen amount{event.amount_fen()};
  DepositState& deposit = world.edit<DepositState>(id);
  const std::string by(context.actor);
  // Nothing is deducted; book_refund and its reversal read the net from here.
  deposit.calculation = RefundCalculation{context.index, by, amount, {}};
  deposit.refund = RefundStep{context.index, by, context.today, amount, method};
  book_refund(world, id, method, Fen{1}, context.today);
}

constexpr std::array handlers{
    event<body::ParkingCardDepositPaid, decide_deposit, apply_deposit>("ParkingCardDepositPaid"),
    event<body::ParkingCardIssued, decide_issued, apply_issued>("ParkingCardIssued"),
    event<body::ParkingCardReturned, decide_of_card<body::ParkingCardReturned>, apply_returned>(
        "ParkingCardReturned"),
    event<body::ParkingCardDepositRefunded, decide_refunded, apply_refunded>(
        "ParkingCardDepositRefunded"),
    event<body::ParkingCardLost, decide_of_card<body::ParkingCardLost>, apply_lost>(
        "ParkingCardLost"),
};

}  // namespace

std::span<const EventHandler> card_handlers() {
  return handlers;
}

}  // namespace juanzong::parking
