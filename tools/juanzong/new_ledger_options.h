// SPDX-License-Identifier: Apache-2.0
// What `juanzong init` and `juanzong ledger add` ask about the ledger that they found.
#pragma once

#include "tools/juanzong/new_ledger.h"

#include <CLI/CLI.hpp>
#include <string>

namespace juanzong::cli {

// --ledger --origin --timezone --founder --clock.
void add_new_ledger_options(CLI::App& command, NewLedger& wanted, std::string& clock_file);

// Sets wanted.now: the system's time, or that of the file. environment: a test's clock for a ledger
// that does not say "test." in every proof.
[[nodiscard]] Outcome set_founding_time(NewLedger& wanted, const std::string& clock_file);

}  // namespace juanzong::cli
