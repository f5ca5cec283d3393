// SPDX-License-Identifier: Apache-2.0
// A ledger to audit: real requests of several actors, as frames in a list, as a data directory, as
// an export; and the audit as a caller meets it.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/key_file.h"
#include "crypto/merkle_tree.h"

#include "events/log/anchor.h"
#include "events/log/journal_source.h"
#include "events/log/record.h"
#include "events/storage/rocksdb_journal.h"

#include "tools/export/export_ledger.h"
#include "tools/juanzong_audit/audit_command.h"

#include "tests/support/record_drafts.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_ledger.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <sstream>
#include <string>
#include <vector>

namespace juanzong::testing {

inline std::string unit_body(int number) {
  const std::string room = std::to_string(100 + number);
  return R"({"unit":"1-1-)" + room + R"(","building":"1","entrance":"1","floor":1,"number":")" +
         room + "\"}";
}

class ListedRecords final : public RecordSource {
 public:
  explicit ListedRecords(std::vector<Bytes> records) : records_(std::move(records)) {}
  [[nodiscard]] Outcome next(std::size_t wanted, RecordBlock& block) override {
    for (; wanted > 0 && at_ < records_.size(); --wanted) {
      block.add(records_[at_++]);
    }
    return Done{};
  }

 private:
  std::vector<Bytes> records_;
  std::size_t at_ = 0;
};

inline std::vector<Bytes> records_of(TestLedger& ledger) {
  JournalSource source(ledger.journal(), std::nullopt);
  RecordBlock block;
  EXPECT_TRUE(source.next(SIZE_MAX, block).has_value());
  std::vector<Bytes> records;
  for (const ByteView record : block.records) {
    records.emplace_back(record.begin(), record.end());
  }
  return records;
}

inline Result<std::string> signed_note(const crypto::Checkpoint& head) {
  return *crypto::sign_checkpoint(head, TestLedger::log_key());
}

inline void export_records(std::vector<Bytes> records, const std::filesystem::path& out) {
  ListedRecords source(std::move(records));
  ExportOptions options;
  options.out = out;
  options.verifier_key = TestLedger::log_key().verifier().text();
  options.checkpoint = signed_note;
  const auto exported = export_ledger(source, options);
  ASSERT_TRUE(exported.has_value()) << to_text(exported.error());
}

inline void write_data(TestLedger& ledger, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "keys");
  ASSERT_FALSE(
      crypto::write_verifier_key(folder / "keys" / "log.vkey", TestLedger::log_key().verifier()));
  const auto journal = create_rocksdb_journal(folder / "log");
  ASSERT_TRUE(journal.has_value());
  const auto cursor = ledger.journal().tail(0);
  for (auto frame = cursor->next(); frame && frame->has_value(); frame = cursor->next()) {
    ASSERT_EQ((*journal)->append(**frame), AppendOutcome::ok);
  }
  const auto anchor = Anchor::create(folder / "anchor");
  ASSERT_TRUE((*anchor)->write((*journal)->head()));
}

inline std::string read_all(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline void write_all(const std::filesystem::path& file, std::string_view content) {
  std::ofstream(file, std::ios::binary)
      .write(content.data(), static_cast<std::streamsize>(content.size()));
}

// The request of one statement as the record after `records`, though no rule ran.
inline Bytes next_record(TestLedger& ledger,
                         const std::vector<Bytes>& records,
                         const SignedRequest& request,
                         std::span<const StreamLink> links) {
  RecordDraft draft;
  draft.index = RecordIndex{records.size()};
  draft.recorded_at = ledger.now();
  draft.prev = crypto::leaf_hash(records.back());
  draft.header = request.header;
  draft.signatures = request.signatures;
  draft.links = links;
  draft.statement = request.statements.front();
  return encode_record(draft);
}

inline Bytes next_record(TestLedger& ledger,
                         const std::vector<Bytes>& records,
                         const SignedRequest& request,
                         const StreamLink& link) {
  return next_record(ledger, records, request, std::span(&link, 1));
}

// Puts index, prev and links right again, as somebody who owns the disk would.
inline std::vector<Bytes> rechained(const std::vector<Bytes>& records) {
  std::vector<Bytes> chained;
  crypto::Digest leaf = genesis_link(TestLedger::origin);
  for (const Bytes& bytes : records) {
    const auto record = parse_record(bytes);
    RecordDraft draft = draft_of(*record);
    draft.index = RecordIndex{chained.size()};
    draft.prev = leaf;
    chained.push_back(encode_record(draft));
    leaf = crypto::leaf_hash(chained.back());
  }
  return chained;
}

struct Audited {
  int exit_code = -1;
  boost::json::value json;
  std::string err;

  [[nodiscard]] std::string kind() const {
    const auto& finding = json.at("finding");
    return finding.is_null() ? "" : std::string(finding.at("kind").as_string());
  }
  [[nodiscard]] std::string en() const {
    return std::string(json.at("finding").at("en").as_string());
  }
  [[nodiscard]] std::string actor() const {
    return std::string(json.at("finding").at("actor").as_string());
  }
  // Of one check: "passed", "failed", "not_checked", "not_finished".
  [[nodiscard]] std::string state_of(std::string_view check) const {
    for (const boost::json::value& row : json.at("checks").as_array()) {
      if (row.at("check").as_string() == check) {
        return std::string(row.at("state").as_string());
      }
    }
    return "no such check";
  }
  [[nodiscard]] std::int64_t index() const {
    const auto& found = json.at("finding").at("index");
    return found.is_null() ? -1 : found.to_number<std::int64_t>();
  }
};

inline Audited audit(const std::filesystem::path& folder, std::vector<std::string> options = {}) {
  options.insert(options.begin(), {"juanzong-audit", folder.string(), "--json"});
  std::vector<const char*> arguments;
  for (const std::string& option : options) {
    arguments.push_back(option.c_str());
  }
  std::ostringstream out;
  std::ostringstream err;
  Audited audited;
  audited.exit_code =
      audit::run_audit(static_cast<int>(arguments.size()), arguments.data(), out, err);
  boost::json::error_code ignored;
  audited.json = boost::json::parse(out.str(), ignored);
  audited.err = err.str();
  return audited;
}

}  // namespace juanzong::testing
