// SPDX-License-Identifier: Apache-2.0
// juanzong backup and restore as a user meets them: exit codes, files, modes, output.
#include "server/data/data_directory.h"

#include "tests/tools/audit_ledger.h"
#include "tests/tools/commands.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class BackupCommands : public Commands {
 protected:
  BackupCommands() {
    EXPECT_EQ(init().exit_code, 0);
    EXPECT_EQ(run({"backup", "--make-key", path("k")}).exit_code, 0);
  }
  Ran backup(const std::string& name, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{
        "backup", "--data", data_, "--out", path(name), "--to", path("k.pub")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Ran restore(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"restore",
                                   path("b"),
                                   "--key",
                                   path("k"),
                                   "--keys",
                                   path("b.keys"),
                                   "--kek",
                                   data_ + "/keys/vault.kek",
                                   "--data",
                                   path("restored")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

TEST_F(BackupCommands, MakeAKeyOfWhichOnlyTheOwnerReadsTheSecretHalf) {
  struct stat status {};
  ASSERT_EQ(::stat(path("k").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_EQ(run({"backup", "--make-key", path("k")}).exit_code, 1);
  const std::string key = read_all(path("k.pub"));
  EXPECT_TRUE(key.starts_with("juanzong-recipient+"));
  EXPECT_EQ(
      run({"backup", "--data", data_, "--out", path("b"), "--to", key.substr(0, 50)}).exit_code, 1);
}

TEST_F(BackupCommands, RoundTripAndSayTheSame) {
  const Ran taken = backup("b", {"--json"});
  ASSERT_EQ(taken.exit_code, 0) << taken.err;
  const auto said = boost::json::parse(taken.out);
  const Ran verified = run({"backup", "--verify", path("b"), "--key", path("k"), "--json"});
  ASSERT_EQ(verified.exit_code, 0) << verified.err;
  const auto seen = boost::json::parse(verified.out);
  EXPECT_EQ(seen.at("sha256"), said.at("sha256"));
  EXPECT_EQ(seen.at("ledgers"), said.at("ledgers"));
  EXPECT_EQ(said.at("ledgers").at(0).at("size").to_number<int>(), 5);
  const Ran note = run({"checkpoint", "--data", data_});
  write_all(path("checkpoint"), note.out);
  const Ran restored = restore({"--checkpoint", path("checkpoint"), "--anchor", data_ + "/anchor"});
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  std::filesystem::copy(
      data_ + "/keys",
      path("restored") + "/keys",
      std::filesystem::copy_options::skip_existing | std::filesystem::copy_options::recursive);
  EXPECT_EQ(run({"log", "--data", path("restored"), "--json"}).out,
            run({"log", "--data", data_, "--json"}).out);
  const auto opened = DataDirectory::open(
      path("restored"), [](std::uint64_t) {}, [] {});
  EXPECT_TRUE(opened.has_value()) << to_text(opened.error());
}

TEST_F(BackupCommands, ExitWith78BehindWhatIsKnown) {
  ASSERT_EQ(backup("b").exit_code, 0);
  ASSERT_EQ(run({"ledger",
                 "add",
                 "--data",
                 data_,
                 "--ledger",
                 "second",
                 "--origin",
                 "test.example/second"})
                .exit_code,
            0);
  const Ran behind = restore({"--anchor", data_ + "/anchor"});
  EXPECT_EQ(behind.exit_code, 78);
  EXPECT_THAT(behind.err, HasSubstr("2"));
  EXPECT_THAT(behind.err, HasSubstr("1"));
  EXPECT_FALSE(std::filesystem::exists(path("restored")));
}

TEST_F(BackupCommands, ExitWith2WhenABackupIsDamaged) {
  ASSERT_EQ(backup("b").exit_code, 0);
  std::string file = read_all(path("b"));
  file.back() = static_cast<char>(file.back() ^ 1);
  write_all(path("b"), file);
  EXPECT_EQ(run({"backup", "--verify", path("b"), "--key", path("k")}).exit_code, 2);
  EXPECT_EQ(restore().exit_code, 2);
}

TEST_F(BackupCommands, SayWhatIsMissing) {
  EXPECT_THAT(run({"backup", "--data", data_}).err, HasSubstr("--out"));
  ASSERT_EQ(backup("b").exit_code, 0);
  const Ran keyless = run({"restore", path("b"), "--key", path("k"), "--data", path("restored")});
  EXPECT_EQ(keyless.exit_code, 1);
  EXPECT_THAT(keyless.err, HasSubstr("--without-person-keys"));
  const Ran without = run({"restore",
                           path("b"),
                           "--key",
                           path("k"),
                           "--data",
                           path("restored"),
                           "--without-person-keys"});
  EXPECT_EQ(without.exit_code, 0) << without.err;
  EXPECT_FALSE(std::filesystem::exists(path("restored") + "/vault/person_keys"));
}

}  // namespace
}  // namespace juanzong::testing
