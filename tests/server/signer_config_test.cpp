// SPDX-License-Identifier: Apache-2.0
#include "server/signer/signer_config.h"

#include "tests/server/growing_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* head = "socket = \"/run/s.sock\"\nstate = \"/var/s\"\n";

std::string log_text(const std::string& origin, const std::string& more = "") {
  return "[[log]]\nverifier_key = \"" + GrowingLog(origin).key().text() + "\"\nkey = \"/etc/k\"\n" +
         more;
}
std::string problem_of(const std::string& text) {
  const auto config = parse_signer_config(text, "signer.toml");
  return config ? "" : config.error().detail;
}

TEST(SignerConfigTest, ReadsWhatIsNeeded) {
  const auto config =
      parse_signer_config(head + log_text("a.example") + log_text("b.example"), "signer.toml");
  ASSERT_TRUE(config.has_value()) << to_text(config.error());
  EXPECT_EQ(config->socket, "/run/s.sock");
  EXPECT_EQ(config->state, "/var/s");
  EXPECT_EQ(config->peer, ::geteuid());
  ASSERT_EQ(config->logs.size(), 2U);
  EXPECT_EQ(config->logs[1].key.name(), "b.example");
  EXPECT_EQ(config->logs[1].source.key, "/etc/k");
  EXPECT_EQ(parse_signer_config("peer = \"root\"\n" + (head + log_text("a.example")), "")->peer,
            0U);
}

TEST(SignerConfigTest, AKeyIsInAFileOrInAToken) {
  const std::string token =
      "[[log]]\nverifier_key = \"" + GrowingLog("a.example").key().text() +
      "\"\npkcs11 = {module = \"m.so\", token = \"t\", label = \"l\", pin_file = \"p\"}\n";
  const auto config = parse_signer_config(head + token, "signer.toml");
  ASSERT_TRUE(config.has_value()) << to_text(config.error());
  const TokenKey& key = config->logs[0].source.token;
  EXPECT_EQ(key.place.module + key.place.token + key.place.label + key.pin_file, "m.sotlp");
  EXPECT_THAT(problem_of(head + token + "key = \"/etc/k\"\n"), HasSubstr("either key or pkcs11"));
  EXPECT_THAT(problem_of(head + log_text("a.example", "pkcs11 = {pin = \"1234\"}\n")),
              HasSubstr("unknown key log.pkcs11.pin"));
  const auto encrypted = parse_signer_config(
      head + log_text("a.example", "passphrase_file = \"/etc/w\"\n"), "signer.toml");
  EXPECT_EQ(encrypted->logs[0].source.passphrase_file, "/etc/w");
}

TEST(SignerConfigTest, SaysWhereItIsWrong) {
  EXPECT_THAT(problem_of(head), HasSubstr("at least one [[log]]"));
  EXPECT_THAT(problem_of(log_text("a.example")), HasSubstr("socket, state"));
  EXPECT_THAT(problem_of("sockt = \"x\"\n"), HasSubstr("signer.toml:1: unknown key sockt"));
  EXPECT_THAT(problem_of("socket = 5\n"), HasSubstr("text expected"));
  EXPECT_THAT(problem_of("peer = \"no-such-user\"\n"), HasSubstr("no such user"));
  EXPECT_THAT(problem_of(head + log_text("a.example", "colour = \"red\"\n")),
              HasSubstr("unknown key log.colour"));
  EXPECT_THAT(problem_of(head + log_text("a.example") + log_text("a.example")),
              HasSubstr("there already"));
  EXPECT_THAT(problem_of(head + std::string("[[log]]\nkey = \"/etc/k\"\n")),
              HasSubstr("verifier_key"));
  EXPECT_THAT(problem_of("log = 5\n"), HasSubstr("[[log]] expected"));
}

}  // namespace
}  // namespace juanzong::testing
