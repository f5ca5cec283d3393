// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/catalogue.h"

#include "events/model/check.h"
#include "events/procedures/due_list.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/rolls.h"
#include "events/procedures/signature_disputes.h"

#include <algorithm>
#include <array>
// One include and one row a procedure; the build reads the folders from these lines.
#include "events/procedures/access_control/access_control.h"
#include "events/procedures/activities/activities.h"
#include "events/procedures/actor_keys/actor_keys.h"
#include "events/procedures/archives/archives.h"
#include "events/procedures/cleaning/cleaning.h"
#include "events/procedures/complaints/complaints.h"
#include "events/procedures/conduct/conduct.h"
#include "events/procedures/conferences/conferences.h"
#include "events/procedures/contacts/contacts.h"
#include "events/procedures/contracts/contracts.h"
#include "events/procedures/corrections/corrections.h"
#include "events/procedures/customer_care/customer_care.h"
#include "events/procedures/customer_visits/customer_visits.h"
#include "events/procedures/decoration/decoration.h"
#include "events/procedures/emergencies/emergencies.h"
#include "events/procedures/evaluations/evaluations.h"
#include "events/procedures/facilities/facilities.h"
#include "events/procedures/fees/fees.h"
#include "events/procedures/front_desk/front_desk.h"
#include "events/procedures/goods_release/goods_release.h"
#include "events/procedures/greening/greening.h"
#include "events/procedures/handover/handover.h"
#include "events/procedures/inspections/inspections.h"
#include "events/procedures/internal_communication/internal_communication.h"
#include "events/procedures/keys/keys.h"
#include "events/procedures/lease_termination/lease_termination.h"
#include "events/procedures/management/management.h"
#include "events/procedures/meetings/meetings.h"
#include "events/procedures/move_in/move_in.h"
#include "events/procedures/nonconformities/nonconformities.h"
#include "events/procedures/notices/notices.h"
#include "events/procedures/occupancy/occupancy.h"
#include "events/procedures/office_move_in/office_move_in.h"
#include "events/procedures/operation/operation.h"
#include "events/procedures/outsourcing/outsourcing.h"
#include "events/procedures/ownership_transfer/ownership_transfer.h"
#include "events/procedures/paid_services/paid_services.h"
#include "events/procedures/parking/parking.h"
#include "events/procedures/patrols/patrols.h"
#include "events/procedures/personal_data/personal_data.h"
#include "events/procedures/public_order/public_order.h"
#include "events/procedures/purchasing/purchasing.h"
#include "events/procedures/registry/registry.h"
#include "events/procedures/repairs/repairs.h"
#include "events/procedures/requests/requests.h"
#include "events/procedures/return_visits/return_visits.h"
#include "events/procedures/rosters/rosters.h"
#include "events/procedures/security/security.h"
#include "events/procedures/service_planning/service_planning.h"
#include "events/procedures/signature_disputes/signature_disputes.h"
#include "events/procedures/succession/succession.h"
#include "events/procedures/surveys/surveys.h"
#include "events/procedures/tenant_move_out/tenant_move_out.h"
#include "events/procedures/traceability/traceability.h"
#include "events/procedures/vacant_units/vacant_units.h"

