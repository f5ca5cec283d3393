// SPDX-License-Identifier: Apache-2.0
#include "server/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace juanzong::testing {
namespace {

std::string problem(std::string_view text) {
  const auto config = parse_config(text, "juanzong.toml");
  return config ? std::string("accepted") : config.error().detail;
}

TEST(Config, ReadsEveryKindOfValue) {
  const auto config = parse_config(
      "listen = \"[::1]:0\"\nhttp = \"\"\nallow_plain_tcp = true\nio_threads = 3\n"
      "[limits]\nconnections = 7\nidle_seconds = 5\n[log]\nlevel = \"debug\"\n",
      "juanzong.toml");
  ASSERT_TRUE(config) << to_text(config.error());
  EXPECT_EQ(config->listen, "[::1]:0");
  EXPECT_EQ(config->http, "");
  EXPECT_EQ(config->io_threads, 3);
  EXPECT_EQ(config->limits.connections, 7U);
  EXPECT_EQ(config->log_level, LogLevel::debug);
  EXPECT_TRUE(config->net_options().allow_plain_tcp);
  EXPECT_EQ(config->net_options().deadlines.idle, std::chrono::seconds(5));
}

TEST(Config, AnEmptyFileGivesTheDefaultsOfTheTable) {
  const auto config = parse_config("", "juanzong.toml");
  ASSERT_TRUE(config);
  Config read_back;
  for (const ConfigKey& key : config_keys()) {
    EXPECT_EQ(key.read(read_back, key.fallback), "") << key.name;
  }
  EXPECT_EQ(read_back.listen, config->listen);
  EXPECT_EQ(read_back.limits.connections, config->limits.connections);
  EXPECT_EQ(read_back.limits.requests_in_flight, config->limits.requests_in_flight);
  EXPECT_EQ(read_back.idle_seconds, config->idle_seconds);
  EXPECT_EQ(read_back.drain_seconds, config->drain_seconds);
}

TEST(Config, NamesThePlaceOfWhatIsWrong) {
  EXPECT_EQ(problem("listen = \"127.0.0.1:1\"\n\n  colour = 3\n"),
            "juanzong.toml:3:3: unknown key colour");
  EXPECT_EQ(problem("[limits]\nconections = 3\n"),
            "juanzong.toml:2:1: unknown key limits.conections");
  EXPECT_EQ(problem("io_threads = \"two\"\n"),
            "juanzong.toml:1:14: io_threads: whole number expected");
  EXPECT_EQ(problem("limits.connections = 2001\n"),
            "juanzong.toml:1:22: limits.connections: 1 to 2000");
  EXPECT_THAT(problem("listen = \"localhost:80\"\n"),
              ::testing::HasSubstr(":1:10: listen: address"));
  EXPECT_THAT(problem("log.level = \"loud\"\n"), ::testing::HasSubstr("log.level: debug"));
  EXPECT_THAT(problem("listen = \n"), ::testing::HasSubstr("juanzong.toml:1:"));
  EXPECT_THAT(problem("listen = [1]\n"), ::testing::HasSubstr("text expected"));
}

TEST(Config, TheDocumentIsTheTable) {
  std::ifstream in(std::string(JUANZONG_SOURCE_DIR) + "/docs/CONFIGURATION.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  EXPECT_EQ(page, configuration_document()) << "write this into docs/CONFIGURATION.md:\n"
                                            << configuration_document();
}

}  // namespace
}  // namespace juanzong::testing
