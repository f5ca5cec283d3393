// SPDX-License-Identifier: Apache-2.0
// `juanzong ledger`, and the other commands in a directory of two ledgers: whose key, whose
// records.
#include "crypto/key_file.h"
#include "crypto/signed_note.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_keys.h"

#include "tests/tools/audit_ledger.h"
#include "tests/tools/commands.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::Not;

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::vector<boost::json::value> lines_of(const std::string& text) {
  std::vector<boost::json::value> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(boost::json::parse(line));
  }
  return lines;
}

class LedgerCommand : public Commands {
 protected:
  LedgerCommand() { first_key_ = first_line(init().out); }

  Ran add(const std::string& name = "yunhe", const std::string& origin = "test.example/yunhe") {
    return run({"ledger", "add", "--data", data_, "--ledger", name, "--origin", origin});
  }
  Ran list() { return run({"ledger", "list", "--data", data_, "--json"}); }
  Ran on(const std::string& ledger, std::vector<std::string> words) {
    words.insert(words.end(), {"--data", data_, "--ledger", ledger});
    return run(words);
  }
  [[nodiscard]] fs::path key(const std::string& name) const {
    return fs::path(data_) / "keys" / name;
  }
  // As a crash left it: opens like a server does.
  Outcome opens() {
    const auto data = DataDirectory::open(
        data_, [](std::uint64_t) {}, [] {});
    return data ? Outcome(Done{}) : fail(data.error());
  }

  std::string first_key_;
};

