// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/tenancies.h"

#include "events/procedures/charges.h"
#include "events/procedures/safety_papers.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 7> stages{
    "NONE", "CONSENTED", "REGISTERED", "ACTIVE", "LEAVING", "CLEARED", "ENDED"};

bool owed_by(const ChargeState& charge, CivilDate up_to) {
  // Periods are half-open: one that ends the day after covers `up_to` and nothing later.
  return charge.due <= up_to || (charge.period_to && *charge.period_to <= add_days(up_to, 1));
}

template <class Counts>
Arrears sum_of(const World& world, std::string_view unit, Counts counts) {
  Arrears arrears;
  for (const OpenCharge& open : open_charges(world, unit)) {
    if (counts(open.charge)) {
      arrears.charge_ids.push_back(open.charge_id);
      arrears.total += open.charge.open();
    }
  }
  return arrears;
}

}  // namespace

std::string_view code_of(TenancyStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

TenancyStage tenancy_stage(const World& world, std::string_view tenancy_id) {
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  const auto move_out = world.get<MoveOutState>(tenancy_id);
  if (!tenancy.consented) {
    return TenancyStage::none;
  }
  if (move_out.ended) {
    return TenancyStage::ended;
  }
  if (move_out.declared) {
    const bool cleared = move_out.metered && move_out.settled && move_out.consented;
    return cleared ? TenancyStage::cleared : TenancyStage::leaving;
  }
  if (tenancy.moved_in) {
    return TenancyStage::active;
  }
  const bool registered = tenancy.registered && tenant_paper_signed(world, tenancy_id);
  return registered ? TenancyStage::registered : TenancyStage::consented;
}

bool tenant_paper_signed(const World& world, std::string_view tenancy_id) {
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  if (tenancy.tenant.empty() || !tenancy.consented) {
    return false;
  }
  const std::string case_ref = "tenancy:" + std::string(tenancy_id);
  const auto* own =
      find_safety_paper(world, tenancy.unit, SafetyPaper::tenant, tenancy.tenant, case_ref);
  const auto* free = find_safety_paper(world, tenancy.unit, SafetyPaper::tenant, tenancy.tenant);
  return own != nullptr || (free != nullptr && free->index > *tenancy.consented);
}

Arrears arrears_of(const World& world,
                   std::string_view unit,
                   std::string_view party,
                   CivilDate up_to) {
  return sum_of(world, unit, [party, up_to](const ChargeState& charge) {
    return charge.party == party && owed_by(charge, up_to);
  });
}

Arrears arrears_of_unit(const World& world, std::string_view unit, CivilDate up_to) {
  return sum_of(world, unit, [up_to](const ChargeState& charge) { return owed_by(charge, up_to); });
}

std::vector<Fact> facts_of(const Arrears& arrears, CivilDate up_to) {
  if (arrears.charge_ids.empty()) {
    return {};
  }
  std::vector<Fact> facts{fact("open", arrears.total), fact("up_to", up_to)};
  for (const std::string& charge_id : arrears.charge_ids) {
    facts.push_back(fact("charge_id", charge_id));
  }
  return facts;
}

}  // namespace juanzong
