// SPDX-License-Identifier: Apache-2.0
// What the audit says about ledgers that were altered in every way we could think of.
#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/log/log_verifier.h"
#include "events/log/record.h"

#include "tests/support/day_closes.h"
#include "tests/support/record_drafts.h"
#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

// Founding 3, ARC 2, units: one request of two, the others single.
std::unique_ptr<TestLedger> small_ledger(int units = 4) {
  auto ledger = std::make_unique<TestLedger>();
  ledger->append(ledger->actor("ARC"),
                 {{"UnitRegistered", unit_body(900), {}}, {"UnitRegistered", unit_body(901), {}}});
  for (int i = 0; i < units; ++i) {
    ledger->must_append("ARC", "UnitRegistered", unit_body(i));
  }
  return ledger;
}

LogVerification verify(std::vector<Bytes> records) {
  ListedRecords source(std::move(records));
  return verify_log(source, {});
}

TEST(Audit, PassesAWholeLedgerAsDataAndAsExport) {
  const auto ledger = small_ledger(300);
  const TemporaryFolder folder;
  write_data(*ledger, folder.path() / "data");
  export_records(records_of(*ledger), folder.path() / "export");
  for (const char* name : {"data", "export"}) {
    const Audited audited = audit(folder.path() / name, {"--deep"});
    EXPECT_EQ(audited.exit_code, 0) << audited.json;
    EXPECT_EQ(audited.json.at("records").to_number<int>(), 307);
    EXPECT_EQ(audited.json.at("root").as_string(),
              crypto::to_hex(ledger->machine().head().tree.root()));
  }
}

TEST(Audit, NamesEveryFlippedByteOfAnExport) {
  const TemporaryFolder folder;
  const std::filesystem::path out = folder.path() / "export";
  export_records(records_of(*small_ledger(1)), out);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(out)) {
    const std::string name = entry.path().lexically_relative(out).string();
    // Explanations: no proof rests on them.
    const bool irrelevant =
        name.starts_with("juanzong/README") || name.starts_with("juanzong/schemas");
    if (!entry.is_regular_file() || irrelevant) {
      continue;
    }
    const std::string content = read_all(entry.path());
    for (std::size_t i = 0; i < content.size(); ++i) {
      std::string flipped = content;
      flipped[i] = static_cast<char>(flipped[i] ^ 1);
      write_all(entry.path(), flipped);
      const Audited audited = audit(out);
      ASSERT_EQ(audited.exit_code, 2) << name << " byte " << i << audited.json;
    }
    write_all(entry.path(), content);
  }
  EXPECT_EQ(audit(out).exit_code, 0);
}

TEST(Audit, NamesTheAlteredRecordAndNotItsNeighbour) {
  const std::vector<Bytes> records = records_of(*small_ledger());
  for (std::size_t altered = 0; altered + 1 < records.size(); ++altered) {
    std::vector<Bytes> list = records;
    list[altered][16] ^= 1;  // recorded_at: only the chain sees it
    const LogVerification log = verify(list);
    ASSERT_TRUE(log.finding.has_value()) << altered;
    // Records of one request contradict each other before the chain does.
    EXPECT_NEAR(static_cast<double>(number(log.finding->index)), static_cast<double>(altered), 1.0);
  }
}

TEST(Audit, FindsRemovedRepeatedAndReorderedRecords) {
  const std::vector<Bytes> records = records_of(*small_ledger());
  std::vector<Bytes> removed = records;
  removed.erase(removed.begin() + 7);
  EXPECT_EQ(verify(removed).finding->fault, LogFault::index);
  EXPECT_EQ(number(verify(removed).finding->index), 7U);
  std::vector<Bytes> swapped = records;
  std::swap(swapped[7], swapped[8]);
  EXPECT_EQ(number(verify(swapped).finding->index), 7U);
  std::vector<Bytes> repeated = records;
  repeated.insert(repeated.begin() + 7, records[7]);
  EXPECT_EQ(number(verify(repeated).finding->index), 8U);
}

TEST(Audit, FindsADroppedRequestOfAnActorBehindARepairedChain) {
  std::vector<Bytes> records = records_of(*small_ledger());
  records.erase(records.begin() + 8);
  const LogVerification log = verify(rechained(records));
  ASSERT_TRUE(log.finding.has_value());
  EXPECT_EQ(log.finding->fault, LogFault::key_chain);
  EXPECT_EQ(number(log.finding->index), 8U);
}

TEST(Audit, FindsHalfARequestARepeatedRequestAndAWrongStreamLink) {
  const std::vector<Bytes> records = records_of(*small_ledger());
  std::vector<Bytes> half = records;
  half.erase(half.begin() + 6);
  EXPECT_EQ(verify(rechained(half)).finding->fault, LogFault::request);
  std::vector<Bytes> cut(records.begin(), records.begin() + 6);
  EXPECT_EQ(verify(cut).finding->fault, LogFault::request);
  std::vector<Bytes> twice = records;
  twice.push_back(records.back());
  EXPECT_EQ(verify(rechained(twice)).finding->fault, LogFault::request_id);

  const auto record = parse_record(records[8]);
  auto links = record->links;
  links.front() = {StreamVersion{2}, RecordIndex{3}};
  RecordDraft draft = draft_of(*record);
  draft.links = links;
  std::vector<Bytes> linked = records;
  linked[8] = encode_record(draft);
  const LogVerification log = verify(rechained(linked));
  EXPECT_EQ(log.finding->fault, LogFault::stream);
  EXPECT_EQ(number(log.finding->index), 8U);
}

