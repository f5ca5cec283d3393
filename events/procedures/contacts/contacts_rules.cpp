// SPDX-License-Identifier: Apache-2.0
// The stages of a contact, and what the log says about a call.
#include "events/procedures/contacts/contacts.h"
#include "events/procedures/contacts/contacts_generated.h"
#include "events/procedures/contacts/contacts_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Contact : std::uint8_t { none, logged, forwarded, answered };
constexpr std::array<CaseStage, 4> stages{
    {{"NONE", "未登记"}, {"LOGGED", "已登记"}, {"FORWARDED", "已转报"}, {"ANSWERED", "已回复"}}};

// What was answered on the spot is done.
std::uint8_t logged_to(const std::uint8_t* body) {
  const bool answered =
      flatbuffers::GetRoot<body::CustomerContactLogged>(body)->answer() != nullptr;
  return static_cast<std::uint8_t>(answered ? Contact::answered : Contact::logged);
}

constexpr CaseStep logged() {
  CaseStep log = opens("CustomerContactLogged", Contact::logged);
  log.goes_to = logged_to;
  return log;
}

// The first responsible person follows until the customer is satisfied (首问, S3/001§四): it may be
// passed on, reported and answered again.
constexpr auto any_stage = from_to(Contact::logged, Contact::answered);
constexpr std::array steps{
    logged(),
    note("ContactEscalated", any_stage),
    step("ContactForwarded", any_stage, Contact::forwarded),
    step("ContactAnswered", any_stage, Contact::answered),
};

constexpr std::array machines{CaseMachine{"contact",
                                          "来电来访",
                                          "Calls and visits received",
                                          "CSA CSM PS PM ARC QD CL AUD",
                                          stages,
                                          steps}};

bool is_urgent(const std::uint8_t* body, const World& /*world*/) {
  return flatbuffers::GetRoot<body::CustomerContactLogged>(body)->urgent();
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-CON-2",
                 .clause = "S0§5.2(2)",
                 .zh = "重大、紧急、突发事件立即报告上级",
                 .en = "what is major or urgent is reported upward at once",
                 .begins = "CustomerContactLogged",
                 .ends = {"ContactEscalated"},
                 .stream = "contact",
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .limit_policy = "contact.escalate_min",
                 .responsible = Role::csa,
                 .applies = is_urgent},
};

// H-CON-1 is soft: a call without number and without 未显示 is recorded all the same. What no call
// has is refused.
void decide_logged(const body::CustomerContactLogged& event,
                   const EventContext&,
                   const World&,
                   Decision& decision) {
  if (event.withheld() && event.caller_no() != nullptr) {
    decision.refuse_schema("withheld", "已显示来电号码", "the number is there");
  }
  const bool is_call = event.channel() == body::ContactChannel::CALL;
  if (!is_call && (event.withheld() || event.caller_no() != nullptr || event.rings() > 0)) {
    decision.refuse_schema("channel", "非来电不登记号码和铃声", "only a call has these");
  }
}

constexpr std::array handlers{
    event<body::CustomerContactLogged, decide_logged, apply_nothing<body::CustomerContactLogged>>(
        "CustomerContactLogged"),
    plain("ContactEscalated"),
    plain("ContactForwarded"),
    plain("ContactAnswered"),
};

}  // namespace

const Procedure& contacts_procedure() {
  static constexpr Procedure procedure{.code = "P05",
                                       .name = "contacts",
                                       .zh = "客户来电来访",
                                       .en = "Calls and visits received",
                                       .schema = contacts_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {},
                                       .deadlines = deadlines,
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