namespace juanzong {
namespace {

std::array all_procedures{
    &registry_procedure,
    &actor_keys_procedure,
    &operation_procedure,
    &access_control_procedure,
    &activities_procedure,
    &archives_procedure,
    &cleaning_procedure,
    &conferences_procedure,
    &complaints_procedure,
    &contacts_procedure,
    &contracts_procedure,
    &corrections_procedure,
    &customer_visits_procedure,
    &decoration_procedure,
    &emergencies_procedure,
    &facilities_procedure,
    &fees_procedure,
    &front_desk_procedure,
    &goods_release_procedure,
    &greening_procedure,
    &handover_procedure,
    &keys_procedure,
    &move_in_procedure,
    &notices_procedure,
    &occupancy_procedure,
    &ownership_transfer_procedure,
    &paid_services_procedure,
    &parking_procedure,
    &lease_termination_procedure,
    &meetings_procedure,
    &office_move_in_procedure,
    &patrols_procedure,
    &public_order_procedure,
    &security_procedure,
    &inspections_procedure,
    &nonconformities_procedure,
    &surveys_procedure,
    &purchasing_procedure,
    &outsourcing_procedure,
    &service_planning_procedure,
    &traceability_procedure,
    &evaluations_procedure,
    &repairs_procedure,
    &requests_procedure,
    &return_visits_procedure,
    &rosters_procedure,
    &tenant_move_out_procedure,
    &internal_communication_procedure,
    &customer_care_procedure,
    &conduct_procedure,
    &management_procedure,
    &vacant_units_procedure,
    &signature_disputes_procedure,
    &succession_procedure,
    &personal_data_procedure,
};

}  // namespace

Catalogue::Catalogue() : Catalogue(all_procedures) {}

Catalogue::Catalogue(List procedures) {
  schemas_.reserve(procedures.size());
  for (const auto procedure : procedures) {
    add(procedure());
  }
  join_declared();
}

// An event may meet an obligation of another procedure, and move its case.
void Catalogue::join_declared() {
  static constexpr std::array shared{state_type<ObligationState>("obligation"),
                                     state_type<CaseFileState>("case_file"),
                                     state_type<DutyState>("duty"),
                                     state_type<RollState>("roll"),
                                     state_type<DueHoursState>("due_hours"),
                                     state_type<DueHourState>("due_hour"),
                                     state_type<SignedRecordState>("signed_record"),
                                     state_type<PersonTieState>("person_tie")};
  for (const StateType& state : shared) {
    check(states_.emplace(state.kind, state).second, "catalogue: a state has one owner");
  }
  for (auto& [type, entry] : by_type_) {
    for (const Procedure* procedure : procedures_) {
      for (const DeadlineUse& use : deadline_uses(procedure->deadlines, entry.descriptor.name)) {
        entry.deadlines.push_back(use);
      }
      for (const CaseUse& use : case_uses(procedure->cases, entry.descriptor.name)) {
        entry.cases.push_back(use);
      }
      for (const DutyUse& use : duty_uses(procedure->duties, entry.descriptor.name)) {
        entry.duties.push_back(use);
      }
    }
    std::ranges::stable_sort(entry.deadlines, {}, &DeadlineUse::what);
  }
}

void Catalogue::add(const Procedure& procedure) {
  procedures_.push_back(&procedure);
  for (const DutyRule& rule : procedure.duties) {
    duties_.push_back(&rule);
  }
  const EventSchema& schema = schemas_.emplace_back(procedure.code, procedure.schema());
  std::map<std::string_view, const EventHandler*> handlers;
  for (const EventHandler& handler : procedure.handlers) {
    check(handlers.emplace(handler.event, &handler).second, "catalogue: one handler an event");
  }
  for (const EventDescriptor& event : schema.events()) {
    const auto handler = handlers.find(event.name);
    check(handler != handlers.end(), "catalogue: every event has a handler");
    check(
        by_type_.emplace(event.type, CatalogueEntry{event, handler->second, &procedure, {}, {}, {}})
            .second,
        "catalogue: event numbers are unique");
    check(by_name_.emplace(event.name, event.type).second, "catalogue: event names are unique");
    handlers.erase(handler);
  }
  check(handlers.empty(), "catalogue: every handler has an event");
  for (const StateType& state : procedure.states) {
    check(states_.emplace(state.kind, state).second, "catalogue: a state has one owner");
  }
}

const CatalogueEntry* Catalogue::find(EventType type) const {
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? nullptr : &found->second;
}

const CatalogueEntry* Catalogue::find(std::string_view event_name) const {
  const auto found = by_name_.find(event_name);
  return found == by_name_.end() ? nullptr : find(found->second);
}

std::vector<const CatalogueEntry*> Catalogue::entries() const {
  std::vector<const CatalogueEntry*> list;
  for (const auto& [type, entry] : by_type_) {
    list.push_back(&entry);
  }
  return list;
}

const StateType* Catalogue::find_state(StateKind kind) const {
  const auto found = states_.find(kind);
  return found == states_.end() ? nullptr : &found->second;
}

const Catalogue& catalogue() {
  static const Catalogue instance;
  return instance;
}

}  // namespace juanzong