TEST(Audit, ACheckpointShowsATailThatWasMadeAnew) {
  const TemporaryFolder folder;
  const auto first = small_ledger();
  const auto second = small_ledger();  // other keys, so another history
  const std::vector<Bytes> records = records_of(*first);
  write_all(
      folder.path() / "given",
      *signed_note(
          {std::string(TestLedger::origin), records.size(), first->machine().head().tree.root()}));
  export_records(records_of(*second), folder.path() / "rewritten");
  EXPECT_EQ(audit(folder.path() / "rewritten").exit_code, 0);
  const Audited rewritten =
      audit(folder.path() / "rewritten", {"--checkpoint", (folder.path() / "given").string()});
  EXPECT_EQ(rewritten.exit_code, 2);
  EXPECT_EQ(rewritten.kind(), "two_histories") << "the export's own checkpoint has the same size";
  const auto longer = small_ledger(5);
  export_records(records_of(*longer), folder.path() / "longer");
  EXPECT_EQ(
      audit(folder.path() / "longer", {"--checkpoint", (folder.path() / "given").string()}).kind(),
      "checkpoint_root");

  export_records({records.begin(), records.end() - 1}, folder.path() / "cut");
  const Audited cut =
      audit(folder.path() / "cut", {"--checkpoint", (folder.path() / "given").string()});
  EXPECT_EQ(cut.kind(), "records_missing");
  EXPECT_EQ(cut.index(), static_cast<std::int64_t>(records.size()) - 1);
}

// The server would refuse it, so the requests are written past the rules.
TEST(Audit, FindsARequestSignedWithARevokedKey) {
  TestLedger ledger;
  TestActor& arc = ledger.actor("ARC");
  const SignedRequest later = ledger.make_request(arc, {{"UnitRegistered", unit_body(1), {}}});
  const std::string key = crypto::hex_encode(key_id_of(arc.key.public_key()).view());
  ledger.must_append("HR", "ActorKeyRevoked", R"({"key_id":")" + key + R"(","staff":"S-ARC"})");
  std::vector<Bytes> records = records_of(ledger);
  records.push_back(next_record(ledger, records, later, {StreamVersion{1}, no_index}));
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  const Audited audited = audit(folder.path() / "export");
  EXPECT_EQ(audited.exit_code, 2);
  EXPECT_EQ(audited.kind(), "revoked_key");
  EXPECT_EQ(audited.index(), static_cast<std::int64_t>(records.size()) - 1);
  EXPECT_EQ(audited.json.at("finding").at("actor").as_string(), "S-ARC");
}

TEST(Audit, FindsAForgedSignatureAndNamesItsRequest) {
  std::vector<Bytes> records = records_of(*small_ledger());
  const auto record = parse_record(records[8]);
  auto signatures = record->signatures;
  signatures.front().signature.bytes[5] ^= 1;
  RecordDraft draft = draft_of(*record);
  draft.signatures = signatures;
  records[8] = encode_record(draft);
  const TemporaryFolder folder;
  export_records(rechained(records), folder.path() / "export");
  const Audited audited = audit(folder.path() / "export");
  EXPECT_EQ(audited.kind(), "bad_signature");
  EXPECT_EQ(audited.index(), 8);
  EXPECT_EQ(audit(folder.path() / "export", {"--no-signatures"}).exit_code, 0);
}

// A well-signed request that breaks a rule: only running the rules again shows it.
TEST(Audit, DeepFindsARecordThatTheRulesRefuse) {
  TestLedger ledger;
  TestActor& arc = ledger.actor("ARC");
  ledger.must_append("ARC", "UnitRegistered", unit_body(1));
  const SignedRequest again = ledger.make_request(arc, {{"UnitRegistered", unit_body(1), {}}});
  std::vector<Bytes> records = records_of(ledger);
  records.push_back(
      next_record(ledger, records, again, {StreamVersion{2}, RecordIndex{records.size() - 1}}));
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  EXPECT_EQ(audit(folder.path() / "export").exit_code, 0);
  const Audited deep = audit(folder.path() / "export", {"--deep"});
  EXPECT_EQ(deep.kind(), "should_have_been_refused");
  EXPECT_EQ(deep.index(), static_cast<std::int64_t>(records.size()) - 1);
}

