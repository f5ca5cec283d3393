// SPDX-License-Identifier: Apache-2.0
// Attacks on the records by somebody who has the disk, the anchor too: what the log alone shows,
// and what only a checkpoint shows that somebody else kept.
#include "events/log/log_verifier.h"

#include "tests/attacks/attacked_data.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

class RecordAttack : public AttackedData {
 protected:
  // The checkpoint that an owner got before.
  std::string kept_checkpoint() {
    const LedgerHead& head = ledger_.machine().head();
    write_all(path("kept"), *signed_note({head.origin, head.size(), head.tree.root()}));
    return path("kept");
  }
  // The newest batches disappear, the anchor with them.
  void drop_the_newest() {
    rewrite_log([this](LedgerBatch& batch) {
      if (batch.first > openings_.back().index) {
        batch.records.clear();
      }
    });
  }
};

TEST_F(RecordAttack, AnEditedRecordIsNamedWithItsActor) {
  const RecordIndex edited = openings_.at(1).index;
  rewrite_log([edited](LedgerBatch& batch) {
    if (batch.first == edited) {
      batch.records.front()[batch.records.front().size() - 20] ^= 1;  // within the statement
    }
  });
  const Audited audited = judged({});
  EXPECT_EQ(audited.exit_code, 2);
  EXPECT_EQ(audited.index(), static_cast<std::int64_t>(number(edited)));
  EXPECT_EQ(audited.kind(), "statement_path");
  EXPECT_EQ(audited.actor(), "S-ADM");
  EXPECT_FALSE(audited.json.at("finding").at("recorded_at").as_string().empty());
}

TEST_F(RecordAttack, AnOldBackupUnderTheNewAnchorIsRefused) {
  const fs::path anchor = folder_.path() / "anchor-kept";
  fs::copy(data_ / "anchor", anchor);
  drop_the_newest();
  fs::copy(anchor, data_ / "anchor", fs::copy_options::overwrite_existing);
  // As the server does at its start, which then exits with 78 (RefusalToStart.AnOlderCopyOfTheLog).
  const auto journal = open_rocksdb_journal_read_only(data_ / "log");
  const auto kept = Anchor::open(data_ / "anchor");
  const Outcome checked = check_against_anchor(**journal, (*kept)->newest());
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::ledger_behind_anchor);
  EXPECT_EQ(judged({}).kind(), "ledger_behind_anchor");
}

// Nothing in the directory can show it: only what somebody else kept.
TEST_F(RecordAttack, AnOldBackupWithItsAnchorIsShownByAKeptCheckpoint) {
  const std::string kept = kept_checkpoint();
  EXPECT_EQ(judged({"--checkpoint", kept}).exit_code, 0);
  drop_the_newest();
  EXPECT_EQ(judged({}).exit_code, 0);
  const Audited audited = judged({"--checkpoint", kept});
  EXPECT_EQ(audited.exit_code, 2);
  EXPECT_EQ(audited.kind(), "records_missing");
  EXPECT_EQ(audited.index(), audited.json.at("records").to_number<std::int64_t>());
}

// A record that claims an earlier time. Below the one before it the log itself shows that; between
// its neighbours only a checkpoint does.
TEST(BackDated, BelowItsNeighbourOrAgainstACheckpoint) {
  TestLedger ledger;
  ledger.at("2025-03-01T10:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(1));
  ledger.at("2025-03-01T16:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(2));
  const std::vector<Bytes> records = records_of(ledger);
  const auto at_time = [&records](std::string_view time) {
    const auto record = parse_record(records.back());
    RecordDraft draft = draft_of(*record);
    draft.recorded_at = *parse_instant(time);
    std::vector<Bytes> changed = records;
    changed.back() = encode_record(draft);
    return rechained(changed);
  };
  ListedRecords below(at_time("2025-03-01T09:00:00+08:00"));
  const LogVerification log = verify_log(below, {});
  ASSERT_TRUE(log.finding.has_value());
  EXPECT_EQ(log.finding->fault, LogFault::time);
  EXPECT_EQ(number(log.finding->index), records.size() - 1);

  const TemporaryFolder folder;
  export_records(at_time("2025-03-01T11:00:00+08:00"), folder.path() / "between");
  EXPECT_EQ(audit(folder.path() / "between").exit_code, 0) << "the log alone does not show it";
  const std::string kept = (folder.path() / "kept").string();
  write_all(
      kept,
      *signed_note(
          {std::string(TestLedger::origin), records.size(), ledger.machine().head().tree.root()}));
  EXPECT_EQ(audit(folder.path() / "between", {"--checkpoint", kept}).kind(), "two_histories");
}

}  // namespace
}  // namespace juanzong::testing
