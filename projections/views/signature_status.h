// SPDX-License-Identifier: Apache-2.0
// Whether a signature of a business form counts: the one place that says so to readers.
#pragma once

#include "projections/views/view_context.h"

#include <cstdint>

namespace juanzong {

// A signature block by the record in which it stands and its place among the record's blocks.
struct SignatureRef {
  RecordIndex record{};
  std::uint32_t place = 0;
};

// VALID until somebody denies it; DISPUTED, then CONFIRMED or VOID by the decision (SC9).
[[nodiscard]] CellCode signature_status(const ViewContext& context, const SignatureRef& signature);

}  // namespace juanzong
