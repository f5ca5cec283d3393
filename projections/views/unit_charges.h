// SPDX-License-Identifier: Apache-2.0
// Open charges of a unit by party, with their age on a date.
#pragma once

#include "events/procedures/charges.h"

#include "projections/views/report_builder.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// 0 to 30, 31 to 90, 91 to 180, more than 180 days after the due date.
inline constexpr std::size_t age_band_count = 4;

struct PartyArrears {
  Fen open;     // everything that is not settled
  Fen not_due;  // due after the date
  std::array<Fen, age_band_count> by_age;
  std::optional<CivilDate> oldest_due;  // of what is due
  Records assessed;
  [[nodiscard]] Fen due() const { return open - not_due; }
};

[[nodiscard]] std::map<std::string, PartyArrears> arrears_by_party(
    const std::vector<OpenCharge>& charges, CivilDate on);

// Last day that a settled property fee of the party covers; of any party if it is empty.
[[nodiscard]] Result<std::optional<CivilDate>> prepaid_until(const ViewContext& context,
                                                             const World& world,
                                                             std::string_view unit,
                                                             std::string_view party);

}  // namespace juanzong
