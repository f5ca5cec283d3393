// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"

#include <array>

namespace juanzong::cli {

std::span<const RegisterCommand> server_commands() {
  static constexpr std::array commands{register_demo};
  return commands;
}

}  // namespace juanzong::cli
