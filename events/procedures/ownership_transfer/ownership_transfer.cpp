// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/ownership_transfer/ownership_transfer.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/ownership_transfer/ownership_transfer_schema.h"
#include "events/procedures/ownership_transfer/transfer_rules.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

constexpr std::array rules{ownership_transfer::evidence_rule,
                           ownership_transfer::settlement_rule,
                           ownership_transfer::prepayment_rule,
                           ownership_transfer::papers_rule,
                           ownership_transfer::annotation_rule};

constexpr std::array states{state_type<TransferState>("transfer")};

constexpr std::array deadlines{
    DeadlineRule{.id = "D-TRF-1",
                 .clause = "S0§21.3",
                 .zh = "新业主建档后随即变更业主清册",
                 .en = "the roster changes on the day the new owner's file is made",
                 .begins = "NewOwnerFileCreated",
                 .ends = {"OwnershipTransferred"},
                 .stream = "transfer",
                 .clock = DeadlineClock::civil_days,
                 .responsible = Role::csa}};

std::vector<EventHandler> all_handlers() {
  return joined_handlers(
      {ownership_transfer::paper_handlers(), ownership_transfer::money_handlers()});
}

}  // namespace

const Procedure& ownership_transfer_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{"P21",
                                   "ownership_transfer",
                                   "业主转让",
                                   "Ownership transfer",
                                   ownership_transfer_schema,
                                   handlers,
                                   rules,
                                   states,
                                   deadlines};
  return procedure;
}

}  // namespace juanzong