TEST_F(LedgerCommand, AddsALedgerWithALogKeyOfItsOwn) {
  const Ran added = add();
  ASSERT_EQ(added.exit_code, 0) << added.err;
  EXPECT_TRUE(added.out.starts_with("test.example/yunhe+")) << added.out;
  EXPECT_NE(read_all(key("yunhe.log.key")), read_all(key("log.key")));
  EXPECT_EQ(read_all(key("yunhe.log.vkey")), added.out);
  for (const char* name : {"yunhe.log.key", "yunhe.founder.key", "yunhe.server.key"}) {
    struct stat status {};
    ASSERT_EQ(::stat(key(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 07777U, 0600U) << name;
  }
  const auto ledgers = lines_of(list().out);
  ASSERT_EQ(ledgers.size(), 2U);
  EXPECT_EQ(ledgers[0].at("ledger"), "jinxiu");
  EXPECT_EQ(std::string(ledgers[0].at("vkey").as_string()), first_key_);
  EXPECT_EQ(ledgers[1].at("ledger"), "yunhe");
  EXPECT_EQ(ledgers[1].at("origin"), "test.example/yunhe");
  EXPECT_EQ(ledgers[1].at("records"), 5);
  EXPECT_EQ(std::string(ledgers[1].at("vkey").as_string()), first_line(added.out));
  EXPECT_THAT(run({"ledger", "list", "--data", data_}).out, HasSubstr("test.example/yunhe"));
}

TEST_F(LedgerCommand, RefusesANameOrOriginThatIsThere) {
  ASSERT_EQ(add().exit_code, 0);
  const Ran name = add("jinxiu", "test.example/other");
  EXPECT_EQ(name.exit_code, 1);
  EXPECT_THAT(name.err, HasSubstr("ledger_name_taken: 已有同名卷宗"));
  EXPECT_THAT(name.err, HasSubstr("a ledger of this name is there already"));
  const Ran origin = add("other", "test.example/yunhe");
  EXPECT_EQ(origin.exit_code, 1);
  EXPECT_THAT(origin.err, HasSubstr("ledger_origin_taken: 已有卷宗使用此来源标识"));
  EXPECT_FALSE(fs::exists(key("other.log.key")));
  EXPECT_EQ(lines_of(list().out).size(), 2U);
  EXPECT_EQ(audit(data_, {"--deep"}).exit_code, 0);
}

TEST_F(LedgerCommand, WritesNothingWhenItFails) {
  EXPECT_EQ(add("not a code", "test.example/a").exit_code, 1);
  EXPECT_EQ(add("a", "a+b").exit_code, 1);
  EXPECT_EQ(add("../a", "test.example/a").exit_code, 1);
  EXPECT_EQ(run({"ledger",
                 "add",
                 "--data",
                 data_,
                 "--ledger",
                 "a",
                 "--origin",
                 "test.a",
                 "--timezone",
                 "Mars"})
                .exit_code,
            1);
  EXPECT_EQ(run({"ledger", "add", "--data", path("none"), "--ledger", "a", "--origin", "test.a"})
                .exit_code,
            1);
  EXPECT_FALSE(fs::exists(path("none")));
  EXPECT_EQ(std::distance(fs::directory_iterator(key("")), fs::directory_iterator()), 7);
  EXPECT_EQ(lines_of(list().out).size(), 1U);
}

TEST_F(LedgerCommand, RefusesWhileAServerHasTheDirectory) {
  const auto server = DataDirectory::open(
      data_, [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(server.has_value());
  const Ran added = add();
  EXPECT_EQ(added.exit_code, 1);
  EXPECT_THAT(added.err, HasSubstr("already_running"));
  EXPECT_FALSE(fs::exists(key("yunhe.log.key")));
  EXPECT_EQ(lines_of(list().out).size(), 1U);  // a list needs no lock
}

TEST_F(LedgerCommand, RefusesAClockFarAheadOfTheRecords) {
  write_all(path("clock"), "2099-01-02T08:00:00+08:00\n");
  const std::vector<std::string> words{"ledger",
                                       "add",
                                       "--data",
                                       data_,
                                       "--ledger",
                                       "yunhe",
                                       "--origin",
                                       "test.example/yunhe",
                                       "--clock",
                                       path("clock")};
  const Ran refused = run(words);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--accept-clock"));
  std::vector<std::string> accepted = words;
  accepted.push_back("--accept-clock");
  EXPECT_EQ(run(accepted).exit_code, 0);
}

// A crash after the keys and before the frame: no ledger, and the way is free.
TEST_F(LedgerCommand, SetsKeysOfAnInterruptedAttemptAside) {
  write_all(key("yunhe.log.key"), "of another time");
  write_all(key("yunhe.log.key.unused-1"), "of still another");
  ASSERT_TRUE(opens().has_value());
  EXPECT_EQ(lines_of(list().out).size(), 1U);
  const Ran added = add();
  ASSERT_EQ(added.exit_code, 0) << added.err;
  EXPECT_THAT(added.err, HasSubstr("yunhe.log.key.unused-2"));
  EXPECT_EQ(read_all(key("yunhe.log.key.unused-2")), "of another time");
  EXPECT_EQ(read_all(key("yunhe.log.key.unused-1")), "of still another");
  EXPECT_EQ(on("yunhe", {"checkpoint"}).exit_code, 0);
}

// A crash after the frame and before the anchor: the ledger is there, whole.
TEST_F(LedgerCommand, IsWholeOnceItsFrameIsStored) {
  const std::string anchor = read_all(data_ + "/anchor");
  ASSERT_EQ(add().exit_code, 0);
  write_all(data_ + "/anchor", anchor);
  const Outcome opened = opens();
  ASSERT_TRUE(opened.has_value()) << to_text(opened.error());
  EXPECT_EQ(lines_of(list().out).size(), 2U);
  EXPECT_EQ(audit(data_, {"--deep"}).exit_code, 0);
}

// Power lost within the write of the frame: it is cut off, and the next attempt succeeds.
TEST_F(LedgerCommand, IsNotThereIfItsFrameWasTorn) {
  const std::string anchor = read_all(data_ + "/anchor");
  ASSERT_EQ(add().exit_code, 0);
  write_all(data_ + "/anchor", anchor);
  fs::path newest;
  for (const auto& file : fs::directory_iterator(data_ + "/log")) {
    if (file.path().extension() == ".log" && fs::file_size(file) > 0) {
      newest = std::max(newest, file.path());
    }
  }
  fs::resize_file(newest, fs::file_size(newest) - 20);
  const Outcome opened = opens();
  ASSERT_TRUE(opened.has_value()) << to_text(opened.error());
  EXPECT_EQ(lines_of(list().out).size(), 1U);
  const Ran again = add();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("yunhe.founder.key.unused-1"));
  EXPECT_EQ(on("yunhe", {"checkpoint"}).exit_code, 0);
}

TEST_F(LedgerCommand, CommandsNameTheLedgersWhenNoneIsNamed) {
  ASSERT_EQ(add().exit_code, 0);
  const std::vector<std::vector<std::string>> commands{
      {"log"},
      {"query", "units"},
      {"checkpoint"},
      {"prove", "--index", "0"},
      {"export", "--out", path("out")},
  };
  for (std::vector<std::string> words : commands) {
    words.insert(words.end(), {"--data", data_});
    const Ran unnamed = run(words);
    EXPECT_EQ(unnamed.exit_code, 1) << words.front();
    EXPECT_THAT(unnamed.err, HasSubstr("ledger_not_named")) << words.front();
    EXPECT_THAT(unnamed.err, HasSubstr("(jinxiu, yunhe)")) << words.front();
    words.insert(words.end(), {"--ledger", "west"});
    const Ran unknown = run(words);
    EXPECT_EQ(unknown.exit_code, 1) << words.front();
    EXPECT_THAT(unknown.err, HasSubstr("jinxiu, yunhe")) << words.front();
    words.back() = "yunhe";
    EXPECT_EQ(run(words).exit_code, 0) << words.front();
  }
  EXPECT_THAT(on("yunhe", {"log", "--json"}).out, HasSubstr("test.example/yunhe"));
  EXPECT_THAT(on("yunhe", {"log", "--json"}).out, Not(HasSubstr("test.example/jinxiu")));
}

TEST_F(LedgerCommand, EachLedgerSignsWithItsOwnKey) {
  const std::string second_key = first_line(add().out);
  const auto first = crypto::VerifierKey::parse(first_key_);
  const auto second = crypto::VerifierKey::parse(second_key);
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(crypto::open_checkpoint(on("jinxiu", {"checkpoint"}).out, *first).has_value());
  EXPECT_TRUE(crypto::open_checkpoint(on("yunhe", {"checkpoint"}).out, *second).has_value());
  EXPECT_FALSE(crypto::open_checkpoint(on("yunhe", {"checkpoint"}).out, *first).has_value());
}

TEST_F(LedgerCommand, NeverSignsWithTheKeyOfAnother) {
  ASSERT_EQ(add().exit_code, 0);
  fs::remove(key("yunhe.log.key"));
  const Ran missing = on("yunhe", {"checkpoint"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.err, HasSubstr("yunhe.log.key"));
  EXPECT_EQ(missing.out, "");
  fs::copy_file(key("log.key"), key("yunhe.log.key"));
  EXPECT_EQ(on("yunhe", {"checkpoint"}).exit_code, 1);
}

TEST_F(LedgerCommand, ExportsPassTheAuditWithTheKeyOfTheirLedger) {
  const std::string second_key = first_line(add().out);
  ASSERT_EQ(on("yunhe", {"export", "--out", path("export")}).exit_code, 0);
  EXPECT_EQ(audit(path("export"), {"--deep", "--vkey", second_key}).exit_code, 0);
  EXPECT_EQ(audit(path("export"), {"--vkey", first_key_}).exit_code, 2);
}

TEST_F(LedgerCommand, RebuildCoversAllLedgers) {
  ASSERT_EQ(add().exit_code, 0);
  const Ran rebuilt = run({"rebuild", "--data", data_, "--json"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.out << rebuilt.err;
  EXPECT_EQ(boost::json::parse(rebuilt.out).at("tables").at("ledger_head").at("rows"), 2);
  EXPECT_EQ(lines_of(list().out).size(), 2U);
}

}  // namespace
}  // namespace juanzong::testing
