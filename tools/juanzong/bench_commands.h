// SPDX-License-Identifier: Apache-2.0
// The subcommands of `juanzong bench` that have files of their own, and what they share.
#pragma once

#include "tools/bench/bench_ledger.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/server_options.h"

namespace juanzong::cli {

// The key of the options is the founder's: it registers the staff of the load.
[[nodiscard]] Result<bench::Target> bench_target(const ServerOptions& options);

// --connections --events: how many at once, and how much in each request.
void add_shape_options(CLI::App& command, std::size_t& connections, std::size_t& events);

void register_bench_growth(CLI::App& bench, CommandContext& context);
void register_bench_mixed(CLI::App& bench, CommandContext& context);

}  // namespace juanzong::cli
