// SPDX-License-Identifier: Apache-2.0
// Outsourcing (外包, P36): suppliers with their qualification, and how their service is judged.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& outsourcing_procedure();

}  // namespace juanzong
