// SPDX-License-Identifier: Apache-2.0
// What the register of goods releases, one slip's file and the owner file say alike of a slip.
// Whether somebody owes is shown as yes or no, never as an amount: guards read this.
#pragma once

#include "events/procedures/goods_release/goods_release.h"

#include "projections/views/report_builder.h"

#include <optional>
#include <string_view>
#include <vector>

namespace juanzong {

inline constexpr std::string_view release_roles = "CSA CSM PM CAS SEC SECM ARC CL AUD";
[[nodiscard]] bool may_see_releases(RoleSet roles);

// nullopt if nobody had asked for the slip at the moment.
[[nodiscard]] Result<std::optional<ReleaseSlipState>> release_slip(const ViewContext& context,
                                                                   std::string_view slip_id);

[[nodiscard]] std::vector<ReportColumn> release_columns();
void add_release_row(TableBuilder& table, std::string_view slip_id, const ReleaseSlipState& slip);

[[nodiscard]] bool is_temporary(const ReleaseSlipState& slip);
[[nodiscard]] CellCode refusal_reason_label(std::uint8_t reason);
[[nodiscard]] CellCode goods_category_label(std::uint8_t category);

}  // namespace juanzong
