// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the rules of P21 and the guards that several events ask.
// money_rules.cpp judges what the two owners pay, paper_rules.cpp evidence, files and roster.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/transfers.h"

#include <span>
#include <string_view>

namespace juanzong::ownership_transfer {

inline constexpr Rule evidence_rule{"H-TRF-1",
                                    "S0§21.1",
                                    "须凭转让后新业主名下的《房屋产权证》或其他有效法律依据确认",
                                    "a transfer rests on the property certificate in the new "
                                    "owner's name, issued after it, or other legal evidence"};
inline constexpr Rule settlement_rule{"H-TRF-2",
                                      "S0§21.2",
                                      "老业主须结清双方交付接点前的一切费用,并抄取水电气表",
                                      "the former owner settles all costs up to the handover "
                                      "moment, with the meters read"};
inline constexpr Rule prepayment_rule{"H-TRF-3",
                                      "S0§21.2",
                                      "须收取新业主至少半年物管费",
                                      "the new owner prepays at least half a year of property fee"};
inline constexpr Rule papers_rule{"H-TRF-4",
                                  "S0§21.3",
                                  "变更清册前须有新业主档案、责任书和身份证复印件",
                                  "the new owner's file, responsibility paper and copy of the "
                                  "identity document come before the roster"};
inline constexpr Rule annotation_rule{"H-TRF-5",
                                      "S0§21.3",
                                      "变更清册前须在原业主档案注明已转让和转让时间",
                                      "the former owner's file is annotated with the day of the "
                                      "transfer before the roster is changed"};

// The transfer stands in `accepted`, and is one of this unit.
template <class Body>
[[nodiscard]] TransferState check_stage(const Body& event,
                                        TransferStage accepted,
                                        const World& world,
                                        Decision& decision) {
  const TransferStage stage = transfer_stage(world, view_of(event.transfer_id()));
  if (stage != accepted) {
    decision.refuse_state(code_of(stage), code_of(accepted));
  }
  return world.get<TransferState>(view_of(event.transfer_id()));
}

template <class Body>
void check_unit_of_transfer(const Body& event, const TransferState& transfer, Decision& decision) {
  if (transfer.submitted && transfer.unit != view_of(event.unit())) {
    decision.refuse_schema("transfer_id", "转让不属于该房屋", "a transfer of another unit");
  }
}

// H-TRF-2 for what the former owner owes on the unit for the time up to and including that day.
void check_former_owner(const TransferState& transfer,
                        CivilDate up_to,
                        const World& world,
                        Decision& decision);

[[nodiscard]] std::span<const EventHandler> paper_handlers();
[[nodiscard]] std::span<const EventHandler> money_handlers();

}  // namespace juanzong::ownership_transfer
