// SPDX-License-Identifier: Apache-2.0
#include "projections/proofs/log_replay.h"

#include "crypto/merkle_tree.h"

#include "events/log/log_verifier.h"
#include "events/log/record.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/ledger_set.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr LedgerOrdinal ordinal{0};
constexpr std::size_t records_per_frame = 1'000;

class Listed final : public RecordSource {
 public:
  explicit Listed(const std::vector<Bytes>& records) : records_(records) {}
  [[nodiscard]] Outcome next(std::size_t count, RecordBlock& block) override {
    for (std::size_t i = 0; i < count && at_ < records_.size(); ++i, ++at_) {
      block.add(records_[at_]);
    }
    return Done{};
  }

 private:
  const std::vector<Bytes>& records_;
  std::size_t at_ = 0;
};

// Into frames as a journal would hold them.
void fill(ListedJournal& journal, const std::vector<Bytes>& records, std::string_view origin) {
  crypto::CompactRange tree;
  crypto::Digest leaf = genesis_link(origin);
  for (std::size_t from = 0; from < records.size(); from += records_per_frame) {
    LedgerBatch batch;
    batch.ledger = ledger_id_of(origin);
    batch.first = RecordIndex{from};
    batch.prev_leaf = leaf;
    for (std::size_t i = from; i < std::min(records.size(), from + records_per_frame); ++i) {
      leaf = crypto::leaf_hash(records[i]);
      tree.append(leaf);
      batch.records.push_back(records[i]);
    }
    batch.last_leaf = leaf;
    batch.tree_size = tree.size();
    batch.root = tree.root();
    FrameHead head;
    head.position = journal.head().next_position;
    head.prev_tip = journal.head().tip;
    journal.add(seal_frame(head, {std::move(batch)}));
  }
}

}  // namespace

Result<LogReplay> replay_log(const std::vector<Bytes>& records) {
  Listed source(records);
  const LogVerification log = verify_log(source, {});
  if (log.finding) {
    return fail(ErrorCode::proof_invalid,
                "记录 " + std::to_string(number(log.finding->index)) + ": " + log.finding->zh +
                    " / " + log.finding->en);
  }
  LogReplay replay;
  replay.journal = std::make_unique<ListedJournal>();
  replay.rows = std::make_unique<DerivedRows>(make_memory_row_store());
  replay.size = log.size;
  replay.root = log.root;
  fill(*replay.journal, records, log.origin);
  LedgerSet ledgers(*replay.rows, catalogue());
  const Outcome folded = ledgers.catch_up(
      *replay.journal, [](std::uint64_t) {}, [] {});
  if (!folded) {
    return fail(ErrorCode::proof_invalid, to_text(folded.error()));
  }
  if (!ledgers.broken().empty() || ledgers.all().empty()) {
    return fail(ErrorCode::proof_invalid, "the records cannot be folded");
  }
  const LedgerHead& head = ledgers.all().front()->head();
  replay.name = head.name;
  replay.zone = head.zone;
  replay.last_recorded_at = head.last_recorded_at;
  return replay;
}

Result<Report> ask_replay(const LogReplay& replay,
                          std::string_view view,
                          const QueryArguments& arguments) {
  const DerivedRows::Snapshot rows(*replay.rows);
  const RecordReader reader(rows, *replay.journal, ordinal);
  RoleSet auditor;
  auditor.add(Role::aud);
  const QuerySource source{
      rows, reader, catalogue(), ordinal, replay.name, auditor, {}, replay.last_recorded_at};
  return run_query(source, view, arguments);
}

}  // namespace juanzong
