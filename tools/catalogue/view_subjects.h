// SPDX-License-Identifier: Apache-2.0
// Which procedures a view reports on, for the reference of the procedures. A new view gets a row.
#pragma once

#include <span>
#include <string_view>

namespace juanzong {

struct ViewSubjects {
  std::string_view view;
  std::string_view procedures;  // codes between single spaces; empty: of every procedure
};

[[nodiscard]] std::span<const ViewSubjects> view_subjects();

}  // namespace juanzong
