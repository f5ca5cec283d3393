// SPDX-License-Identifier: Apache-2.0
// Restoring: nothing that is older than what is known, no person keys that should be gone, no half
// directory.
#include "tools/backup/key_copy.h"

#include "tests/tools/backup_site.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class RestoreTest : public BackupSite {
 protected:
  RestoreTest() { static_cast<void>(take("b")); }

  // A checkpoint file over the ledger as it is now.
  KnownCheckpoint checkpoint(const crypto::SignerKey& key = TestLedger::log_key(),
                             bool of_another_history = false) {
    crypto::CompactRange tree;
    for (const Bytes& record : records_of(ledger)) {
      tree.append(crypto::leaf_hash(record));
    }
    crypto::Checkpoint head{std::string(TestLedger::origin), tree.size(), tree.root()};
    head.root.bytes[0] ^= of_another_history ? 1U : 0U;
    head.origin = key.verifier().name();
    write_all(path("checkpoint"), *crypto::sign_checkpoint(head, key));
    return *read_known_checkpoint(path("checkpoint"));
  }
  std::string restore_knowing(KnownHeads known) {
    RestoreOrder order = restoring("b", "restored");
    order.reading.known = std::move(known);
    return restore(order);
  }
};

TEST_F(RestoreTest, KnowsCheckpointsThatItIsNotBehind) {
  const KnownCheckpoint then = checkpoint();
  EXPECT_EQ(restore_knowing({{then}, ledger.journal().head()}), "");
}

TEST_F(RestoreTest, IsRefusedBehindAKnownCheckpoint) {
  const KnownCheckpoint then = checkpoint();
  add_units(1);
  const KnownCheckpoint now = checkpoint();
  EXPECT_EQ(restore_knowing({{now}, {}}), "ledger_behind_anchor");
  EXPECT_EQ(restore_knowing({{then, now}, {}}), "ledger_behind_anchor") << "any of them counts";
}

TEST_F(RestoreTest, IsRefusedOfAnotherHistory) {
  EXPECT_EQ(restore_knowing({{checkpoint(TestLedger::log_key(), true)}, {}}), "corruption");
}

TEST_F(RestoreTest, TrustsCheckpointsOfTheLogOnly) {
  const auto other = crypto::SignerKey::create(TestLedger::origin, crypto::PrivateKey::generate());
  EXPECT_EQ(restore_knowing({{checkpoint(*other)}, {}}), "bad_signature");
  const auto elsewhere =
      crypto::SignerKey::create("test.example/elsewhere", crypto::PrivateKey::generate());
  EXPECT_EQ(restore_knowing({{checkpoint(*elsewhere)}, {}}), "environment");
}

TEST_F(RestoreTest, IsRefusedBehindTheAnchorOfTheDirectoryThatItReplaces) {
  add_units(1);
  EXPECT_EQ(restore_knowing({{}, ledger.journal().head()}), "ledger_behind_anchor");
}

TEST_F(RestoreTest, IsRefusedWhenTheAnchorSawAnotherFrame) {
  JournalHead other = ledger.journal().head();
  --other.next_position;
  EXPECT_EQ(restore_knowing({{}, other}), "corruption");
}

TEST_F(RestoreTest, TakesNoExpiredKeys) {
  const std::string head = read_all(key_copy_of(path("b")));
  EXPECT_TRUE(head.starts_with("juanzong/backup-keys/v1\nbackup "));
  EXPECT_THAT(
      head,
      HasSubstr("\ncreated 2025-12-01T12:00:00.000000Z\ndestroy-by 2025-12-31T12:00:00.000000Z\n"));
  RestoreOrder order = restoring("b", "restored");
  order.now = UnixMicros{noon.value + key_copy_days * micros_per_day + 1};
  EXPECT_EQ(restore(order), "not_permitted");
  order.keys->accept_expired = true;
  EXPECT_EQ(restore(order), "");
}

