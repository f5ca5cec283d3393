// SPDX-License-Identifier: Apache-2.0
// `juanzong log`: what to list; the two places it is read from.
#pragma once

#include "tools/juanzong/command.h"
#include "tools/juanzong/server_options.h"

#include <cstdint>
#include <optional>
#include <string>

namespace juanzong::cli {

struct LogArguments {
  std::string directory;
  ServerOptions server;
  std::optional<std::uint64_t> from;
  std::optional<std::uint64_t> to;  // inclusive
  std::string stream;
  bool follow = false;
  bool json = false;
};

// People get the newest page of a long log; programs get everything.
[[nodiscard]] std::uint64_t first_listed(const LogArguments& wanted, std::uint64_t size);

void run_log_of_server(const LogArguments& arguments, CommandContext& context);

}  // namespace juanzong::cli
