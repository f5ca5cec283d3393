// SPDX-License-Identifier: Apache-2.0
#include "tests/attacks/attacked_data.h"

#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/vault/blob_store.h"
#include "events/vault/sealed_opening.h"

#include <algorithm>
#include <array>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view attached = "scan";
constexpr BlobId test_ledgers_blob{{9}};
constexpr std::uint8_t kek_byte = 7;

crypto::SecretKey kek() {
  crypto::SecretKey key;
  std::ranges::fill(key.writable(), kek_byte);
  return key;
}

LedgerBatch batch_of(const Frame& frame, const BatchHead& head) {
  LedgerBatch batch;
  batch.ledger = head.ledger;
  batch.first = head.first;
  batch.state_digest = head.state_digest;
  batch.apply_version = head.apply_version;
  const std::size_t records_end = std::size_t{head.first_chunk} + head.record_chunks;
  for (std::size_t i = head.first_chunk; i < records_end; ++i) {
    const Result<RecordChunk> chunk = parse_record_chunk(frame.chunks[i]);
    for (const ByteView record : chunk->records) {
      batch.records.emplace_back(record.begin(), record.end());
    }
  }
  for (std::size_t i = records_end; i < records_end + head.opening_chunks; ++i) {
    const auto chunk = parse_opening_chunk(frame.chunks[i]);
    batch.openings.insert(batch.openings.end(), chunk->openings.begin(), chunk->openings.end());
  }
  return batch;
}

std::vector<Frame> frames_of(const Journal& journal) {
  std::vector<Frame> frames;
  const auto cursor = journal.tail(0);
  for (auto frame = cursor->next(); frame && frame->has_value(); frame = cursor->next()) {
    frames.push_back(**frame);
  }
  return frames;
}

}  // namespace

void write_log(const Journal& journal,
               const fs::path& folder,
               const std::function<void(LedgerBatch&)>& edit) {
  const std::vector<Frame> frames = frames_of(journal);
  const auto written = create_rocksdb_journal(folder / "log");
  ASSERT_TRUE(written.has_value());
  crypto::CompactRange tree;
  crypto::Digest leaf = frames.front().batches.front().prev_leaf;
  for (const Frame& frame : frames) {
    LedgerBatch batch = batch_of(frame, frame.batches.front());
    edit(batch);
    if (batch.records.empty()) {
      break;
    }
    batch.prev_leaf = leaf;
    for (const Bytes& record : batch.records) {
      leaf = crypto::leaf_hash(record);
      tree.append(leaf);
    }
    batch.last_leaf = leaf;
    batch.tree_size = tree.size();
    batch.root = tree.root();
    FrameHead head = frame.head;
    head.prev_tip = (*written)->head().tip;
    ASSERT_EQ((*written)->append(seal_frame(head, {std::move(batch)})), AppendOutcome::ok);
  }
  fs::remove(folder / "anchor");
  const auto anchor = Anchor::create(folder / "anchor");
  ASSERT_TRUE((*anchor)->write((*written)->head()));
}

SealedOpening sealed(const PersonKeys& keys,
                     const LedgerId& ledger,
                     RecordIndex index,
                     const PersonId& subject,
                     const Opening& opening) {
  const OpeningPlace place{ledger, index, subject, opening.path};
  Bytes bytes = seal_opening(*keys.find({ledger, subject}), place, {opening.salt, opening.value});
  return {index, subject, opening.path, std::move(bytes)};
}

std::string subject(int number) {
  return crypto::hex_encode(person(number).view());
}

PersonId person(int number) {
  PersonId id;
  id.bytes[0] = static_cast<std::uint8_t>(number);
  return id;
}

TestStatement hire(const std::string& code, int person_number) {
  return {"StaffRegistered",
          R"({"staff":"S-)" + code + R"(","department":"D","badge_no":"B-)" + code +
              R"(","roles":"CSA","name":{"subject":")" + subject(person_number) +
              R"(","value":"陈静"}})"};
}

AttackedData::AttackedData() {
  fs::create_directories(data_ / "vault");
  fs::create_directories(data_ / "keys");
  write_all(data_ / "keys" / "vault.kek", std::string(32, static_cast<char>(kek_byte)));
  EXPECT_TRUE(PersonKeys::create(data_ / "vault" / "person_keys", kek()));
  append("ADM", hire("ONE", 1), 1);
  append("ADM", hire("TWO", 2), 2);
  append("CSA",
         {"ContractorRegistered",
          R"({"company":"C-1","name":"x","licence":{"subject":")" + subject(3) + R"(","text":")" +
              std::string(attached) + R"("}})"},
         3);
  for (int i = 0; i < 3; ++i) {
    ledger_.must_append("ARC", "UnitRegistered", unit_body(i));
  }
  const BlobStore blobs(data_ / "blobs");
  EXPECT_TRUE(blobs.store(test_ledgers_blob,
                          *keys()->find({ledger_id_of(TestLedger::origin), person(3)}),
                          bytes_of(attached)));
  blob_ = fs::directory_iterator(data_ / "blobs")->path();
  write_log(ledger_.journal(), data_, [this](LedgerBatch& batch) {
    for (const SealedOpening& opening : openings_) {
      const std::uint64_t end = number(batch.first) + batch.records.size();
      if (opening.index >= batch.first && number(opening.index) < end) {
        batch.openings.push_back(opening);
      }
    }
  });
  write_derived();
}

void AttackedData::append(const std::string& role,
                          const TestStatement& statement,
                          int person_number) {
  EXPECT_TRUE(keys()->ensure(ledger_id_of(TestLedger::origin), {person(person_number)}));
  TestActor& actor = ledger_.actor(role);
  const SignedRequest request = ledger_.make_request(actor, {statement});
  const AppendResult result = ledger_.submit(actor, request);
  ASSERT_TRUE(std::holds_alternative<AppendReceipt>(result));
  for (const Opening& opening : request.openings) {
    openings_.push_back(sealed(*keys(),
                               ledger_.machine().head().id,
                               std::get<AppendReceipt>(result).first,
                               person(person_number),
                               opening));
  }
}

void AttackedData::rewrite_log(const std::function<void(LedgerBatch&)>& edit) {
  const fs::path before = folder_.path() / "log-before";
  fs::remove_all(before);
  fs::rename(data_ / "log", before);
  const auto journal = open_rocksdb_journal_read_only(before);
  ASSERT_TRUE(journal.has_value());
  write_log(**journal, data_, edit);
}

std::unique_ptr<PersonKeys> AttackedData::keys() const {
  auto keys = PersonKeys::open(data_ / "vault" / "person_keys", kek());
  EXPECT_TRUE(keys.has_value());
  return std::move(*keys);
}

void AttackedData::write_derived() const {
  const auto journal = open_rocksdb_journal_read_only(data_ / "log");
  auto store = open_row_store(data_ / "derived");
  ASSERT_TRUE(journal.has_value() && store.has_value());
  DerivedRows rows(std::move(*store));
  LedgerSet ledgers(rows, catalogue());
  ASSERT_TRUE(ledgers.catch_up(
      **journal, [](std::uint64_t) {}, [] {}));
  ASSERT_TRUE(rows.store().write(rows.freeze()));
  rows.thaw();
  ASSERT_TRUE(rows.store().flush());
}

}  // namespace juanzong::testing
