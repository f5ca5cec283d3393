// SPDX-License-Identifier: Apache-2.0
// Programs run as children, with what they wrote and their exit code; one founded ledger with a
// running server for all tests of the program.
#pragma once

#include "tools/demo/child_process.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

struct Ran {
  int code = 0;
  std::string out;
  std::string err;

  // Standard output as one JSON value a line.
  [[nodiscard]] std::vector<boost::json::value> lines() const;
  [[nodiscard]] boost::json::object object() const;
};

class CliTest : public ::testing::Test {
 public:
  static void SetUpTestSuite();
  static void TearDownTestSuite();

 protected:
  using Words = std::vector<std::string>;
  static Ran run(const std::string& program, const Words& arguments);
  static Ran juanzong(const Words& arguments) { return run("juanzong", arguments); }
  // With the options that reach the server, as the holder of that key file.
  static Ran as(const std::string& key, Words arguments);
  // Registers staff "S-<role>" once; its key file.
  static std::string key_of(const std::string& role);
  static std::string write(const std::string& name, std::string_view content);
  static std::filesystem::path folder() { return folder_; }
  static std::filesystem::path data() { return folder_ / "data"; }
  static std::string founder() { return (data() / "keys" / "founder.key").string(); }
  static std::unique_ptr<ServerProcess>& server() { return server_; }

 private:
  static std::filesystem::path folder_;
  static std::unique_ptr<ServerProcess> server_;
};

}  // namespace juanzong::testing
