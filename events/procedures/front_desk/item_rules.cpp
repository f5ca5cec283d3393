// SPDX-License-Identifier: Apache-2.0
// Things at the desk: mail for somebody, what customers store and what they borrow.
#include "events/procedures/case_checks.h"
#include "events/procedures/front_desk/front_desk_generated.h"
#include "events/procedures/front_desk/front_desk_rules.h"
#include "events/procedures/office_lets.h"
#include "events/procedures/parties.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::front_desk {
namespace {

using body::DeskCustomer;
using body::ItemCondition;
using body::StoredGoods;

std::string item_key(std::string_view prefix, const flatbuffers::String* id) {
  return std::string(prefix).append(":").append(view_of(id));
}

// He himself, as customer or as member of staff.
bool has_signed(const SignatureList* signatures, std::string_view who, const World& world) {
  return signed_by(signatures, who, body::Capacity::CUSTOMER) ||
         signed_by_member(signatures, who, world);
}

void check_customer_signed(const SignatureList* signatures,
                           std::string_view who,
                           const World& world,
                           Decision& decision) {
  check_signature_blocks(signatures, decision);
  check_signature(
      has_signed(signatures, who, world), "须由客户签名", "the customer must sign", decision);
}

// An owner is known by himself; who lives or works in a unit is known by the unit.
bool is_entitled(DeskCustomer as,
                 std::string_view who,
                 std::string_view unit_code,
                 const World& world) {
  const auto unit = world.get<UnitState>(unit_code);
  switch (as) {
    case DeskCustomer::OWNER:
      return !unit.owner.empty() && unit.owner == who;
    case DeskCustomer::OCCUPANT:
      return unit.occupant != UnitOccupant::none;
    case DeskCustomer::OFFICE_STAFF:
      return unit.use == UnitUsage::office || !world.get<OfficeLetState>(unit_code).company.empty();
    default:
      return false;
  }
}

void check_entitled(DeskCustomer as,
                    std::string_view who,
                    std::string_view unit,
                    const World& world,
                    Decision& decision) {
  if (!is_entitled(as, who, unit, world)) {
    decision.refuse(customer_rule, {fact("as", EnumNameDeskCustomer(as)), fact("unit", unit)});
  }
}

void apply_received(const body::MailReceived& event, const EventContext&, WorldChange& world) {
  world.edit<DeskItem>(item_key("mail", event.mail_id())).holder = text_of(event.addressee());
}

void decide_collected(const body::MailCollected& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto* mail = world.find<DeskItem>(item_key("mail", event.mail_id()));
  const std::string_view collector = view_of(event.collector());
  if (mail != nullptr && mail->holder != collector) {
    decision.refuse(mail_rule, {fact("addressee", mail->holder), fact("collector", collector)});
  }
  if (!has_signed(event.signatures(), collector, world)) {
    decision.refuse(mail_rule, {fact("missing_signature", collector)});
  }
  if (event.id_needed() && !event.id_shown()) {
    decision.refuse(mail_rule, {fact("missing", "identity document")});
  }
}

void decide_stored(const body::StorageAccepted& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  const std::string_view depositor = view_of(event.depositor());
  check_customer_signed(event.signatures(), depositor, world, decision);
  check_entitled(event.customer(), depositor, view_of(event.unit()), world, decision);
  if (!event.category_ok() || event.category() >= StoredGoods::PERISHABLE_FOOD) {
    decision.refuse(storage_rule, {fact("category", EnumNameStoredGoods(event.category()))});
  }
  if (*parse_instant(view_of(event.pickup_at())) <= *parse_instant(view_of(event.deposited_at()))) {
    decision.refuse_schema("pickup_at", "取件时间须晚于寄存时间", "picked up after it was left");
  }
}

void apply_stored(const body::StorageAccepted& event, const EventContext&, WorldChange& world) {
  world.edit<DeskItem>(item_key("storage", event.storage_id())).holder = text_of(event.depositor());
}

// What is missing or damaged is something that should lie there.
void decide_checked(const body::StorageChecked& event,
                    const EventContext&,
                    const World&,
                    Decision& decision) {
  const auto* found = event.discrepancies();
  for (flatbuffers::uoffset_t at = 0; found != nullptr && at < found->size(); ++at) {
    const auto* wrong = found->Get(at);
    const bool listed = std::any_of(
        event.list()->begin(), event.list()->end(), [wrong](const flatbuffers::String* id) {
          return view_of(id) == view_of(wrong);
        });
    if (!listed) {
      decision.refuse_schema("discrepancies", "不在检查清单内", "not in the list");
    }
  }
}

void decide_given_back(const body::StorageReturned& event,
                       const EventContext&,
                       const World& world,
                       Decision& decision) {
  const std::string_view collector = view_of(event.collector());
  check_customer_signed(event.signatures(), collector, world, decision);
  const auto* stored = world.find<DeskItem>(item_key("storage", event.storage_id()));
  if (stored != nullptr && stored->holder != collector) {
    decision.refuse(return_rule, {fact("depositor", stored->holder), fact("collector", collector)});
  }
  if (event.id_checked() == body::IdCheck::NONE || !event.item_checked()) {
    decision.refuse(return_rule,
                    {fact("id_checked", EnumNameIdCheck(event.id_checked())),
                     fact("item_checked", event.item_checked() ? "true" : "false")});
  }
}

void decide_lent(const body::UmbrellaLent& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  const std::string_view borrower = view_of(event.borrower());
  check_customer_signed(event.signatures(), borrower, world, decision);
  check_entitled(event.customer(), borrower, view_of(event.unit()), world, decision);
  if (event.condition() == ItemCondition::LOST) {
    decision.refuse_schema("condition", "遗失的物品不能借出", "what is lost cannot be lent");
  }
}

void apply_lent(const body::UmbrellaLent& event, const EventContext&, WorldChange& world) {
  DeskItem& item = world.edit<DeskItem>(item_key("loan_item", event.item_id()));
  item.holder = text_of(event.borrower());
  item.price = Fen{event.price_fen()};
  item.intact = event.condition() == ItemCondition::INTACT;
}

void decide_brought_back(const body::UmbrellaReturned& event,
                         const EventContext&,
                         const World& world,
                         Decision& decision) {
  check_customer_signed(event.signatures(), view_of(event.returned_by()), world, decision);
  if (event.condition() == ItemCondition::LOST) {
    decision.refuse_schema("condition", "遗失的物品没有归还", "what is lost does not come back");
  }
}

void apply_brought_back(const body::UmbrellaReturned& event,
                        const EventContext&,
                        WorldChange& world) {
  DeskItem& item = world.edit<DeskItem>(item_key("loan_item", event.item_id()));
  item.damaged = item.intact && event.condition() == ItemCondition::DAMAGED;
}

// Of what went out whole and came back damaged, or did not come back.
void decide_compensated(const body::LoanItemCompensated& event,
                        const EventContext&,
                        const World& world,
                        Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_signature(signed_by_member(event.signatures(), view_of(event.confirmed_by()), world),
                  "须由确认人签名",
                  "who confirms must sign",
                  decision);
  const auto* item = world.find<DeskItem>(item_key("loan_item", event.item_id()));
  if (item == nullptr) {
    return;  // the machine of lent things refuses
  }
  const auto* file = find_case(world, "loan_item", view_of(event.item_id()));
  const bool is_out = file != nullptr && file->stage == static_cast<std::uint8_t>(LoanItem::lent);
  const bool is_lost = event.cause() == ItemCondition::LOST && is_out;
  const bool is_damaged = event.cause() == ItemCondition::DAMAGED && !is_out && item->damaged;
  if (!is_lost && !is_damaged) {
    decision.refuse_schema("cause", "与借还登记不符", "not what the register of loans says");
  }
  if (Fen{event.amount_fen()} != item->price) {
    decision.refuse(price_rule,
                    {fact("price", item->price), fact("amount", Fen{event.amount_fen()})});
  }
  if (view_of(event.payer()) != item->holder) {
    decision.refuse_schema("payer", "赔偿人不是借用人", "it was lent to somebody else");
  }
}

constexpr std::array handlers{
    event<body::MailReceived, decide_nothing<body::MailReceived>, apply_received>("MailReceived"),
    event<body::MailCollected, decide_collected, apply_nothing<body::MailCollected>>(
        "MailCollected"),
    event<body::StorageAccepted, decide_stored, apply_stored>("StorageAccepted"),
    event<body::StorageChecked, decide_checked, apply_nothing<body::StorageChecked>>(
        "StorageChecked"),
    event<body::StorageReturned, decide_given_back, apply_nothing<body::StorageReturned>>(
        "StorageReturned"),
    event<body::UmbrellaLent, decide_lent, apply_lent>("UmbrellaLent"),
    event<body::UmbrellaReturned, decide_brought_back, apply_brought_back>("UmbrellaReturned"),
    event<body::LoanItemCompensated, decide_compensated, apply_nothing<body::LoanItemCompensated>>(
        "LoanItemCompensated"),
};

}  // namespace

std::span<const EventHandler> item_handlers() {
  return handlers;
}

}  // namespace juanzong::front_desk
