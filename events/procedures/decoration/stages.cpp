// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/decoration/stages.h"

#include "events/procedures/charges.h"
#include "events/procedures/decoration/refund.h"
#include "events/procedures/policy.h"
#include "events/schema/common_generated.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, decoration_stage_count> decoration_names{
    "NONE",
    "APPLIED",
    "COMPLETE",
    "IN_REVIEW",
    "APPROVED",
    "ACKNOWLEDGED",
    "CONTRACTED",
    "PAID",
    "PERMITTED",
    "UNDER_WORK",
    "ACCEPTANCE_REQUESTED",
    "ACCEPTED",
    "REJECTED",
    "CANCELLED",
    "CLOSED"};

constexpr std::array<std::string_view, deposit_stage_count> deposit_names{
    "NONE", "HELD", "WAITING", "REFUNDABLE", "INSPECTED", "CALCULATED", "APPROVED", "REFUNDED"};

struct CaseFee {
  body::Purpose purpose;
  std::string_view tariff;
};

// The fees of S0§2.9 besides the deposit.
constexpr std::array<CaseFee, 2> case_fees{{
    {body::Purpose::WASTE_REMOVAL, "tariff.deco.waste_removal_fen"},
    {body::Purpose::PASS_FEE, "tariff.deco.pass_fen"},
}};

bool holds_a_deposit(const World& world, const DecorationCase& deco) {
  return std::ranges::any_of(deco.deposits, [&world](const std::string& id) {
    const auto* deposit = world.find<DepositState>(id);
    return deposit != nullptr && deposit->held();
  });
}

// Assessed on the case and not reversed; whether it is paid, the open charges tell.
bool is_assessed(const World& world, const OpenChargesState& charges, std::uint8_t purpose) {
  return std::ranges::any_of(charges.assessed, [&](const std::string& id) {
    const auto* charge = world.find<ChargeState>(id);
    return charge != nullptr && !charge->reversed && charge->purpose == purpose;
  });
}

void ask_deposit(const World& world, const DecorationCase& deco, std::vector<std::string>& open) {
  constexpr std::string_view permitted_key = "deposit.deco.permitted";
  constexpr std::string_view tariff_key = "tariff.deco.deposit_fen";
  const auto permitted = policy_flag(world, permitted_key, deco.applied_on);
  if (!permitted) {
    open.emplace_back(permitted_key);
    return;
  }
  if (!*permitted) {
    return;
  }
  const auto tariff = policy_number(world, tariff_key, deco.applied_on);
  if (!tariff) {
    open.emplace_back(tariff_key);
  } else if (*tariff > 0 && !holds_a_deposit(world, deco)) {
    open.emplace_back("DEPOSIT");
  }
}

}  // namespace

std::string_view name_of(DecorationStage stage) {
  return decoration_names[static_cast<std::size_t>(stage)];
}

std::string_view name_of(DepositStage stage) {
  return deposit_names[static_cast<std::size_t>(stage)];
}

std::vector<std::string> unsettled_fees(const World& world,
                                        std::string_view deco_id,
                                        const DecorationCase& deco) {
  std::vector<std::string> open;
  ask_deposit(world, deco, open);
  const std::string case_ref = "deco:" + std::string(deco_id);
  const auto charges = world.get<OpenChargesState>(case_ref);
  for (const CaseFee& fee : case_fees) {
    const auto tariff = policy_number(world, fee.tariff, deco.applied_on);
    const auto purpose = static_cast<std::uint8_t>(fee.purpose);
    if (!tariff) {
      open.emplace_back(fee.tariff);
    } else if (*tariff > 0 && !is_assessed(world, charges, purpose)) {
      open.emplace_back(purpose_code(purpose));
    }
  }
  for (const OpenCharge& charge : open_charges(world, case_ref)) {
    open.push_back(charge.charge_id);
  }
  return open;
}

const DecorationCase* case_of(const World& world, const DepositState& deposit) {
  return deposit.deposit_kind == DepositKind::decoration
             ? world.find<DecorationCase>(deposit.case_id)
             : nullptr;
}

bool is_closed(const World& world, const DecorationCase& deco) {
  const bool over =
      deco.stage == DecorationStage::accepted || deco.stage == DecorationStage::cancelled;
  return over && !holds_a_deposit(world, deco);
}

DecorationStage stage_of(const World& world, std::string_view deco_id, const DecorationCase& deco) {
  if (is_closed(world, deco)) {
    return DecorationStage::closed;
  }
  const bool paid =
      deco.stage == DecorationStage::contracted && unsettled_fees(world, deco_id, deco).empty();
  return paid ? DecorationStage::paid : deco.stage;
}

DepositStage deposit_stage_of(const World& world, std::string_view deposit_id, CivilDate today) {
  const auto* deposit = world.find<DepositState>(deposit_id);
  if (deposit == nullptr || !deposit->exists() || deposit->payment_reversed) {
    return DepositStage::none;
  }
  if (deposit->refund) {
    return DepositStage::refunded;
  }
  if (deposit->inspection) {
    const bool calculated = calculation_is_current(world, deposit_id);
    return !calculated          ? DepositStage::inspected
           : !deposit->approval ? DepositStage::calculated
                                : DepositStage::approved;
  }
  const auto* deco = case_of(world, *deposit);
  const auto earliest = deco == nullptr ? std::nullopt : earliest_refund(world, *deco);
  if (!earliest) {
    return DepositStage::held;
  }
  return today < *earliest ? DepositStage::waiting : DepositStage::refundable;
}

}  // namespace juanzong
