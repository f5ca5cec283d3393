// SPDX-License-Identifier: Apache-2.0
// Cleaning and waste (清洁保洁, P37): what was cleaned, checked, taken away and disinfected.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& cleaning_procedure();

}  // namespace juanzong