// Every figure of a day close is computed again from the records.
TEST(Audit, DeepNamesAFigureOfADayCloseThatTheRecordsDoNotHave) {
  using Change = void (*)(DayFacts&);
  const std::array<std::pair<std::string, Change>, 7> changes{{
      {"", [](DayFacts&) {}},
      {"number of records", [](DayFacts& facts) { --facts.size; }},
      {"root of the tree", [](DayFacts& facts) { facts.root.bytes[0] ^= 1U; }},
      {"number of streams", [](DayFacts& facts) { ++facts.streams; }},
      {"root of the streams", [](DayFacts& facts) { facts.streams_root.bytes[0] ^= 1U; }},
      {"control totals", [](DayFacts& facts) { facts.totals["cash"] = Fen{1}; }},
      {"not the ledger's first", [](DayFacts& facts) { facts.day = add_days(facts.day, 1); }},
  }};
  for (const auto& [what, change] : changes) {
    TestLedger ledger(true);
    ledger.at("2025-01-01T10:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(1));
    ledger.at("2025-01-04T10:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(2));
    auto facts = day_facts(ledger.rows(), ledger.machine().ordinal(), *parse_date("2025-01-01"));
    ASSERT_TRUE(facts.has_value());
    change(*facts);
    const RecordIndex index = ledger.must_append("SYS", "DayClosed", day_closed_json(*facts)).first;
    const TemporaryFolder folder;
    export_records(records_of(ledger), folder.path() / "export");
    const Audited deep = audit(folder.path() / "export", {"--deep"});
    EXPECT_EQ(deep.kind(), what.empty() ? "" : "day_close_differs") << what;
    if (!what.empty()) {
      EXPECT_EQ(deep.index(), static_cast<std::int64_t>(number(index)));
      EXPECT_THAT(std::string(deep.json.at("finding").at("en").as_string()), HasSubstr(what));
    }
  }
}

// A deadline passed and the server put nothing on record: what came after it shows that.
TEST(Audit, DeepNamesABreachThatIsNotOnRecord) {
  const auto hold = [](TestLedger& ledger, std::string_view id, std::string_view day) {
    const std::string at = std::string(day) + "T09:00:00+08:00";
    ledger.at(at).must_append("CSM",
                              "MeetingHeld",
                              R"({"meeting_id":")" + std::string(id) +
                                  R"(","kind":"DEPT_WEEKLY","convenor":"S-CSM",)" +
                                  R"("attendees":["S-CSM"],"begun":")" + at + R"(","ended":")" +
                                  at + R"(","agenda":"x"})");
  };
  for (const bool with_server : {true, false}) {
    TestLedger ledger(with_server);
    hold(ledger, "M-1", "2025-01-06");
    hold(ledger, "M-2", "2025-01-13");
    hold(ledger, "M-3", "2025-01-13");
    const std::vector<Bytes> records = records_of(ledger);
    const TemporaryFolder folder;
    export_records(records, folder.path() / "export");
    const Audited deep = audit(folder.path() / "export", {"--deep"});
    // A ledger whose server never had a key owes no such records.
    EXPECT_EQ(deep.kind(), with_server ? "breach_missing" : "");
    if (with_server) {
      EXPECT_EQ(deep.index(), static_cast<std::int64_t>(records.size()) - 2);
    }
  }
}

TEST(Audit, DeepFindsAValueThatTheServerDidNotDecide) {
  std::vector<Bytes> records = records_of(*small_ledger());
  records.back()[4] ^= 1;  // rules_version
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  const Audited deep = audit(folder.path() / "export", {"--deep"});
  EXPECT_EQ(deep.kind(), "rule_differs");
  EXPECT_THAT(std::string(deep.json.at("finding").at("en").as_string()),
              ::testing::HasSubstr("rules_version"));
}

// Rules that this program does not know are not judged, which is not the same as failed.
TEST(Audit, DeepDoesNotJudgeByRulesItDoesNotKnow) {
  std::vector<Bytes> records = records_of(*small_ledger());
  records.back()[4] ^= 2;  // rules_version 3
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  const Audited deep = audit(folder.path() / "export", {"--deep"});
  EXPECT_EQ(deep.exit_code, 0);
  EXPECT_EQ(deep.json.at("rules_not_judged_from"), static_cast<std::int64_t>(records.size()) - 1);
  EXPECT_EQ(deep.json.at("rules_judged").to_number<std::uint64_t>() + 1,
            deep.json.at("requests").to_number<std::uint64_t>());
}

TEST(Audit, FindsAJournalBehindItsAnchor) {
  const TemporaryFolder folder;
  const auto ledger = small_ledger();
  write_data(*ledger, folder.path());
  const auto anchor = Anchor::open(folder.path() / "anchor");
  ASSERT_TRUE((*anchor)->write({(*anchor)->newest().next_position + 1, crypto::Digest{}}));
  EXPECT_EQ(audit(folder.path()).kind(), "ledger_behind_anchor");
}

TEST(Audit, AnswersUsageAndEnvironmentWithOne) {
  const TemporaryFolder folder;
  EXPECT_EQ(audit(folder.path()).exit_code, 1);
  EXPECT_EQ(audit(folder.path(), {"--unknown"}).exit_code, 1);
  EXPECT_EQ(audit(folder.path(), {"--vkey", "nonsense"}).exit_code, 1);
}

}  // namespace
}  // namespace juanzong::testing
