// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue: machines and deadlines of the desk, and its visitors.
#include "events/procedures/front_desk/front_desk_rules.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/front_desk/front_desk_generated.h"
#include "events/procedures/front_desk/front_desk_schema.h"
#include "events/procedures/joined_handlers.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

enum class Mail : std::uint8_t { none, received, collected };
constexpr std::array<CaseStage, 3> mail_stages{
    {{"NONE", "未登记"}, {"RECEIVED", "待领取"}, {"COLLECTED", "已签收"}}};
constexpr std::array mail_steps{
    opens("MailReceived", Mail::received),
    step("MailCollected", Mail::received, Mail::collected),
};

enum class Message : std::uint8_t { none, left, delivered };
constexpr std::array<CaseStage, 3> message_stages{
    {{"NONE", "未登记"}, {"LEFT", "待传达"}, {"DELIVERED", "已传达"}}};
constexpr std::array message_steps{
    opens("MessageLeft", Message::left),
    step("MessageDelivered", Message::left, Message::delivered),
};

enum class Storage : std::uint8_t { none, accepted, returned };
constexpr std::array<CaseStage, 3> storage_stages{
    {{"NONE", "未登记"}, {"ACCEPTED", "寄存中"}, {"RETURNED", "已取回"}}};
constexpr std::array storage_steps{
    opens("StorageAccepted", Storage::accepted),
    note("StorageChecked", StageSet<Storage>(Storage::accepted)),
    step("StorageReturned", Storage::accepted, Storage::returned),
};

constexpr std::array<CaseStage, 4> loan_item_stages{
    {{"NONE", "未登记"}, {"AVAILABLE", "可借"}, {"LENT", "借出"}, {"WRITTEN_OFF", "已赔偿注销"}}};
constexpr std::array loan_item_steps{
    step("UmbrellaLent", from_to(LoanItem::none, LoanItem::available), LoanItem::lent),
    step("UmbrellaReturned", LoanItem::lent, LoanItem::available),
    step(
        "LoanItemCompensated", from_to(LoanItem::available, LoanItem::lent), LoanItem::written_off),
};

enum class Visit : std::uint8_t { none, inside, left };
constexpr std::array<CaseStage, 3> visit_stages{
    {{"NONE", "未登记"}, {"INSIDE", "在内"}, {"LEFT", "已离开"}}};

std::uint8_t visit_stage(const std::uint8_t* body) {
  const auto& event = *flatbuffers::GetRoot<body::VisitorRegistered>(body);
  return static_cast<std::uint8_t>(event.out() == nullptr ? Visit::inside : Visit::left);
}

constexpr std::array visit_steps{
    CaseStep{.event = "VisitorRegistered",
             .accepted_in = from_to(Visit::none, Visit::inside).bits,
             .goes_to = visit_stage},
};

constexpr std::string_view readers = "CSA CSM PS PM SEC SECM CL AUD";
constexpr std::string_view desk_readers = "CSA CSM PS PM CL AUD";
constexpr std::array machines{
    CaseMachine{"mail", "邮件", "Mail", desk_readers, mail_stages, mail_steps},
    CaseMachine{"message", "留言", "Messages", desk_readers, message_stages, message_steps},
    CaseMachine{
        "storage", "寄存物品", "Stored things", desk_readers, storage_stages, storage_steps},
    CaseMachine{
        "loan_item", "借用物品", "Things lent", desk_readers, loan_item_stages, loan_item_steps},
    CaseMachine{"visit", "来访", "Visitors", readers, visit_stages, visit_steps},
};

bool is_important(const std::uint8_t* body, const World& /*world*/) {
  const auto mail = flatbuffers::GetRoot<body::MailReceived>(body)->kind();
  return mail == body::MailKind::EXPRESS || mail == body::MailKind::REGISTERED;
}

