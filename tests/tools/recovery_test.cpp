// SPDX-License-Identifier: Apache-2.0
// The declared recovery: a backup is all that is left, and a checkpoint says that there was more.
#include "tools/juanzong/recovery.h"

#include "crypto/key_file.h"

#include "server/data/ledger_keys.h"
#include "server/data/owed_recovery.h"

#include "tests/tools/backup_site.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

class RecoveryTest : public BackupSite {
 protected:
  RecoveryTest() {
    ledger.actor("PM");
    append_to_data();
    backed_up = take("b").header.ledgers.front().size;
    add_units(2);
    known = checkpoint("known");
    for (const char* role : {"ADM", "PM", "ARC"}) {
      EXPECT_FALSE(crypto::write_private_key(path(role), ledger.actor(role).key));
    }
  }

  KnownCheckpoint checkpoint(const std::string& name) {
    crypto::CompactRange tree;
    for (const Bytes& record : records_of(ledger)) {
      tree.append(crypto::leaf_hash(record));
    }
    const crypto::Checkpoint head{std::string(TestLedger::origin), tree.size(), tree.root()};
    write_all(path(name), *crypto::sign_checkpoint(head, TestLedger::log_key()));
    return *read_known_checkpoint(path(name));
  }
  void restore_with_loss() {
    RestoreOrder order = restoring("b", "restored");
    order.reading.known = {{known}, ledger.journal().head()};
    EXPECT_EQ(restore(order), "ledger_behind_anchor");
    order.reading.accept_loss = true;
    ASSERT_EQ(restore(order), "");
    ASSERT_FALSE(
        crypto::write_private_key(restored.keys / "log.key", TestLedger::log_key().private_key()));
  }
  [[nodiscard]] Result<cli::DeclaredRecovery> declare(const std::string& second = "PM") const {
    cli::Recovery wanted;
    wanted.directory = restored.root;
    wanted.origin = next_origin;
    wanted.administrator = path("ADM");
    wanted.second = path(second);
    wanted.now = ledger.now();
    return cli::declare_recovery(wanted);
  }
  [[nodiscard]] std::string declaring(const std::string& second = "PM") const {
    const auto declared = declare(second);
    return declared ? "" : word_of(declared.error().code);
  }
  // "" or why a server would not open it.
  [[nodiscard]] std::string open() const {
    const auto data = DataDirectory::open(
        restored.root, [](std::uint64_t) {}, [] {});
    if (!data) {
      return word_of(data.error().code);
    }
    const auto keys_of =
        load_log_keys((*data)->paths(), list_ledgers(DerivedRows::Snapshot((*data)->rows())));
    return keys_of ? "" : word_of(keys_of.error().code);
  }

  static constexpr const char* next_origin = "test.example/estate/2";
  DataPaths restored{path("restored")};
  KnownCheckpoint known;
  std::uint64_t backed_up = 0;
};

TEST_F(RecoveryTest, IsOwedBeforeAnyServerOpensTheDirectory) {
  restore_with_loss();
  EXPECT_EQ(open(), "ledger_behind_anchor");
  const auto declared = declare();
  ASSERT_TRUE(declared.has_value()) << to_text(declared.error());
  EXPECT_EQ(declared->size, backed_up);
  EXPECT_EQ(declared->known, backed_up + 2);
  EXPECT_EQ(open(), "");
  const auto key = crypto::find_verifier_key((restored.keys / "log.vkey").string());
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->text(), declared->verifier_key);
  EXPECT_EQ(key->name(), next_origin);
  EXPECT_TRUE(std::filesystem::exists(restored.keys / "log.key.former-1"));
  // The test's ledger keeps no openings, so its vault is not audited.
  std::filesystem::remove(restored.keys / "vault.kek");
  const Audited audited = audit(restored.root, {"--deep"});
  EXPECT_EQ(audited.exit_code, 0) << audited.err;
}

TEST_F(RecoveryTest, IsDeclaredOnceAndByTwo) {
  restore_with_loss();
  EXPECT_EQ(declaring("ARC"), "not_permitted");
  EXPECT_EQ(open(), "ledger_behind_anchor");
  EXPECT_EQ(declaring(), "");
  EXPECT_EQ(declaring(), "environment") << "nothing is owed any more";
}

// The frame was stored, but not a file after it.
TEST_F(RecoveryTest, GoesOnWhereItWasInterrupted) {
  restore_with_loss();
  const auto declared = declare();
  ASSERT_TRUE(declared.has_value()) << to_text(declared.error());
  std::filesystem::rename(restored.keys / "log.key", restored.keys / "log.key.next");
  std::filesystem::rename(restored.keys / "log.key.former-1", restored.keys / "log.key");
  std::filesystem::remove(restored.keys / "log.vkey");
  ASSERT_TRUE(owe_recovery(restored.root, ledger_id_of(TestLedger::origin), known.note));
  const auto again = declare();
  ASSERT_TRUE(again.has_value()) << to_text(again.error());
  EXPECT_EQ(again->verifier_key, declared->verifier_key);
  EXPECT_EQ(again->size, declared->size);
  EXPECT_EQ(again->known, declared->known);
  EXPECT_EQ(open(), "");
}

TEST_F(RecoveryTest, IsNoExcuseForAnAnchorAlone) {
  RestoreOrder order = restoring("b", "restored");
  order.reading.known.anchored = ledger.journal().head();
  order.reading.accept_loss = true;
  EXPECT_EQ(restore(order), "ledger_behind_anchor");
}

// The lost heads stay known: a backup of the log that goes on accounts for them, and for no more.
TEST_F(RecoveryTest, AccountsForTheHeadsThatItDeclaredLost) {
  restore_with_loss();
  ASSERT_EQ(declaring(), "");
  BackupOrder order = this->order("after");
  order.data = restored.root;
  const auto taken = take_backup(order);
  ASSERT_TRUE(taken.has_value()) << to_text(taken.error());
  BackupReading reading;
  reading.file = path("after");
  reading.known.checkpoints = {known};
  EXPECT_EQ(read(reading), "");
  add_units(1);
  reading.known.checkpoints = {checkpoint("beyond")};
  EXPECT_EQ(read(reading), "corruption");
}

}  // namespace
}  // namespace juanzong::testing
