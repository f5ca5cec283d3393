// SPDX-License-Identifier: Apache-2.0
// Backups without a server: what is sealed, what is refused when it is read, what a forger who has
// the public key can make of it.
#include "crypto/merkle_tree.h"

#include "tools/backup/backup_reader.h"
#include "tools/backup/key_copy.h"

#include "tests/support/fixed_random.h"
#include "tests/tools/backup_site.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

using BackupTest = BackupSite;

TEST_F(BackupTest, StatesTheLedgerThatItHolds) {
  const TakenBackup taken = take("b");
  ASSERT_EQ(taken.header.ledgers.size(), 1U);
  const BackedUpLedger& of = taken.header.ledgers.front();
  const std::vector<Bytes> records = records_of(ledger);
  EXPECT_EQ(of.size, records.size());
  crypto::CompactRange tree;
  for (const Bytes& record : records) {
    tree.append(crypto::leaf_hash(record));
  }
  EXPECT_EQ(of.root, tree.root());
  EXPECT_EQ(of.origin, TestLedger::origin);
  EXPECT_EQ(of.name, "estate");
  EXPECT_EQ(taken.header.end, ledger.journal().head());
  EXPECT_EQ(taken.header.blobs, 1U);
  const std::string file = read_all(path("b"));
  EXPECT_EQ(taken.digest.bytes, file.size());
  EXPECT_EQ(taken.digest.sha256, crypto::sha256(bytes_of(file)));
  EXPECT_EQ(read("b"), "");
}