std::optional<CivilDate> pickup_day(const std::uint8_t* body,
                                    const EventContext& /*context*/,
                                    const World& world) {
  const auto& event = *flatbuffers::GetRoot<body::StorageAccepted>(body);
  return world.zone().date_of(*parse_instant(view_of(event.pickup_at())));
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-DSK-1",
                 .clause = "S0§14.6(5)",
                 .zh = "寄存物品当日检查核对",
                 .en = "what is stored is checked on the day",
                 .begins = "StorageAccepted",
                 .ends = {"StorageChecked", "StorageReturned"},
                 .stream = "storage",
                 .responsible = Role::csa},
    DeadlineRule{.id = "D-DSK-1-NEXT",
                 .clause = "S0§14.6(5)",
                 .zh = "寄存物品每日检查核对",
                 .en = "what is stored is checked every day",
                 .begins = "StorageChecked",
                 .ends = {"StorageChecked", "StorageReturned"},
                 .stream = "storage",
                 .limit = 1,
                 .responsible = Role::csa},
    DeadlineRule{.id = "D-DSK-2",
                 .clause = "S0§14.4(5)",
                 .zh = "快件、挂号等重要邮件第一时间送到",
                 .en = "express and registered mail is delivered first of all",
                 .begins = "MailReceived",
                 .ends = {"MailCollected"},
                 .stream = "mail",
                 .responsible = Role::csa,
                 .applies = is_important},
    DeadlineRule{.id = "D-DSK-3",
                 .clause = "S0§14.6(5)",
                 .zh = "寄存物品按预定时间取回",
                 .en = "what is stored is picked up on the day agreed",
                 .begins = "StorageAccepted",
                 .ends = {"StorageReturned"},
                 .stream = "storage",
                 .responsible = Role::csa,
                 .counts_from = pickup_day},
};

void decide_subscribed(const body::PressSubscriptionRegistered& event,
                       const EventContext&,
                       const World&,
                       Decision& decision) {
  if (*date_of(event.to()) < *date_of(event.from())) {
    decision.refuse_schema("to", "终止日早于起始日", "ends before it begins");
  }
}

// Nothing but the first record of the same visit is meant by `ref`.
bool means_entry(const body::RecordRef* ref,
                 const CaseFileState& file,
                 const EventContext& context) {
  return ref != nullptr && record_index(*ref, context) == file.opened;
}

void decide_visitor(const body::VisitorRegistered& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const bool leaves = event.out() != nullptr;
  if (leaves == (event.in() != nullptr)) {
    decision.refuse_schema("in", "进入和离开各登记一次", "one record says in or out");
    return;
  }
  const auto* file = find_case(world, "visit", view_of(event.visit_id()));
  if (leaves != (file != nullptr)) {
    decision.refuse_state(file == nullptr ? "NONE" : "INSIDE", leaves ? "INSIDE" : "NONE");
  } else if (leaves && !means_entry(event.ref(), *file, context)) {
    decision.refuse_schema("ref", "须引用进入时的登记", "the record of the entry is meant");
  }
  if (!leaves && !event.host_consent()) {
    decision.refuse(front_desk::visitor_rule,
                    {fact("missing", "host_consent"), fact("host", view_of(event.host()))});
  }
}

constexpr std::array own_handlers{
    event<body::PressSubscriptionRegistered,
          decide_subscribed,
          apply_nothing<body::PressSubscriptionRegistered>>("PressSubscriptionRegistered"),
    plain("MessageLeft"),
    plain("MessageDelivered"),
    plain("StorageRefused"),
    event<body::VisitorRegistered, decide_visitor, apply_nothing<body::VisitorRegistered>>(
        "VisitorRegistered"),
    plain("DeskEquipmentFaultReported"),
    plain("UnauthorisedSalesRefused"),
};

constexpr std::array rules{front_desk::mail_rule,
                           front_desk::storage_rule,
                           front_desk::customer_rule,
                           front_desk::visitor_rule,
                           front_desk::price_rule,
                           front_desk::return_rule};

constexpr std::array states{state_type<DeskItem>("desk_item")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({front_desk::item_handlers(), own_handlers});
}

}  // namespace

const Procedure& front_desk_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P14",
                                   .name = "front_desk",
                                   .zh = "前台服务",
                                   .en = "Front-desk services",
                                   .schema = front_desk_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines};
  return procedure;
}

}  // namespace juanzong
