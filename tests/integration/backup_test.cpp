// SPDX-License-Identifier: Apache-2.0
// Backups beside the real server: taken while it appends, restored to the same log, put on record,
// and of no use against a newer one.
#include "crypto/hex.h"
#include "crypto/key_file.h"
#include "crypto/random_bytes.h"

#include "events/log/anchor.h"
#include "events/storage/rocksdb_journal.h"

#include "server/data/data_directory.h"

#include "tools/backup/key_copy.h"
#include "tools/backup/restore_backup.h"
#include "tools/backup/take_backup.h"

#include "tests/integration/append_load.h"
#include "tests/integration/site.h"
#include "tests/tools/commands.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <fstream>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view personal = "ZHANG-SAN-13800138000";

// Bytes stand in a body's JSON as a list of numbers.
std::string hex_of_list(const boost::json::value& list) {
  Bytes bytes;
  for (const boost::json::value& each : list.as_array()) {
    bytes.push_back(static_cast<std::uint8_t>(each.as_int64()));
  }
  return crypto::hex_encode(bytes);
}

class BackupOfASite : public ::testing::Test {
 protected:
  BackupOfASite() {
    crypto::fill_random(private_key_.writable());
    site_.start();
  }

  // Personal data in an opening and in an attachment.
  void archive_a_document() const {
    const Desk archivist = site_.hire("S-ARC", "ARC");
    const std::string subject(32, 'a');
    const std::string words(personal);
    for (const std::string& line :
         {std::string(R"({"type":"ArchiveVolumeOpened","body":{"volume_id":"V-1",)"
                      R"("class":"CORRESPONDENCE"}})"),
          R"({"type":"DocumentArchived","body":{"doc_id":"D-1","volume_id":"V-1","title":"letter",)"
          R"("from_dept":"ADM","kind":"LETTER","dig":{"subject":")" +
              subject + R"(","text":")" + words + R"("}}})",
          R"({"type":"DocumentVoided","body":{"doc_id":"D-1","reason":{"subject":")" + subject +
              R"(","value":")" + words + R"("}}})"}) {
      EXPECT_EQ(outcome_of(archivist.submitter->submit(line)), "") << line;
    }
  }

  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return folder_.path() / name;
  }
  [[nodiscard]] TakenBackup take(const std::string& name) const {
    BackupOrder order;
    order.data = site_.data();
    order.out = path(name);
    order.recipient = crypto::RecipientKey::of(private_key_);
    order.now = site_.now();
    auto taken = take_backup(order);
    EXPECT_TRUE(taken.has_value()) << to_text(taken.error());
    return taken ? *std::move(taken) : TakenBackup();
  }
  [[nodiscard]] Result<RestoredBackup> restore(const std::string& name, KnownHeads known) const {
    RestoreOrder order;
    order.reading.file = path(name);
    order.reading.known = std::move(known);
    order.data = path("restored");
    order.keys = KeysToRestore{key_copy_of(path(name)), site_.data() / "keys" / "vault.kek"};
    order.now = site_.now();
    return restore_backup(order, private_key_);
  }
  // The root of the site's ledger at that size.
  [[nodiscard]] crypto::Digest root_at(std::uint64_t size) const {
    JournalVerifierOptions options;
    options.watched_sizes = {size};
    JournalVerifier verifier(std::move(options));
    const auto journal = open_rocksdb_journal_read_only(DataPaths(site_.data()).log);
    EXPECT_TRUE(verify_frames(*(*journal)->tail(0), (*journal)->head(), verifier, {}));
    return verifier.ledgers().begin()->second.roots.at(size);
  }
  // Everything in both files, as their recipient sees it.
  [[nodiscard]] Bytes opened(const std::string& name) const {
    Bytes all;
    BackupReading reading;
    reading.file = path(name);
    reading.sink.frame = [&](const Frame& frame) {
      for (const Bytes& chunk : frame.chunks) {
        all.insert(all.end(), chunk.begin(), chunk.end());
      }
      return Outcome(Done{});
    };
    reading.sink.blob = [&](const BackedUpBlob& blob, const KeyOwner&) {
      all.insert(all.end(), blob.sealed.begin(), blob.sealed.end());
      return Outcome(Done{});
    };
    EXPECT_TRUE(read_backup(reading, private_key_));
    const auto copy = read_key_copy(key_copy_of(path(name)), private_key_);
    all.insert(all.end(), copy->person_keys.begin(), copy->person_keys.end());
    return all;
  }

  Site site_;
  TemporaryFolder folder_;
  crypto::SecretKey private_key_;
};

