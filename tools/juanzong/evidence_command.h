// SPDX-License-Identifier: Apache-2.0
// juanzong evidence: makes the evidence package of a case.
#pragma once

#include "tools/juanzong/command.h"

namespace juanzong::cli {

void register_evidence(CLI::App& app, CommandContext& context);

}  // namespace juanzong::cli
