// SPDX-License-Identifier: Apache-2.0
#include "events/log/journal_source.h"

#include "events/log/frame.h"

#include <utility>

namespace juanzong {

JournalSource::JournalSource(const Journal& journal, std::optional<LedgerId> ledger, bool checked)
    : cursor_(journal.tail(0)), ledger_(ledger), checked_(checked) {}

Outcome JournalSource::next(std::size_t wanted, RecordBlock& block) {
  while (block.records.size() < wanted) {
    Result<std::optional<Frame>> frame = cursor_->next();
    if (!frame) {
      return fail(frame.error());
    }
    if (!frame->has_value()) {
      return Done{};
    }
    const std::uint64_t position = (*frame)->head.position;
    const Outcome opened = checked_ ? check_frame_form((*frame)->chunks) : Outcome(Done{});
    // The records of a damaged frame are handed on, so that the verifier names the altered one.
    const Outcome taken = take(std::move(**frame), block);
    if (!opened || !taken) {
      return at_frame(position, opened ? taken.error() : opened.error());
    }
    ++frames_;
  }
  return Done{};
}

Outcome JournalSource::take(Frame frame, RecordBlock& block) {
  for (const BatchHead& batch : frame.batches) {
    ledgers_.insert(batch.ledger);
    if (!ledger_) {
      ledger_ = batch.ledger;
    }
    if (batch.ledger != *ledger_) {
      const Outcome chained = checked_ ? check_batch_chain(batch, frame.chunks) : Outcome(Done{});
      if (!chained) {
        return chained;
      }
      continue;
    }
    const std::size_t end = std::size_t{batch.first_chunk} + batch.record_chunks;
    for (std::size_t chunk = batch.first_chunk; chunk < end; ++chunk) {
      block.storage.push_back(std::move(frame.chunks[chunk]));
      const Result<RecordChunk> parsed = parse_record_chunk(block.storage.back());
      if (!parsed) {
        return fail(parsed.error());
      }
      block.records.insert(block.records.end(), parsed->records.begin(), parsed->records.end());
    }
    stated_size_ = batch.tree_size;
    stated_root_ = batch.root;
  }
  return Done{};
}

}  // namespace juanzong