// Whether any 8 bytes of `secret` in a row stand in `all`.
bool leaks(ByteView all, ByteView secret) {
  const std::string_view text = text_of(all);
  for (std::size_t at = 0; at + 8 <= secret.size(); ++at) {
    if (text.find(text_of(secret.subspan(at, 8))) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

TEST_F(BackupOfASite, IsTakenWhileTheServerAppends) {
  archive_a_document();
  TakenBackup taken;
  {
    const Desk founder = site_.founder();
    AppendLoad load(founder);
    ASSERT_TRUE(load.wait_for_acks(300));
    taken = take("b");
    ASSERT_TRUE(load.wait_for_acks(600));
  }
  const BackedUpLedger& ledger = taken.header.ledgers.at(0);
  EXPECT_GE(ledger.size, 300U) << "what was acknowledged before";
  EXPECT_EQ(site_.stop(), 0);
  EXPECT_EQ(root_at(ledger.size), ledger.root);
  const auto restored = restore("b", {});
  ASSERT_TRUE(restored.has_value()) << to_text(restored.error());
  EXPECT_EQ(restored->opened_blobs, 1U);
  std::filesystem::copy(site_.data() / "keys",
                        path("restored") / "keys",
                        std::filesystem::copy_options::skip_existing);
  const auto opened_data = DataDirectory::open(
      path("restored"), [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(opened_data.has_value()) << to_text(opened_data.error());
  const LedgerMachine& machine = *(*opened_data)->ledgers().all().front();
  EXPECT_EQ(machine.head().size(), ledger.size);
  EXPECT_EQ(machine.head().tree.root(), ledger.root);
}

TEST_F(BackupOfASite, HoldsNothingPlainAndNoKey) {
  archive_a_document();
  static_cast<void>(take("b"));
  const Bytes all = opened("b");
  EXPECT_TRUE(leaks(all, bytes_of("test.juanzong.local/site"))) << "the scan sees what is there";
  EXPECT_FALSE(leaks(all, bytes_of(personal)));
  const std::filesystem::path keys = site_.data() / "keys";
  EXPECT_FALSE(leaks(all, read_secret_key(keys / "vault.kek")->view()));
  for (const char* name : {"log.key", "founder.key", "server.key"}) {
    const auto key = crypto::read_private_key(keys / name);
    EXPECT_FALSE(leaks(all, std::get<crypto::PrivateKey>(key).seed())) << name;
  }
}

TEST_F(BackupOfASite, AnOldOneIsNotRestoredOverANewerLog) {
  const TakenBackup taken = take("b");
  const Desk founder = site_.founder();
  ASSERT_EQ(outcome_of(founder.submitter->submit(staff_line(fresh_name()))), "");
  const auto note = founder.client->checkpoint();
  ASSERT_TRUE(note.has_value());
  std::ofstream(path("checkpoint"), std::ios::binary) << *note;
  KnownHeads by_checkpoint;
  by_checkpoint.checkpoints.push_back(*read_known_checkpoint(path("checkpoint")));
  KnownHeads by_anchor;
  by_anchor.anchored = (*Anchor::open(DataPaths(site_.data()).anchor))->newest();
  for (const KnownHeads& known : {by_checkpoint, by_anchor}) {
    const auto restored = restore("b", known);
    ASSERT_FALSE(restored.has_value());
    EXPECT_EQ(restored.error().code, ErrorCode::ledger_behind_anchor);
    EXPECT_FALSE(std::filesystem::exists(path("restored")));
  }
  // Nor is it served when its log takes the place of the newer one.
  ASSERT_EQ(site_.stop(), 0);
  ASSERT_TRUE(restore("b", {}).has_value());
  std::filesystem::remove_all(site_.data() / "log");
  std::filesystem::rename(path("restored") / "log", site_.data() / "log");
  EXPECT_EQ(site_.refused().exit_code, 78);
}

TEST_F(BackupOfASite, IsPutOnRecordByAnAdministrator) {
  ASSERT_EQ(run({"backup", "--make-key", path("k").string()}).exit_code, 0);
  const auto backup = [&](const std::string& name, const std::string& key) {
    return run({"backup",
                "--data",
                site_.data().string(),
                "--out",
                path(name).string(),
                "--to",
                path("k.pub").string(),
                "--server",
                "127.0.0.1:" + std::to_string(site_.server().port()),
                "--cert",
                (site_.data() / "keys" / "tls.cert.pem").string(),
                "--key",
                key,
                "--json"});
  };
  const Ran taken = backup("b", (site_.data() / "keys" / "founder.key").string());
  ASSERT_EQ(taken.exit_code, 0) << taken.err << taken.out;
  const auto said = boost::json::parse(taken.out);
  const Ran log = run({"log", "--data", site_.data().string(), "--stream", "backups", "--json"});
  const auto record = boost::json::parse(log.out);
  EXPECT_EQ(record.at("type").as_string(), "BackupTaken");
  EXPECT_EQ(hex_of_list(record.at("body").at("dig")), said.at("sha256").as_string());
  EXPECT_EQ(record.at("body").at("size"), said.at("ledgers").at(0).at("size"));
  EXPECT_EQ(hex_of_list(record.at("body").at("root")),
            said.at("ledgers").at(0).at("root").as_string());
  EXPECT_EQ(record.at("index"), said.at("recorded").at("index"));
  // The backup is there all the same when nobody may state it.
  const Ran unsaid = backup("c", path("k").string());
  EXPECT_EQ(unsaid.exit_code, 1) << "no actor's key";
  EXPECT_TRUE(std::filesystem::exists(path("c")));
}

}  // namespace
}  // namespace juanzong::testing
