// SPDX-License-Identifier: Apache-2.0
// Notices, statements and reports: they stand in their streams and move no money.
#include "events/procedures/fees/fees_rules.h"
#include "events/procedures/signatures.h"

namespace juanzong::fees {

void decide_dunning(const body::DunningNoticeSent& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  check_unit(view_of(event.unit()), world, decision);
  if (event.charges()->size() > allocations_max) {
    decision.refuse_schema("charges", "一次催缴最多 12 项", "a notice names at most 12 charges");
  }
  for (const body::DunningCharge* line : *event.charges()) {
    const auto charge = world.get<ChargeState>(view_of(line->charge_id()));
    const bool owed = charge.open() > zero_fen && charge.unit == view_of(event.unit()) &&
                      charge.party == view_of(event.party());
    if (!owed) {
      decision.refuse(dunning_rule,
                      {fact("charge_id", view_of(line->charge_id())), fact("open", charge.open())});
    }
  }
}

void decide_statement(const body::FeeStatementIssued& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_unit(view_of(event.unit()), world, decision);
  check_period(event.from(), event.to(), decision);
  Fen sum;
  if (event.lines() != nullptr) {
    for (const body::FeeStatementLine* line : *event.lines()) {
      sum += Fen{line->amount_fen()};
      if (world.get<ChargeState>(view_of(line->charge_id())).unit != view_of(event.unit())) {
        decision.refuse(original_rule, {fact("charge_id", view_of(line->charge_id()))});
      }
    }
  }
  if (sum != Fen{event.total_fen()}) {
    decision.refuse(total_rule, {fact("sum", sum), fact("total", Fen{event.total_fen()})});
  }
}

void decide_settled(const body::AccountsSettled& event,
                    const EventContext&,
                    const World&,
                    Decision& decision) {
  check_period(event.from(), event.to(), decision);
}

void decide_audit(const body::FinancialAuditHeld& event,
                  const EventContext&,
                  const World&,
                  Decision& decision) {
  check_period(event.from(), event.to(), decision);
}

void decide_committee(const body::FinanceReportedToCommittee& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_period(event.from(), event.to(), decision);
  if (!signed_in_capacity(event.signatures(), body::Capacity::COMMITTEE)) {
    decision.refuse(signature_rule, {fact("missing_signature", "COMMITTEE")});
  }
}

}  // namespace juanzong::fees
