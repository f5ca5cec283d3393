// SPDX-License-Identifier: Apache-2.0
// The offline commands as a user meets them, on a data directory of the test's own.
#pragma once

#include "tools/juanzong/command.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace juanzong::testing {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

inline Ran run(std::vector<std::string> words) {
  words.insert(words.begin(), "juanzong");
  std::vector<const char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(word.c_str());
  }
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::run_command_line(
      cli::offline_commands(), static_cast<int>(arguments.size()), arguments.data(), out, err);
  return {code, out.str(), err.str()};
}

class Commands : public ::testing::Test {
 protected:
  Commands() : data_((folder_.path() / "data").string()) {}
  Ran init() {
    return run({"init", "--data", data_, "--ledger", "jinxiu", "--origin", "test.example/jinxiu"});
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_.path() / name).string();
  }

  TemporaryFolder folder_;
  std::string data_;
};

}  // namespace juanzong::testing