// The date cannot be moved: it is bound to what is sealed.
TEST_F(RestoreTest, TakesNoKeysWithAnAlteredDate) {
  std::string file = read_all(key_copy_of(path("b")));
  file.replace(file.find("destroy-by 2025"), 15, "destroy-by 2026");
  write_all(key_copy_of(path("b")), file);
  EXPECT_EQ(restore(restoring("b", "restored")), "corruption");
}

// A later copy is the better one: whoever was erased since stays erased.
TEST_F(RestoreTest, TakesLaterKeysButNoEarlierOnes) {
  ASSERT_TRUE(keys->erase({ledger_id_of(TestLedger::origin), person}));
  BackupOrder later = order("later");
  later.now = UnixMicros{noon.value + micros_per_day};
  ASSERT_TRUE(take_backup(later).has_value());
  RestoreOrder wanted = restoring("b", "restored");
  wanted.keys->copy = key_copy_of(path("later"));
  ASSERT_EQ(restore(wanted), "");
  const DataPaths restored(path("restored"));
  const auto person_keys =
      PersonKeys::open(restored.person_keys, *read_secret_key(restored.keys / "vault.kek"));
  EXPECT_FALSE((*person_keys)->find({ledger_id_of(TestLedger::origin), person}).has_value());
  RestoreOrder earlier = restoring("later", "restored-2");
  earlier.keys->copy = key_copy_of(path("b"));
  EXPECT_EQ(restore(earlier), "not_permitted");
}

TEST_F(RestoreTest, NeedsTheKeyEncryptionKeyOfTheVault) {
  RestoreOrder order = restoring("b", "restored");
  ASSERT_TRUE(write_new_secret_key(path("other.kek")));
  order.keys->key_encryption_key = path("other.kek");
  EXPECT_EQ(restore(order), "environment");
}

TEST_F(RestoreTest, ReplacesNothing) {
  const auto twice = [&] { return restore_backup(restoring("b", "restored"), private_key); };
  ASSERT_TRUE(twice().has_value());
  ASSERT_FALSE(twice().has_value());
  std::filesystem::remove_all(path("restored"));
  std::filesystem::create_directory(path("restored.restoring"));
  const auto left = twice();
  ASSERT_FALSE(left.has_value());
  EXPECT_THAT(left.error().detail, HasSubstr("restored.restoring"));
}

// Neither file holds a key or what was sealed under it; they are looked at as their recipient
// sees them.
TEST_F(RestoreTest, NothingPlainIsInABackup) {
  Bytes all;
  BackupReading reading;
  reading.file = path("b");
  reading.sink.frame = [&](const Frame& frame) {
    for (const Bytes& chunk : frame.chunks) {
      all.insert(all.end(), chunk.begin(), chunk.end());
    }
    return Outcome(Done{});
  };
  reading.sink.blob = [&](const BackedUpBlob& of, const KeyOwner&) {
    all.insert(all.end(), of.sealed.begin(), of.sealed.end());
    return Outcome(Done{});
  };
  ASSERT_EQ(read(reading), "");
  const auto copy = read_key_copy(key_copy_of(path("b")), private_key);
  all.insert(all.end(), copy->person_keys.begin(), copy->person_keys.end());
  const std::string_view text = text_of(ByteView(all));
  const auto holds = [&](ByteView secret) {
    return text.find(text_of(secret.first(8))) != std::string_view::npos;
  };
  EXPECT_TRUE(holds(bytes_of("test.example/estate"))) << "the scan sees what is there";
  EXPECT_FALSE(holds(Bytes(8, 0x5A))) << "the attachment";
  EXPECT_FALSE(holds(read_secret_key(paths.keys / "vault.kek")->view()));
  EXPECT_FALSE(holds(keys->find({ledger_id_of(TestLedger::origin), person})->view()));
}

}  // namespace
}  // namespace juanzong::testing
