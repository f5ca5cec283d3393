// SPDX-License-Identifier: Apache-2.0
// Succession (卷宗存续, PX): a log that goes on under another origin, after records were lost for
// good or when another company takes it over. Whether the sizes and roots are the log's own is
// judged where the log is known (projections/state/succession.h).
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& succession_procedure();

}  // namespace juanzong
