// SPDX-License-Identifier: Apache-2.0
// What register, key file and owner file say alike of a key. Where keys are kept, who answers for a
// loss and what it costs is for those who keep or audit them; the front desk sees who has a key.
#pragma once

#include "events/procedures/key_custody.h"

#include "projections/views/report_builder.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Roles that may ask for keys at all.
inline constexpr std::string_view key_roles = "CSA CSM PM SECM KEY CL AUD";
[[nodiscard]] bool may_see_keys(RoleSet roles);

struct KeyFigures {
  KeyState key;
  bool overdue = false;               // lent, and the time to be back has passed
  std::vector<std::string> unmended;  // of the defects it is kept for, those still open
  // One holder: nobody while the house keeps it, somebody while it is out.
  [[nodiscard]] bool has_one_holder() const;
};

// nullopt if nobody had brought the key at the moment.
[[nodiscard]] Result<std::optional<KeyFigures>> key_figures(const ViewContext& context,
                                                            std::string_view key_no);

[[nodiscard]] std::vector<ReportColumn> key_columns(const ViewContext& context);
void add_key_row(TableBuilder& table,
                 const ViewContext& context,
                 std::string_view key_no,
                 const KeyFigures& figures);

}  // namespace juanzong