TEST_F(BackupTest, ComesBackAsItWas) {
  static_cast<void>(take("b"));
  ASSERT_EQ(restore(restoring("b", "restored")), "");
  const DataPaths restored(path("restored"));
  const auto journal = open_rocksdb_journal_read_only(restored.log);
  ASSERT_TRUE(journal.has_value());
  EXPECT_EQ((*journal)->head(), ledger.journal().head());
  EXPECT_EQ((*Anchor::open(restored.anchor))->newest(), ledger.journal().head());
  const std::string key = TestLedger::log_key().verifier().text();
  // The test's ledger keeps no openings, so its vault is not audited.
  const std::filesystem::path kek = restored.keys / "vault.kek";
  std::filesystem::rename(kek, path("kek"));
  EXPECT_EQ(audit(restored.root, {"--deep", "--vkey", key}).exit_code, 0);
  std::filesystem::rename(path("kek"), kek);
  const auto person_keys =
      PersonKeys::open(restored.person_keys, *read_secret_key(restored.keys / "vault.kek"));
  ASSERT_TRUE(person_keys.has_value());
  const auto content =
      BlobStore(restored.blobs)
          .load(blob, *(*person_keys)->find({ledger_id_of(TestLedger::origin), person}));
  ASSERT_TRUE(content.has_value());
  EXPECT_EQ(*content, Bytes(150'000, 0x5A));
  EXPECT_EQ(std::filesystem::status(restored.root).permissions(),
            std::filesystem::perms::owner_all);
}

// Frames that the anchor has not seen are not acknowledged, so they are no part of a backup.
TEST_F(BackupTest, EndsAtTheAnchor) {
  const JournalHead anchored = ledger.journal().head();
  add_units(3);
  append_to_data();
  std::filesystem::remove(paths.anchor);
  ASSERT_TRUE((*Anchor::create(paths.anchor))->write(anchored));
  EXPECT_EQ(take("b").header.end, anchored);
  EXPECT_EQ(read("b"), "");
}

TEST_F(BackupTest, IsNotTakenOfAJournalBehindItsAnchor) {
  add_units(1);
  ASSERT_TRUE((*Anchor::open(paths.anchor))->write(ledger.journal().head()));
  EXPECT_EQ(take_fails("b"), "ledger_behind_anchor");
  EXPECT_FALSE(std::filesystem::exists(key_copy_of(path("b"))));
}

TEST_F(BackupTest, IsNotTakenOverAFile) {
  write_all(path("b"), "mine");
  EXPECT_EQ(word_of(take_backup(order("b")).error().code), "environment");
  EXPECT_EQ(read_all(path("b")), "mine");
  write_all(key_copy_of(path("c")), "mine");
  EXPECT_EQ(take_fails("c"), "environment");
}

TEST_F(BackupTest, IsNotTakenOfAnAlteredRecord) {
  const DataPaths altered(path("altered"));
  std::filesystem::create_directories(altered.person_keys.parent_path());
  std::filesystem::copy_file(paths.person_keys, altered.person_keys);
  std::filesystem::copy(paths.blobs, altered.blobs);
  {
    const auto journal = create_rocksdb_journal(altered.log);
    const auto cursor = ledger.journal().tail(0);
    for (auto frame = cursor->next(); frame && frame->has_value(); frame = cursor->next()) {
      if ((*frame)->head.position == 5) {
        (*frame)->chunks[1].back() ^= 1U;
      }
      ASSERT_EQ((*journal)->append(**frame), AppendOutcome::ok);
    }
    ASSERT_TRUE((*Anchor::create(altered.anchor))->write((*journal)->head()));
  }
  BackupOrder wanted = order("b");
  wanted.data = altered.root;
  const auto taken = take_backup(wanted);
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(word_of(taken.error().code), "corruption");
}

TEST_F(BackupTest, LacksNoAttachmentOfALivingPerson) {
  std::filesystem::remove(paths.blobs / hex_of(blob.bytes));
  EXPECT_EQ(take_fails("b"), "corruption");
  ASSERT_TRUE(keys->erase({ledger_id_of(TestLedger::origin), person}));
  const TakenBackup taken = take("b");
  EXPECT_EQ(taken.erased_blobs, 1U);
  EXPECT_EQ(restore(restoring("b", "restored")), "");
}

TEST_F(BackupTest, IsRefusedAfterAnyFlippedByte) {
  static_cast<void>(take("b"));
  const std::string file = read_all(path("b"));
  const std::size_t chunk =
      crypto::sealed_stream_chunk_bytes + crypto::sealed_stream_overhead_bytes;
  ASSERT_GT(file.size(), 2 * chunk);
  FixedRandom random(20251201);
  for (std::size_t i = 0; i < 400; ++i) {
    // Head and prelude byte by byte, then anywhere.
    const std::size_t at = i < 200 ? i : random.below(file.size());
    std::string altered = file;
    altered[at] = static_cast<char>(altered[at] ^ (1 + random.below(255)));
    write_all(path("altered"), altered);
    EXPECT_NE(read("altered"), "") << at;
  }
}

TEST_F(BackupTest, IsRefusedWhenItIsCutOff) {
  static_cast<void>(take("b"));
  const std::string file = read_all(path("b"));
  const std::size_t chunk =
      crypto::sealed_stream_chunk_bytes + crypto::sealed_stream_overhead_bytes;
  const std::size_t first =
      std::string_view("juanzong/backup/v1\n\n").size() + crypto::sealed_stream_prelude_bytes;
  std::vector<std::size_t> ends{0, 1, first - 1, file.size() - 1};
  for (std::size_t border = first; border < file.size(); border += chunk) {
    ends.insert(ends.end(), {border, border + 1, border + 17});
  }
  for (const std::size_t end : ends) {
    write_all(path("cut"), file.substr(0, end));
    EXPECT_EQ(read("cut"), "corruption") << end;
    RestoreOrder order = restoring("cut", "restored");
    order.keys->copy = key_copy_of(path("b"));
    EXPECT_EQ(restore(order), "corruption") << end;
  }
  write_all(path("cut"), file + "x");
  EXPECT_EQ(read("cut"), "corruption");
}

TEST_F(BackupTest, IsRefusedToAnotherKey) {
  static_cast<void>(take("b"));
  const auto verified =
      read_backup({.file = path("b")}, crypto::SecretKey{crypto::random_array<32>()});
  ASSERT_FALSE(verified.has_value());
  EXPECT_EQ(word_of(verified.error().code), "key_not_valid");
}

// Whoever has the public key can seal anything. What he sealed must still be a whole journal.
class ForgedBackup : public BackupSite {
 protected:
  ForgedBackup() {
    const auto reader = BackupReader::open((static_cast<void>(take("b")), path("b")), private_key);
    header = (*reader)->header();
    for (auto frame = (*reader)->next(); frame && frame->has_value(); frame = (*reader)->next()) {
      frames.push_back(**frame);
    }
    blobs.push_back(**(*reader)->next_blob());
  }
  [[nodiscard]] std::string forged() {
    const std::string name = "forged-" + std::to_string(count_++);
    const auto file = SealedFileWriter::begin(
        path(name), std::string(backup_kind) + "\n", crypto::RecipientKey::of(private_key));
    ByteWriter sized;
    sized.put_sized<std::uint32_t>(encode_backup_header(header));
    EXPECT_TRUE((*file)->put(sized.view()));
    for (const Frame& frame : frames) {
      EXPECT_TRUE((*file)->put(encode_backup_frame(frame)));
    }
    for (const BackedUpBlob& of : blobs) {
      EXPECT_TRUE((*file)->put(encode_backup_blob(of)));
    }
    EXPECT_TRUE((*file)->finish());
    return read(name);
  }

  BackupHeader header;
  std::vector<Frame> frames;
  std::vector<BackedUpBlob> blobs;

 private:
  int count_ = 0;
};

TEST_F(ForgedBackup, IsAcceptedAsItWas) {
  EXPECT_EQ(forged(), "");
}

TEST_F(ForgedBackup, HoldsEveryFrame) {
  const BackupHeader whole = header;
  const std::vector<Frame> all = frames;
  frames.pop_back();
  EXPECT_EQ(forged(), "corruption");
  --header.end.next_position;
  EXPECT_EQ(forged(), "corruption") << "the tip is another's";
  header.end.tip = frames.back().tip;
  EXPECT_EQ(forged(), "corruption") << "the ledger is shorter than stated";
  header = whole;
  frames = all;
  std::swap(frames[3], frames[4]);
  EXPECT_EQ(forged(), "corruption");
  frames = all;
  frames[4].chunks[1].back() ^= 1U;
  EXPECT_EQ(forged(), "corruption");
}

TEST_F(ForgedBackup, StatesTheLedgersThatItHolds) {
  const BackupHeader whole = header;
  header.ledgers[0].root.bytes[0] ^= 1U;
  EXPECT_EQ(forged(), "corruption");
  header = whole;
  ++header.ledgers[0].size;
  EXPECT_EQ(forged(), "corruption");
  header = whole;
  header.ledgers[0].origin += "x";
  EXPECT_EQ(forged(), "corruption");
  header = whole;
  header.ledgers.clear();
  EXPECT_EQ(forged(), "corruption");
}

TEST_F(ForgedBackup, HoldsExactlyTheAttachmentsThatAreNamed) {
  blobs.push_back({BlobId{{10}}, BlobState::stored, Bytes(40)});
  ++header.blobs;
  EXPECT_EQ(forged(), "corruption");
  blobs = {{BlobId{{8}}, BlobState::stored, Bytes(40)}};
  --header.blobs;
  EXPECT_EQ(forged(), "corruption");
  blobs.clear();
  header.blobs = 0;
  EXPECT_EQ(forged(), "corruption");
}

// The content of an attachment is bound to its name and subject by the subject's key.
TEST_F(ForgedBackup, IsNotRestoredWithAnotherAttachment) {
  blobs[0].sealed[100] ^= 1U;
  ASSERT_EQ(forged(), "") << "without the keys nobody sees it";
  RestoreOrder order = restoring("forged-0", "restored");
  order.keys->copy = key_copy_of(path("b"));
  EXPECT_EQ(restore(order), "corruption");
}

TEST(BackupFormat, ParsesExactlyWhatItWrites) {
  BackupHeader header;
  header.created = UnixMicros{5};
  header.end.next_position = 7;
  header.blobs = 1;
  header.ledgers = {{LedgerId{{1}}, 3, {}, "a.example", "a"}, {LedgerId{{2}}, 4, {}, "b", "b"}};
  const Bytes bytes = encode_backup_header(header);
  EXPECT_EQ(parse_backup_header(bytes), header);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_backup_header(ByteView(bytes).first(size)));
  }
  std::swap(header.ledgers[0], header.ledgers[1]);
  EXPECT_FALSE(parse_backup_header(encode_backup_header(header)));
}

}  // namespace
}  // namespace juanzong::testing
