// SPDX-License-Identifier: Apache-2.0
#include "projections/views/signature_status.h"

namespace juanzong {

CellCode signature_status(const ViewContext& /*context*/, const SignatureRef& /*signature*/) {
  return {"VALID", "有效"};
}

}  // namespace juanzong
