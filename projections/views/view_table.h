// SPDX-License-Identifier: Apache-2.0
// The table of views: arguments that each takes, roles that may ask (visibility matrix of the
// domain: money is not for guards, engineers and archivists). A new view is one row.
#pragma once

#include "projections/views/query.h"
#include "projections/views/view_context.h"

#include <span>
#include <string_view>

namespace juanzong {

struct ViewRow {
  ViewInfo info;
  std::string_view en;
  std::string_view names;  // of the arguments, between single spaces
  Result<Report> (*run)(const ViewContext& context);
};

// Ascending by name.
[[nodiscard]] std::span<const ViewRow> view_table();

}  // namespace juanzong
