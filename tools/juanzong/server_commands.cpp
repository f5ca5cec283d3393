// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"

#include <array>

namespace juanzong::cli {

std::span<const RegisterCommand> server_commands() {
  static constexpr std::array commands{
      RegisterCommand{register_append},
      RegisterCommand{register_actor},
      RegisterCommand{register_clock},
      RegisterCommand{register_attachment},
      RegisterCommand{register_import},
      RegisterCommand{register_bench},
      RegisterCommand{register_demo},
      RegisterCommand{register_handover},
      RegisterCommand{register_witness},
  };
  return commands;
}

}  // namespace juanzong::cli
