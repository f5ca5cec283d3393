// SPDX-License-Identifier: Apache-2.0
// What a decoration deposit is worth, from when on, and what stands in the way. Pure questions: the
// rules refuse by them and the statement of deposits (押金余额与应退明细) shows them, so that the
// document on the table and the refusal at the desk never disagree.
#pragma once

#include "events/procedures/decorations.h"
#include "events/procedures/deposits.h"
#include "events/procedures/world.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// The first civil day of a refund: after the months that follow completion acceptance, or the day
// of cancellation of a case without works. nullopt: neither has happened.
[[nodiscard]] std::optional<CivilDate> earliest_refund(const World& world,
                                                       const DecorationCase& deco);

struct PendingPenalty {
  std::string violation_id;
  Fen proposed;
};

struct RefundEntitlement {
  Fen deposit;
  std::vector<DeductionLine> utilities;  // each list: what is owed, what this deposit pays of it
  std::vector<DeductionLine> other;
  std::vector<DeductionLine> penalties;  // confirmed, not waived
  std::vector<PendingPenalty> pending;   // proposed only: not deductible
  Fen penalties_sum;
  Fen pending_sum;
  Fen utilities_sum;
  Fen other_sum;
  Fen total_deductions;
  Fen applied;                  // min(total, deposit)
  Fen entitlement;              // deposit − applied; zero once refunded
  Fen shortfall;                // total − applied
  RecordIndex last_relevant{};  // newest penalty or charge among the lines

  // All lines in the order in which the deposit pays them: utilities, other fees, penalties.
  [[nodiscard]] std::vector<DeductionLine> lines() const;
};

// Over all deposits of a case no item is applied for more than its amount: what another deposit's
// calculation took is not owed here. A refunded deposit answers what its calculation said.
[[nodiscard]] RefundEntitlement refund_entitlement(const World& world, std::string_view deposit_id);

// The line is a confirmed penalty of the case (else: a charge).
[[nodiscard]] bool is_penalty_line(const DecorationCase& deco, const DeductionLine& line);

// Id of the charge that a penalty's rest becomes once the case's last deposit is refunded.
[[nodiscard]] std::string rest_charge_id(std::string_view violation_id);
// What of a penalty no deposit has paid and no charge asks for yet.
[[nodiscard]] Fen unapplied_penalty(const World& world,
                                    const DecorationCase& deco,
                                    std::string_view violation_id,
                                    std::string_view but_for_deposit);

// The calculation stands and nothing has changed the sum since (H-DEC-17).
[[nodiscard]] bool calculation_is_current(const World& world, std::string_view deposit_id);

// The owner's latest word is no (H-DEC-16).
[[nodiscard]] bool owner_objects(const DepositState& deposit);
// The contractor's request is open and no consent of the owner names it, or the owner objects.
[[nodiscard]] bool owner_consent_missing(const DepositState& deposit);
// Harm was found, is not resolved, and no compensation for it is deducted (H-DEC-15).
[[nodiscard]] bool harm_blocks(const DepositState& deposit);

// A rule that refuses the next step of the deposit. `first_date` is missing where no date alone
// lets it pass: somebody must act.
struct Blocker {
  std::string rule;
  std::optional<CivilDate> first_date;
  bool operator==(const Blocker&) const = default;
};
[[nodiscard]] std::vector<Blocker> refund_blockers(const World& world,
                                                   std::string_view deposit_id,
                                                   CivilDate today);

}  // namespace juanzong
