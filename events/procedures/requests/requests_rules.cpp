// SPDX-License-Identifier: Apache-2.0
// The stages of a request, its day or its promise, and the week's summary.
#include "events/procedures/case_checks.h"
#include "events/procedures/obligations.h"
#include "events/procedures/requests/requests.h"
#include "events/procedures/requests/requests_generated.h"
#include "events/procedures/requests/requests_schema.h"

#include <array>

namespace juanzong {
namespace {

constexpr Rule promise_rule{"H-REQ-1",
                            "S0§6.4, S3/003",
                            "承诺时间只能在回复前给出,改期须重新承诺",
                            "a time is promised before the reply, and moved by a new promise only"};
constexpr std::string_view reply_limit = "D-REQ-2";

enum class Request : std::uint8_t { none, received, forwarded, handled, replied, visited };
constexpr std::array<CaseStage, 6> stages{{{"NONE", "未登记"},
                                           {"RECEIVED", "已受理"},
                                           {"FORWARDED", "已转报"},
                                           {"HANDLED", "已处理"},
                                           {"REPLIED", "已回复"},
                                           {"VISITED", "已回访"}}};

constexpr auto any_stage = from_to(Request::received, Request::visited);

// What is solved on the spot has been handled.
std::uint8_t received_to(const std::uint8_t* body) {
  const bool solved = flatbuffers::GetRoot<body::CustomerRequestReceived>(body)->solved_on_spot();
  return static_cast<std::uint8_t>(solved ? Request::handled : Request::received);
}

constexpr CaseStep received() {
  CaseStep receive = opens("CustomerRequestReceived", Request::received);
  receive.goes_to = received_to;
  return receive;
}

// A promise after the reply is refused by H-REQ-1, not by the stage alone.
constexpr CaseStep promised() {
  CaseStep promise = note("RequestPromiseGiven", from_to(Request::received, Request::handled));
  promise.otherwise = &promise_rule;
  return promise;
}

constexpr std::array steps{
    received(),
    step("RequestForwarded", from_to(Request::received, Request::forwarded), Request::forwarded),
    note("RequestEscalated", any_stage),
    promised(),
    note("RequestProgressNoted", any_stage),
    step("RequestHandled", Request::forwarded, Request::handled),
    step("RequestReplied", Request::handled, Request::replied),
    step("ReturnVisitCompleted", from_to(Request::replied, Request::visited), Request::visited),
    note("ReturnVisitFailed", from_to(Request::replied, Request::visited)),
};

constexpr std::array machines{
    CaseMachine{"request", "需求与建议", "Requests and suggestions", "*", stages, steps}};

bool is_not_solved(const std::uint8_t* body, const World& /*world*/) {
  return !flatbuffers::GetRoot<body::CustomerRequestReceived>(body)->solved_on_spot();
}
bool is_urgent(const std::uint8_t* body, const World& /*world*/) {
  return flatbuffers::GetRoot<body::CustomerRequestReceived>(body)->urgent();
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-REQ-1",
                 .clause = "S0§6.1",
                 .zh = "不能当场处理的 10 分钟内转报",
                 .en = "what is not solved at once is passed on within ten minutes",
                 .begins = "CustomerRequestReceived",
                 .ends = {"RequestForwarded"},
                 .stream = "request",
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .limit_policy = "request.forward_min",
                 .responsible = Role::csa,
                 .applies = is_not_solved},
    DeadlineRule{.id = reply_limit,
                 .clause = "S0§6.4",
                 .zh = "1 天内或承诺时间内处理并回复",
                 .en = "handled and answered within a day, or when it was promised",
                 .begins = "CustomerRequestReceived",
                 .ends = {"RequestReplied"},
                 .stream = "request",
                 .clock = DeadlineClock::hours,
                 .limit = 24,
                 .limit_policy = "request.reply_h",
                 .responsible = Role::csa},
    DeadlineRule{.id = "D-REQ-5",
                 .clause = "S0§6.1",
                 .zh = "重大紧急、突发事件立即报告上级",
                 .en = "what is major or urgent is reported upward at once",
                 .begins = "CustomerRequestReceived",
                 .ends = {"RequestEscalated"},
                 .stream = "request",
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .limit_policy = "request.escalate_min",
                 .responsible = Role::csa,
                 .applies = is_urgent},
};

void decide_promise(const body::RequestPromiseGiven& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  if (*parse_instant(view_of(event.promised_at())) <= moment_of_fact(context, world)) {
    decision.refuse_schema("promised_at", "承诺时间已过", "that time is over already");
  }
}

// A53: each promise is made before the time that it moves; after it the breach stays.
void apply_promise(const body::RequestPromiseGiven& event,
                   const EventContext& context,
                   WorldChange& world) {
  extend_obligation(reply_limit,
                    "request:" + text_of(event.request_id()),
                    *parse_instant(view_of(event.promised_at())),
                    moment_of_fact(context, world),
                    world);
}

constexpr std::array rules{promise_rule};

constexpr std::array handlers{
    plain("CustomerRequestReceived"),
    plain("RequestForwarded"),
    plain("RequestEscalated"),
    event<body::RequestPromiseGiven, decide_promise, apply_promise>("RequestPromiseGiven"),
    plain("RequestProgressNoted"),
    plain("RequestHandled"),
    plain("RequestReplied"),
    plain("RequestWeeklySummaryFiled"),
};

}  // namespace

const Procedure& requests_procedure() {
  static const Procedure procedure{.code = "P06",
                                   .name = "requests",
                                   .zh = "客户需求与建议",
                                   .en = "Requests and suggestions",
                                   .schema = requests_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = {},
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = request_duties()};
  return procedure;
}

}  // namespace juanzong
