// SPDX-License-Identifier: Apache-2.0
// Parking (车位租用, P17): monthly rentals with their card and its deposit, the register for the
// garage, and temporary parking. Eligibility begins a rental; rent opens it, the card carries it.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& parking_procedure();
[[nodiscard]] std::span<const DutyRule> parking_duties();

}  // namespace juanzong
