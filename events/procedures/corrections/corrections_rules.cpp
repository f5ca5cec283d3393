// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/catalogue.h"
#include "events/procedures/charges.h"
#include "events/procedures/corrections/corrections.h"
#include "events/procedures/corrections/corrections_generated.h"
#include "events/procedures/corrections/corrections_schema.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>
#include <string>

namespace juanzong {
namespace {

constexpr Rule money_rule{"H-FEE-7",
                          "P31",
                          "收支记录只能用冲销、改分摊更正",
                          "money is corrected by reversal or reallocation only"};
constexpr Rule target_rule{"H-COR-1",
                           "PX",
                           "所指记录须在本记录之前,且事项名称相符",
                           "the target is an earlier record and has the event name given"};
constexpr Rule role_rule{
    "H-COR-2", "PX", "更正须由有权办理原事项的岗位作出", "a correction needs the original's role"};
constexpr Rule signature_rule{
    "H-COR-3", "PX", "更正须员工签字,作废须项目经理签字", "staff sign a correction, the PM a void"};
constexpr Rule voided_rule{"H-COR-4", "PX", "该记录已作废", "the record was voided before"};
constexpr Rule register_rule{"H-COR-5",
                             "PX",
                             "该事项影响后续规则,不能作废",
                             "later rules rest on this event; it cannot be voided"};

// One list for all procedures, so that it is reviewed as a whole (README).
constexpr std::array<std::string_view, 16> register_entries{
    "AccountsSettled",
    "DecorationAssistanceGiven",
    "DecorationEntryNotified",
    "DecorationNoticeIssued",
    "DecorationPatrolRecorded",
    "DecorationPatrolSheetFiled",
    "DecorationVerbalWarningGiven",
    "DunningNoticeSent",
    "FeeStatementIssued",
    "FinanceReportedToCommittee",
    "FinancialAuditHeld",
    "MajorArrearsReported",
    "MoveInCongratulated",
    "MoveInNotified",
    "ParkingRegisterShared",
    "ServiceActivationAssisted",
};
static_assert(std::ranges::is_sorted(register_entries));

// What to do instead of voiding, told with the refusal.
std::string_view instead_of_voiding(std::string_view event) {
  if (event == "DecorationPenaltyConfirmed") {
    return "DecorationPenaltyWaived";
  }
  if (event == "ChargeAssessed") {
    return "ChargeReversed";
  }
  return is_money_event(event) ? "PaymentReversed / PaymentReallocated" : "EntryCorrected";
}

std::string entry_key(RecordIndex index) {
  return std::to_string(number(index));
}

// The guards that both events share: which record is meant, and that it stands.
template <class Body>
void check_target(const Body& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const std::string_view name = view_of(event.target_event());
  const RecordIndex target = record_index(*event.target(), context);
  const bool other_event = !context.target_event.empty() && context.target_event != name;
  if (target >= context.index || other_event || catalogue().find(name) == nullptr) {
    decision.refuse(target_rule, {fact("target", entry_key(target)), fact("target_event", name)});
  }
  if (world.get<EntryState>(entry_key(target)).voided_by) {
    decision.refuse(voided_rule, {fact("target", entry_key(target))});
  }
  if (is_money_event(name)) {
    decision.refuse(money_rule,
                    {fact("target_event", name), fact("instead", instead_of_voiding(name))});
  }
}

void decide_corrected(const body::EntryCorrected& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_target(event, context, world, decision);
  const CatalogueEntry* original = catalogue().find(view_of(event.target_event()));
  if (original != nullptr && !context.roles.intersects(original->descriptor.append)) {
    decision.refuse(role_rule, {fact("roles", to_text(original->descriptor.append))});
  }
  if (!signed_in_capacity(event.signatures(), body::Capacity::STAFF)) {
    decision.refuse(signature_rule, {fact("missing_signature", "STAFF")});
  }
}

void apply_corrected(const body::EntryCorrected& event,
                     const EventContext& context,
                     WorldChange& world) {
  const RecordIndex target = record_index(*event.target(), context);
  world.edit<EntryState>(entry_key(target)).corrected_by.push_back(context.index);
}

void decide_voided(const body::EntryVoided& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_target(event, context, world, decision);
  const std::string_view name = view_of(event.target_event());
  if (!is_money_event(name) && !is_register_entry(name)) {
    decision.refuse(register_rule,
                    {fact("target_event", name), fact("instead", instead_of_voiding(name))});
  }
  if (!signed_by_staff(event.signatures(), Role::pm, world)) {
    decision.refuse(signature_rule, {fact("missing_signature", "STAFF:PM")});
  }
}

void apply_voided(const body::EntryVoided& event, const EventContext& context, WorldChange& world) {
  const RecordIndex target = record_index(*event.target(), context);
  world.edit<EntryState>(entry_key(target)).voided_by = context.index;
}

constexpr std::array handlers{
    event<body::EntryCorrected, decide_corrected, apply_corrected>("EntryCorrected"),
    event<body::EntryVoided, decide_voided, apply_voided>("EntryVoided"),
};

constexpr std::array rules{
    money_rule, target_rule, role_rule, signature_rule, voided_rule, register_rule};

constexpr std::array states{state_type<EntryState>("entry")};

}  // namespace

std::optional<RecordIndex> correction_target(std::string_view event,
                                             const std::uint8_t* body,
                                             const EventContext& context) {
  const body::RecordRef* target = nullptr;
  if (event == "EntryCorrected") {
    target = flatbuffers::GetRoot<body::EntryCorrected>(body)->target();
  } else if (event == "EntryVoided") {
    target = flatbuffers::GetRoot<body::EntryVoided>(body)->target();
  }
  return target == nullptr ? std::nullopt : std::optional(record_index(*target, context));
}

bool is_register_entry(std::string_view event) {
  return std::ranges::binary_search(register_entries, event);
}

const Procedure& corrections_procedure() {
  static constexpr Procedure procedure{"PX-C",
                                       "corrections",
                                       "更正与作废",
                                       "Corrections",
                                       corrections_schema,
                                       handlers,
                                       rules,
                                       states};
  return procedure;
}

}  // namespace juanzong
