// SPDX-License-Identifier: Apache-2.0
// What must keep a server from starting, and with which exit code: 78 tells a supervisor not to try
// again by itself.
#include "events/model/error.h"

#include "tests/integration/folder_state.h"
#include "tests/integration/site.h"

#include <fstream>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

constexpr int exit_environment = 1;
constexpr int exit_refuses_to_start = 78;

bool says(const Site::Refusal& refusal, ErrorCode code) {
  return refusal.text.find(name_of(code)) != std::string::npos;
}

void append_some(Site& site, int count) {
  const Desk desk = site.founder();
  for (int i = 0; i < count; ++i) {
    EXPECT_EQ(outcome_of(desk.submitter->submit(staff_line(fresh_name()))), "");
  }
}

TEST(RefusalToStart, ASecondServerOnTheSameDirectory) {
  Site site;
  site.start();
  const Site::Refusal second = site.refused();
  EXPECT_EQ(second.exit_code, exit_environment) << second.text;
  EXPECT_TRUE(says(second, ErrorCode::already_running)) << second.text;
  append_some(site, 1);  // the first one does not mind
  EXPECT_EQ(site.stop(), 0);
}

TEST(RefusalToStart, AnOlderCopyOfTheLog) {
  Site site;
  site.start();
  append_some(site, 3);
  EXPECT_EQ(site.stop(), 0);
  const fs::path old = site.data().string() + ".old";
  fs::copy(site.data() / "log", old, fs::copy_options::recursive);
  site.start();
  append_some(site, 3);
  EXPECT_EQ(site.stop(), 0);
  fs::remove_all(site.data() / "log");
  fs::rename(old, site.data() / "log");
  const FolderState before = state_of(site.data());
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_refuses_to_start) << refusal.text;
  EXPECT_TRUE(says(refusal, ErrorCode::ledger_behind_anchor)) << refusal.text;
  EXPECT_EQ(state_of(site.data()), before);
}

TEST(RefusalToStart, AnAnchorDamagedInBothSlots) {
  Site site;
  constexpr std::size_t slot_bytes = 512;
  {
    std::fstream anchor(site.data() / "anchor", std::ios::in | std::ios::out | std::ios::binary);
    for (const std::size_t slot : {std::size_t{0}, slot_bytes}) {
      anchor.seekp(static_cast<std::streamoff>(slot + 20));
      anchor.write("damaged", 7);
    }
  }
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_refuses_to_start) << refusal.text;
}

TEST(RefusalToStart, AMissingAnchor) {
  Site site;
  fs::remove(site.data() / "anchor");
  EXPECT_EQ(site.refused().exit_code, exit_environment);
}

TEST(RefusalToStart, KeysThatOthersMayRead) {
  for (const char* name : {"log.key", "vault.kek", "tls.key.pem"}) {
    Site site;
    fs::permissions(site.data() / "keys" / name, fs::perms(0644));
    const Site::Refusal refusal = site.refused();
    EXPECT_EQ(refusal.exit_code, exit_environment) << name << refusal.text;
    EXPECT_TRUE(says(refusal, ErrorCode::key_file_permissions)) << name << refusal.text;
  }
}

TEST(RefusalToStart, ATlsKeyOfAnotherCertificate) {
  Site site;
  const Site other;
  fs::copy_file(other.data() / "keys" / "tls.key.pem",
                site.data() / "keys" / "tls.key.pem",
                fs::copy_options::overwrite_existing);
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_environment) << refusal.text;
  EXPECT_NE(refusal.text.find("tls"), std::string::npos) << refusal.text;
}

// Its heads would prove nothing to whoever holds the key that record 0 names.
TEST(RefusalToStart, ALogKeyThatRecordZeroDoesNotName) {
  Site site;
  const Site other;
  fs::copy_file(other.data() / "keys" / "log.key",
                site.data() / "keys" / "log.key",
                fs::copy_options::overwrite_existing);
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_environment) << refusal.text;
  EXPECT_NE(refusal.text.find("log.key"), std::string::npos) << refusal.text;
}

TEST(RefusalToStart, TheFirstLogKeyForASecondLedger) {
  Site site;
  site.add_ledger("annex");
  fs::remove(site.data() / "keys" / "annex.log.key");
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_environment) << refusal.text;
  EXPECT_NE(refusal.text.find("annex.log.key"), std::string::npos) << refusal.text;
}

TEST(RefusalToStart, NoKeys) {
  Site site;
  fs::remove_all(site.data() / "keys");
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_environment) << refusal.text;
  EXPECT_NE(refusal.text.find("keys"), std::string::npos) << refusal.text;
}

TEST(RefusalToStart, ATestClockForALedgerThatIsNoTest) {
  const Site site({.origin = "records.example.com/estate", .clock = "2025-01-02T08:00:00+08:00"});
  const Site::Refusal refusal = site.refused();
  EXPECT_EQ(refusal.exit_code, exit_environment) << refusal.text;
  EXPECT_NE(refusal.text.find("--test-clock"), std::string::npos) << refusal.text;
}

}  // namespace
}  // namespace juanzong::testing
