// SPDX-License-Identifier: Apache-2.0
#include "projections/proofs/excerpt_ledger.h"

#include "events/model/check.h"
#include "events/procedures/parties.h"
#include "events/storage/memory_row_store.h"

#include "projections/engine/row_keys.h"
#include "projections/state/fold.h"
#include "projections/state/key_name.h"
#include "projections/state/ledger_world.h"
#include "projections/state/log_index.h"

#include <bit>

namespace juanzong {
namespace {

constexpr LedgerOrdinal ordinal{0};

class NoFrames final : public JournalCursor {
 public:
  [[nodiscard]] Result<std::optional<Frame>> next() override { return std::optional<Frame>(); }
};

// Size and name; the frontier stands for nothing, nobody asks an excerpt for a root.
LedgerHead head_of(const GenesisFacts& facts, std::uint64_t size) {
  LedgerHead head;
  head.id = ledger_id_of(facts.origin);
  head.name = facts.name;
  head.origin = facts.origin;
  head.zone = facts.zone;
  const std::vector<crypto::Digest> frontier(static_cast<std::size_t>(std::popcount(size)));
  const auto tree = crypto::CompactRange::from_frontier(size, frontier);
  check(tree.has_value(), "a frontier has a hash for each bit of its size");
  head.tree = *tree;
  return head;
}

Result<GenesisFacts> genesis_of(const Catalogue& catalogue, const Bytes& bytes) {
  const Result<RecordView> record = parse_record(bytes);
  if (!record || record->index != RecordIndex{0} ||
      record->statement.type != catalogue.find(genesis_event)->descriptor.type) {
    return fail(ErrorCode::corruption, "record 0 is not LedgerCreated");
  }
  return read_genesis(record->statement.body);
}

Frame frame_of(const LedgerId& ledger, RecordIndex index, const Bytes& record) {
  LedgerBatch batch;
  batch.ledger = ledger;
  batch.first = index;
  batch.tree_size = number(index) + 1;
  batch.records.push_back(record);
  FrameHead head;
  head.position = number(index);
  return seal_frame(head, {std::move(batch)});
}

}  // namespace

std::unique_ptr<JournalCursor> ExcerptJournal::tail(std::uint64_t) const {
  return std::make_unique<NoFrames>();
}

Result<Bytes> ExcerptJournal::chunk(std::uint64_t position, std::uint16_t chunk) const {
  const auto found = frames_.find(position);
  if (found == frames_.end() || chunk >= found->second.chunks.size()) {
    return fail(ErrorCode::not_found, "chunk");
  }
  return found->second.chunks[chunk];
}

Result<ExcerptLedger> make_excerpt_ledger(const Catalogue& catalogue,
                                          const std::map<RecordIndex, Bytes>& records,
                                          const std::set<std::string>& streams,
                                          std::uint64_t size) {
  const auto first = records.find(RecordIndex{0});
  const Result<GenesisFacts> facts = first == records.end()
                                         ? fail(ErrorCode::corruption, "record 0 is missing")
                                         : genesis_of(catalogue, first->second);
  if (!facts) {
    return fail(facts.error());
  }
  ExcerptLedger made{std::make_unique<DerivedRows>(make_memory_row_store()),
                     std::make_unique<ExcerptJournal>(),
                     head_of(*facts, size),
                     {}};
  LedgerWorld world(*made.rows, ordinal, catalogue, facts->zone);
  LogIndex index(*made.rows, ordinal, 0);
  RowBatch rows;
  for (const auto& [at, bytes] : records) {
    const Result<RecordView> record = parse_record(bytes);
    if (!record) {
      return fail(record.error());
    }
    const KeyName key(record->header.key_id);
    const auto* holder = world.find<ActorKeyState>(key);
    const std::string actor = holder == nullptr ? std::string() : holder->staff;
    world.begin_request(false);
    world.begin_record(at);
    if (const Outcome folded = fold_record(catalogue, *record, actor, world); !folded) {
      return fail(folded.error());
    }
    for (const StreamView& stream : record->statement.streams) {
      if (streams.contains(std::string(stream.name))) {
        index.append_to_stream(stream.name, at);
      }
    }
    made.keys.insert("key:" + std::string(std::string_view(key)));
    Frame frame = frame_of(made.head.id, at, bytes);
    rows.put(locator_key(ordinal, at),
             locator_value(number(at), frame.batches.front().first_chunk));
    made.journal->add(at, std::move(frame));
  }
  world.drain(rows, 1);
  index.drain(rows, 1);
  rows.put(ledger_head_key(ordinal), encode_ledger_head(made.head));
  made.rows->publish(std::move(rows), records.size());
  return made;
}

}  // namespace juanzong
