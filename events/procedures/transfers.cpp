// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/transfers.h"

#include "events/procedures/charges.h"
#include "events/procedures/safety_papers.h"
#include "events/procedures/units.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 8> stages{"NONE",
                                                 "SUBMITTED",
                                                 "VERIFIED",
                                                 "SETTLED",
                                                 "DOCUMENTED",
                                                 "EFFECTIVE",
                                                 "REJECTED",
                                                 "SUPERSEDED"};

bool is_superseded(const World& world, const TransferState& transfer) {
  const auto* unit = world.find<UnitState>(transfer.unit);
  return unit != nullptr && !unit->former_owners.empty() &&
         unit->former_owners.back().index > *transfer.submitted;
}

}  // namespace

std::string_view code_of(TransferStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

TransferStage transfer_stage(const World& world, std::string_view transfer_id) {
  const auto transfer = world.get<TransferState>(transfer_id);
  if (!transfer.submitted) {
    return TransferStage::none;
  }
  if (transfer.effective) {
    return TransferStage::effective;
  }
  if (transfer.rejected) {
    return TransferStage::rejected;
  }
  if (is_superseded(world, transfer)) {
    return TransferStage::superseded;
  }
  if (!transfer.verified) {
    return TransferStage::submitted;
  }
  if (!transfer.settled || !prepayment_stands(world, transfer)) {
    return TransferStage::verified;
  }
  const bool documented =
      transfer.file && transfer.annotated && transfer_paper_signed(world, transfer_id);
  return documented ? TransferStage::documented : TransferStage::settled;
}

bool prepayment_stands(const World& world, const TransferState& transfer) {
  const auto* charge = world.find<ChargeState>(transfer.prepaid_charge);
  return transfer.prepaid && charge != nullptr && !charge->reversed && charge->open() == zero_fen;
}

bool transfer_paper_signed(const World& world, std::string_view transfer_id) {
  const auto transfer = world.get<TransferState>(transfer_id);
  if (!transfer.submitted) {
    return false;
  }
  const std::string case_ref = "transfer:" + std::string(transfer_id);
  const auto* own =
      find_safety_paper(world, transfer.unit, SafetyPaper::transfer, transfer.new_owner, case_ref);
  const auto* free =
      find_safety_paper(world, transfer.unit, SafetyPaper::transfer, transfer.new_owner);
  return own != nullptr || (free != nullptr && free->index > *transfer.submitted);
}

}  // namespace juanzong
