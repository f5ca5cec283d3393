// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_command.h"

#include <exception>
#include <iostream>

int main(int count, char** arguments) {
  try {
    return juanzong::audit::run_audit(count, arguments, std::cout, std::cerr);
  } catch (const std::exception& error) {  // memory, or a folder that vanished
    std::cerr << error.what() << "\n";
    return 1;
  }
}
