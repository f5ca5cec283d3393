// SPDX-License-Identifier: Apache-2.0
// A data directory with a ledger, a person and his attachment, and the recipient of its backups.
#pragma once

#include "crypto/hex.h"
#include "crypto/random_bytes.h"

#include "events/vault/blob_store.h"
#include "events/vault/person_keys.h"

#include "server/data/data_directory.h"

#include "tools/backup/restore_backup.h"
#include "tools/backup/take_backup.h"

#include "tests/support/rule_tester.h"
#include "tests/tools/audit_ledger.h"

#include <gtest/gtest.h>

#include <string>

namespace juanzong::testing {

inline std::string word_of(ErrorCode code) {
  return std::string(name_of(code));
}

class BackupSite : public ::testing::Test {
 protected:
  static constexpr UnixMicros noon{1'764'590'400LL * micros_per_second};  // 2025-12-01T12:00:00Z

  BackupSite() {
    crypto::fill_random(private_key.writable());
    ledger.actor("ARC");
    ledger.must_append(
        "ARC", "ArchiveVolumeOpened", R"({"volume_id":"V-1","class":"CORRESPONDENCE"})");
    ledger.must_append("ARC",
                       "DocumentArchived",
                       R"({"doc_id":"D-1","volume_id":"V-1","title":"letter","from_dept":"ADM",)"
                       R"("kind":"LETTER","dig":)" +
                           attachment(person_id(7)) + "}");
    add_units(40);
    write_data(ledger, paths.root);
    std::filesystem::create_directory(paths.person_keys.parent_path());
    EXPECT_TRUE(write_new_secret_key(paths.keys / "vault.kek"));
    keys = *PersonKeys::create(paths.person_keys, *read_secret_key(paths.keys / "vault.kek"));
    EXPECT_TRUE(keys->ensure(ledger_id_of(TestLedger::origin), {person}));
    EXPECT_TRUE(BlobStore(paths.blobs)
                    .store(blob,
                           *keys->find({ledger_id_of(TestLedger::origin), person}),
                           Bytes(150'000, 0x5A)));
  }

  void add_units(int count) {
    for (int i = 0; i < count; ++i) {
      ledger.must_append("ARC", "UnitRegistered", unit_body(units_++));
    }
  }
  // What the ledger got since then, into the directory.
  void append_to_data() {
    {
      const auto opened = open_rocksdb_journal(paths.log, {});
      ASSERT_TRUE(opened.has_value()) << to_text(opened.error());
      const auto cursor = ledger.journal().tail(opened->journal->head().next_position);
      for (auto frame = cursor->next(); frame && frame->has_value(); frame = cursor->next()) {
        ASSERT_EQ(opened->journal->append(**frame), AppendOutcome::ok);
      }
    }
    ASSERT_TRUE((*Anchor::open(paths.anchor))->write(ledger.journal().head()));
  }

  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return folder.path() / name;
  }
  [[nodiscard]] BackupOrder order(const std::string& name) const {
    BackupOrder order;
    order.data = paths.root;
    order.out = path(name);
    order.recipient = crypto::RecipientKey::of(private_key);
    order.now = noon;
    return order;
  }
  TakenBackup take(const std::string& name) const {
    auto taken = take_backup(order(name));
    EXPECT_TRUE(taken.has_value()) << to_text(taken.error());
    return *std::move(taken);
  }
  [[nodiscard]] std::string take_fails(const std::string& name) const {
    const auto taken = take_backup(order(name));
    EXPECT_FALSE(std::filesystem::exists(path(name)) && !taken);
    return taken ? "" : word_of(taken.error().code);
  }
  [[nodiscard]] RestoreOrder restoring(const std::string& name, const std::string& data) const {
    RestoreOrder order;
    order.reading.file = path(name);
    order.data = path(data);
    order.now = noon;
    order.keys = KeysToRestore{key_copy_of(path(name)), paths.keys / "vault.kek"};
    return order;
  }
  // "" or the error; what fails leaves nothing behind.
  [[nodiscard]] std::string restore(const RestoreOrder& order) const {
    const auto restored = restore_backup(order, private_key);
    EXPECT_EQ(std::filesystem::exists(order.data), restored.has_value());
    EXPECT_FALSE(std::filesystem::exists(order.data.string() + ".restoring"));
    return restored ? "" : word_of(restored.error().code);
  }
  [[nodiscard]] std::string read(const BackupReading& reading) const {
    const auto verified = read_backup(reading, private_key);
    return verified ? "" : word_of(verified.error().code);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    BackupReading reading;
    reading.file = path(name);
    return read(reading);
  }

  TemporaryFolder folder;
  DataPaths paths{folder.path() / "data"};
  crypto::SecretKey private_key;
  TestLedger ledger;
  std::unique_ptr<PersonKeys> keys;
  PersonId person = PersonId{[] {
    std::array<std::uint8_t, 16> bytes{};
    const auto hex = crypto::hex_decode(person_id(7));
    std::ranges::copy(*hex, bytes.begin());
    return bytes;
  }()};
  const BlobId blob{{9}};  // the one that a test ledger gives out

 private:
  int units_ = 0;
};

}  // namespace juanzong::testing
