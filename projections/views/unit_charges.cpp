// SPDX-License-Identifier: Apache-2.0
#include "projections/views/unit_charges.h"

#include "events/schema/common_generated.h"

#include <algorithm>

namespace juanzong {
namespace {

std::size_t age_band(std::int32_t days) {
  constexpr std::array<std::int32_t, age_band_count - 1> last_days{30, 90, 180};
  return static_cast<std::size_t>(std::ranges::lower_bound(last_days, days) - last_days.begin());
}

}  // namespace

std::map<std::string, PartyArrears> arrears_by_party(const std::vector<OpenCharge>& charges,
                                                     CivilDate on) {
  std::map<std::string, PartyArrears> parties;
  for (const OpenCharge& each : charges) {
    const ChargeState& charge = each.charge;
    PartyArrears& party = parties[charge.party];
    party.open += charge.open();
    party.assessed.push_back(charge.assessed);
    if (charge.due > on) {
      party.not_due += charge.open();
      continue;
    }
    party.by_age[age_band(on.days - charge.due.days)] += charge.open();
    party.oldest_due = std::min(party.oldest_due.value_or(charge.due), charge.due);
  }
  return parties;
}

Result<std::optional<CivilDate>> prepaid_until(const ViewContext& context,
                                               const World& world,
                                               std::string_view unit,
                                               std::string_view party) {
  constexpr std::string_view prefix = "charge:";
  const Result<std::vector<std::string>> streams = context.unit_streams(unit);
  if (!streams) {
    return fail(streams.error());
  }
  std::optional<CivilDate> last;
  for (const std::string& name : *streams) {
    const auto* charge =
        name.starts_with(prefix) ? world.find<ChargeState>(name.substr(prefix.size())) : nullptr;
    const bool counts = charge != nullptr && !charge->reversed &&
                        (party.empty() || charge->party == party) &&
                        charge->purpose == static_cast<std::uint8_t>(body::Purpose::PROPERTY_FEE) &&
                        charge->period_to && charge->open() == zero_fen;
    if (counts) {
      // Periods are half-open: the last day lies before the end.
      const CivilDate day = add_days(*charge->period_to, -1);
      last = std::max(last.value_or(day), day);
    }
  }
  return last;
}

}  // namespace juanzong
