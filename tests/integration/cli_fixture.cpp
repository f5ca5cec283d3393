// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli_fixture.h"

#include <atomic>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace juanzong::testing {
namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void redirect(const std::filesystem::path& file, int descriptor) {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(opened, descriptor);
}

}  // namespace

std::filesystem::path CliTest::folder_;
std::unique_ptr<ServerProcess> CliTest::server_;

std::vector<boost::json::value> Ran::lines() const {
  std::vector<boost::json::value> values;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) {
    values.push_back(boost::json::parse(line));
  }
  return values;
}

boost::json::object Ran::object() const {
  return boost::json::parse(out).as_object();
}

Ran CliTest::run(const std::string& program, const Words& arguments) {
  const Result<std::filesystem::path> found = find_program(program);
  EXPECT_TRUE(found.has_value()) << program;
  static std::atomic<int> runs{0};
  const std::string number = std::to_string(++runs);
  const std::filesystem::path out = folder_ / ("stdout." + number);
  const std::filesystem::path err = folder_ / ("stderr." + number);
  const pid_t child = ::fork();
  if (child == 0) {
    redirect(out, STDOUT_FILENO);
    redirect(err, STDERR_FILENO);
    std::_Exit(run_program(*found, arguments));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WEXITSTATUS(status), content_of(out), content_of(err)};
}

Ran CliTest::as(const std::string& key, Words arguments) {
  arguments.insert(arguments.end(),
                   {"--server",
                    "127.0.0.1:" + std::to_string(server_->port()),
                    "--cert",
                    (data() / "keys" / "tls.cert.pem").string(),
                    "--key",
                    key});
  return juanzong(arguments);
}

std::string CliTest::key_of(const std::string& role) {
  const std::string file = (folder_ / ("S-" + role + ".key")).string();
  if (!std::filesystem::exists(file)) {
    const Ran added = as(founder(),
                         {"actor",
                          "add",
                          "--staff",
                          "S-" + role,
                          "--roles",
                          role,
                          "--badge",
                          "B-" + role,
                          "--department",
                          "PROJECT",
                          "--key-out",
                          file});
    EXPECT_EQ(added.code, 0) << added.err;
  }
  return file;
}

std::string CliTest::write(const std::string& name, std::string_view content) {
  std::ofstream(folder_ / name, std::ios::binary) << content;
  return (folder_ / name).string();
}

void CliTest::SetUpTestSuite() {
  std::string pattern = (std::filesystem::temp_directory_path() / "juanzong-cli-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  const Ran made = juanzong({"init",
                             "--data",
                             data().string(),
                             "--ledger",
                             "estate",
                             "--origin",
                             "test.example.cn/estate"});
  ASSERT_EQ(made.code, 0) << made.err;
  auto server = ServerProcess::start(
      {"--data", data().string(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"},
      folder_ / "server.log");
  ASSERT_TRUE(server.has_value()) << to_text(server.error());
  server_ = std::move(*server);
}

void CliTest::TearDownTestSuite() {
  server_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace juanzong::testing
