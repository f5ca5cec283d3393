// SPDX-License-Identifier: Apache-2.0
// --checkpoint and --anchor: what is known of the ledgers from elsewhere.
#pragma once

#include "events/model/result.h"

#include "tools/backup/known_heads.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace juanzong::cli {

struct KnownHeadOptions {
  std::vector<std::string> checkpoints;
  std::string anchor;
};

void add_known_head_options(CLI::App& command, KnownHeadOptions& options);

// environment if a file cannot be read or is none; corruption: an anchor without a valid slot.
[[nodiscard]] Result<KnownHeads> read_known_heads(const KnownHeadOptions& options);

}  // namespace juanzong::cli
