// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/refund.h"
#include "events/procedures/decorations.h"
#include "events/procedures/procedure.h"

#include <array>

namespace juanzong {
namespace {

const DecorationCase* accepted_case(const std::uint8_t* body, const World& world) {
  const auto& event = *flatbuffers::GetRoot<body::CompletionAcceptancePassed>(body);
  return world.find<DecorationCase>(view_of(event.deco_id()));
}

bool has_deposit(const std::uint8_t* body, const World& world) {
  const DecorationCase* deco = accepted_case(body, world);
  return deco != nullptr && !deco->deposits.empty();
}

std::optional<CivilDate> refund_day(const std::uint8_t* body,
                                    const EventContext& /*context*/,
                                    const World& world) {
  const DecorationCase* deco = accepted_case(body, world);
  return deco == nullptr ? std::nullopt : earliest_refund(world, *deco);
}

}  // namespace

std::span<const DeadlineRule> decoration_deadlines() {
  static constexpr std::array rules{
      DeadlineRule{.id = "D-DEC-1",
                   .clause = "S0§2.4(1)",
                   .zh = "装修审批结果 1 个工作日内通知客户",
                   .en = "the customer hears the approval within one working day",
                   .begins = "DecorationSubmittedForReview",
                   .ends = {"DecorationApprovalNotified"},
                   .stream = "deco",
                   .clock = DeadlineClock::working_days,
                   .limit = 1,
                   .responsible = Role::csa,
                   .lapses = {"DecorationCancelled"}},
      DeadlineRule{.id = "D-DEC-3",
                   .clause = "S0§2.12(1)",
                   .zh = "装修入场当日知会各部门",
                   .en = "the departments are told of an entry on its day",
                   .begins = "DecorationEntryInspected",
                   .ends = {"DecorationEntryNotified"},
                   .stream = "deco",
                   .clock = DeadlineClock::civil_days,
                   .responsible = Role::csa},
      DeadlineRule{.id = "D-DEC-4",
                   .clause = "S0§2.18",
                   .zh = "押金可退之日起 5 个工作日内通知",
                   .en = "the refund is announced within five working days of its first day",
                   .begins = "CompletionAcceptancePassed",
                   .ends = {"DepositRefundNotified", "DepositRefundRequested", "DepositRefunded"},
                   .stream = "deco",
                   .clock = DeadlineClock::working_days,
                   .limit = 5,
                   .limit_policy = "deposit.deco.notify_working_days",
                   .responsible = Role::csa,
                   .applies = has_deposit,
                   .counts_from = refund_day},
  };
  return rules;
}

}  // namespace juanzong
