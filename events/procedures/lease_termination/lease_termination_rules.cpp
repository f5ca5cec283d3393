// SPDX-License-Identifier: Apache-2.0
// Notice, last talk and cleaning, and the procedure's row for the catalogue.
#include "events/procedures/lease_termination/lease_termination_rules.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/joined_handlers.h"
#include "events/procedures/lease_termination/lease_termination.h"
#include "events/procedures/lease_termination/lease_termination_generated.h"
#include "events/procedures/lease_termination/lease_termination_schema.h"
#include "events/procedures/parties.h"

#include <algorithm>
#include <array>
#include <vector>

namespace juanzong {
namespace lease_termination {

void check_compensation(const Rule& rule,
                        std::string_view charge_id,
                        std::string_view unit,
                        std::string_view company,
                        const World& world,
                        Decision& decision) {
  const auto* charge = world.find<ChargeState>(charge_id);
  const bool fits = charge != nullptr && charge->unit == unit && charge->party == company &&
                    charge->purpose == static_cast<std::uint8_t>(body::Purpose::COMPENSATION) &&
                    !charge->reversed;
  if (!fits) {
    decision.refuse(rule, {fact("charge_id", charge_id), fact("needed", "COMPENSATION")});
  }
}

void check_company_signature(const SignatureList* signatures,
                             const OfficeLetState& let,
                             Decision& decision) {
  check_signature(signed_for_company(signatures, let),
                  "须由客户负责人签名,其他人须附委托书",
                  "somebody the client is known by must sign, others need a power of attorney",
                  decision);
}

}  // namespace lease_termination

namespace {

void decide_notified(const body::LeaseTerminationNotified& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_office_client(
      view_of(event.unit()), view_of(event.company()), OfficeStage::let, world, decision);
  if (!staff_has_role(world, view_of(event.from()), Role::mkt)) {
    decision.refuse_schema("from", "退租通知单由营销部下发", "marketing issues the notice");
  }
}

void apply_notified(const body::LeaseTerminationNotified& event,
                    const EventContext& context,
                    WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  let.notified = context.index;
  let.vacate_on = date_of(event.vacate_on());
}

bool is_declined(const body::ExitTalkRecorded& event, body::ExitContact contact) {
  const auto* declined = event.declined();
  return declined != nullptr &&
         std::any_of(declined->begin(), declined->end(), [contact](auto each) {
           return static_cast<body::ExitContact>(each) == contact;
         });
}

void decide_talk(const body::ExitTalkRecorded& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  check_office_client(
      view_of(event.unit()), view_of(event.company()), OfficeStage::leaving, world, decision);
  const auto let = world.get<OfficeLetState>(view_of(event.unit()));
  if (let.exit_talk && stage_of(let) == OfficeStage::leaving) {
    decision.refuse_state("TALK_RECORDED", "LEAVING: once");
  }
  const auto need =
      [&](const body::Sealed* told, body::ExitContact contact, std::string_view name) {
        if ((told != nullptr) == is_declined(event, contact)) {
          decision.refuse_schema(name, "须填写,或注明客户不愿提供", "given, or declined");
        }
      };
  need(event.new_address(), body::ExitContact::NEW_ADDRESS, "new_address");
  need(event.phone(), body::ExitContact::PHONE, "phone");
}

void apply_talk(const body::ExitTalkRecorded& event,
                const EventContext& context,
                WorldChange& world) {
  world.edit<OfficeLetState>(view_of(event.unit())).exit_talk = context.index;
}

void decide_cleaned(const body::VacatedRoomCleaned& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const UnixMicros at = *parse_instant(view_of(event.at()));
  check_instant_passed("at", at, context, world, decision);
  const auto let = world.get<OfficeLetState>(view_of(event.unit()));
  const OfficeStage stage = stage_of(let);
  if (stage != OfficeStage::vacated) {
    decision.refuse_state(code_of(stage), code_of(OfficeStage::vacated));
  } else if (at < let.keys_reclaimed_at) {
    decision.refuse_schema("at", "早于钥匙收回时间", "before the keys came back");
  }
}

// The room is free of its client; the next check of the room is of this state.
void apply_cleaned(const body::VacatedRoomCleaned& event,
                   const EventContext& context,
                   WorldChange& world) {
  OfficeLetState& let = world.edit<OfficeLetState>(view_of(event.unit()));
  FormerOfficeClient former;
  former.company = let.company;
  former.keys_reclaimed_at = let.keys_reclaimed_at;
  former.cleaned = context.index;
  former.cleaned_at = *parse_instant(view_of(event.at()));
  let = OfficeLetState{};
  let.former = std::move(former);
}

constexpr std::array own_handlers{
    event<body::LeaseTerminationNotified, decide_notified, apply_notified>(
        "LeaseTerminationNotified"),
    event<body::ExitTalkRecorded, decide_talk, apply_talk>("ExitTalkRecorded"),
    event<body::VacatedRoomCleaned, decide_cleaned, apply_cleaned>("VacatedRoomCleaned"),
};

constexpr std::array rules{lease_termination::keys_rule, lease_termination::fittings_rule};

constexpr std::array deadlines{
    DeadlineRule{.id = "D-OFT-1",
                 .clause = "S2·5§4",
                 .zh = "收回钥匙后 24 小时内打扫退租房间",
                 .en = "the vacated room is cleaned within 24 hours of the keys' return",
                 .begins = "OfficeKeysReclaimed",
                 .ends = {"VacatedRoomCleaned"},
                 .stream = "unit",
                 .clock = DeadlineClock::hours,
                 .limit = 24,
                 .limit_policy = "office.clean_h",
                 .responsible = Role::env}};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({own_handlers, lease_termination::return_handlers()});
}

}  // namespace

const Procedure& lease_termination_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{"P42",
                                   "lease_termination",
                                   "写字楼退租",
                                   "Office lease termination",
                                   lease_termination_schema,
                                   handlers,
                                   rules,
                                   {},
                                   deadlines};
  return procedure;
}

}  // namespace juanzong
