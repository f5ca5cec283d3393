// SPDX-License-Identifier: Apache-2.0
// External evaluation, awards, audits, management review (外部评价、创建达标、内审、管理评审, P29).
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& evaluations_procedure();
[[nodiscard]] std::span<const DutyRule> evaluation_duties();

}  // namespace juanzong
