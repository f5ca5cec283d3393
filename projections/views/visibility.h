// SPDX-License-Identifier: Apache-2.0
// Who sees which personal value (visibility matrix of the domain): full, masked, or not at all. A
// cell always says why a value is missing; it never shows more than the most that a role of the
// asker allows, and in full only what the question has a purpose for (H-PRV-2): a running case that
// the record belongs to, or an approval of the archivist. What is shown in full goes into
// QuerySource::shown.
#pragma once

#include "projections/views/view_context.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// Deposits, arrears, accounts: roles that see them in full.
inline constexpr std::string_view money_roles = "CSA CSM PM CAS FIN CL AUD";

enum class Visibility : std::uint8_t { hidden, masked, full };
// Parking fields stand in the parking register, which the garage fee collector needs in full.
enum class PersonalField : std::uint8_t {
  name,
  mobile,
  birthday,
  parking_name,
  parking_phone,
  plate,
  handover_note,  // why a unit was not taken over
};

[[nodiscard]] Visibility visibility_of(PersonalField field, RoleSet roles);
[[nodiscard]] bool may_see_money(RoleSet roles);

// "张**"; "138****1234", or "****" for numbers too short to keep both ends.
[[nodiscard]] std::string masked(PersonalField field, std::string_view value);

// The value that stands at `path` of a record, as the asker may see it.
[[nodiscard]] CellValue personal_cell(const ViewContext& context,
                                      PersonalField field,
                                      const std::optional<RecordIndex>& record,
                                      std::string_view path);

}  // namespace juanzong
