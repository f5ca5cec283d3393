// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"

#include <exception>
#include <iostream>
#include <vector>

int main(int count, char** arguments) {
  using namespace juanzong::cli;
  // The table of commands: those that work on files, then those that talk to a server.
  std::vector<RegisterCommand> commands(offline_commands().begin(), offline_commands().end());
  try {
    return run_command_line(commands, count, arguments, std::cout, std::cerr);
  } catch (const std::exception& error) {  // memory, or a folder that vanished
    std::cerr << error.what() << "\n";
    return static_cast<int>(ExitCode::environment);
  }
}
