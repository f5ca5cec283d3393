// SPDX-License-Identifier: Apache-2.0
#include "events/log/journal_verifier.h"

#include "events/log/examined_block.h"
#include "events/log/ordered_pass.h"

#include <algorithm>
#include <string>
#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t block_records = 8'192;
constexpr std::size_t records_worth_a_thread = 1'024;

Failure wrong(const LogFinding& finding) {
  return fail(
      ErrorCode::corruption,
      "record " + std::to_string(number(finding.index)) + ": " + finding.zh + " / " + finding.en);
}

}  // namespace

struct JournalVerifier::Ledger {
  LogVerification found;
  OrderedPass pass{found};
  LogVerifierOptions options;
  RecordBlock pending;
  std::map<std::uint64_t, crypto::Digest> stated;  // roots by size, of the pending batches
};

JournalVerifier::JournalVerifier(JournalVerifierOptions options) : options_(std::move(options)) {
  std::ranges::sort(options_.watched_sizes);
}

JournalVerifier::~JournalVerifier() = default;

Outcome JournalVerifier::add(const Frame& frame) {
  const Outcome formed = check_frame_form(frame.chunks);
  if (!formed) {
    return at_frame(head_.next_position, formed.error());
  }
  const Result<ParsedFrameHeader> header = parse_frame_header(frame.chunks.front());
  if (!header) {
    return at_frame(head_.next_position, header.error());
  }
  if (header->head.position != head_.next_position || header->head.prev_tip != head_.tip) {
    return at_frame(head_.next_position,
                    {ErrorCode::corruption, "does not follow the frame before"});
  }
  for (const BatchHead& batch : header->batches) {
    if (const Outcome added = add_batch(batch, frame.chunks); !added) {
      return at_frame(head_.next_position, added.error());
    }
  }
  head_ = JournalHead{head_.next_position + 1, header->tip};
  return Done{};
}

Outcome JournalVerifier::add_batch(const BatchHead& batch, const std::vector<Bytes>& chunks) {
  std::unique_ptr<Ledger>& ledger = ledgers_[batch.ledger];
  if (!ledger) {
    ledger = std::make_unique<Ledger>();
    if (options_.visit) {
      ledger->options.visit = [this, id = batch.ledger](const VerifiedRecord& record) {
        options_.visit(id, record);
        return true;
      };
    }
  }
  const std::size_t end = std::size_t{batch.first_chunk} + batch.record_chunks;
  for (std::size_t chunk = batch.first_chunk; chunk < end; ++chunk) {
    RecordBlock& block = ledger->pending;
    block.storage.push_back(chunks[chunk]);
    const Result<RecordChunk> parsed = parse_record_chunk(block.storage.back());
    if (!parsed) {
      return fail(parsed.error());
    }
    block.records.insert(block.records.end(), parsed->records.begin(), parsed->records.end());
  }
  records_ += batch.count;
  ledger->stated[batch.tree_size] = batch.root;
  return ledger->pending.records.size() >= block_records ? judge(batch.ledger, *ledger)
                                                         : Outcome(Done{});
}

Outcome JournalVerifier::judge(const LedgerId& id, Ledger& ledger) {
  ledger.options.watched_sizes = options_.watched_sizes;
  for (const auto& [size, root] : ledger.stated) {
    ledger.options.watched_sizes.push_back(size);
  }
  std::ranges::sort(ledger.options.watched_sizes);
  const std::size_t block_size = ledger.pending.records.size();
  ExaminedBlock block(std::exchange(ledger.pending, {}));
  const bool large = block_size >= records_worth_a_thread;
  block.start(large ? std::max(options_.threads, 1U) - 1 : 0);
  const std::span<const ExaminedRecord> examined = block.finish();
  for (std::size_t i = 0; i < examined.size(); ++i) {
    const ExaminedRecord* next = i + 1 < examined.size() ? &examined[i + 1] : nullptr;
    if (!ledger.pass.accept(examined[i], next, ledger.options)) {
      return wrong(*ledger.found.finding);
    }
  }
  for (const auto& [size, root] : std::exchange(ledger.stated, {})) {
    const auto found = ledger.found.roots.find(size);
    if (found == ledger.found.roots.end() || found->second != root) {
      return fail(ErrorCode::corruption,
                  "ledger " + hex_of(id.bytes) + ": another root at size " + std::to_string(size));
    }
    if (!std::ranges::binary_search(options_.watched_sizes, size)) {
      ledger.found.roots.erase(found);
    }
  }
  return Done{};
}

Outcome JournalVerifier::finish() {
  for (auto& [id, ledger] : ledgers_) {
    if (const Outcome judged = judge(id, *ledger); !judged) {
      return judged;
    }
    ledger->pass.finish();
    if (ledger->found.finding) {
      return wrong(*ledger->found.finding);
    }
    if (std::ranges::binary_search(options_.watched_sizes, std::uint64_t{0})) {
      ledger->found.roots.emplace(0, crypto::empty_root());
    }
  }
  return Done{};
}

std::map<LedgerId, LogVerification> JournalVerifier::ledgers() const {
  std::map<LedgerId, LogVerification> found;
  for (const auto& [id, ledger] : ledgers_) {
    found.emplace(id, ledger->found);
  }
  return found;
}

Outcome verify_frames(JournalCursor& cursor,
                      const JournalHead& end,
                      JournalVerifier& verifier,
                      const std::function<Outcome(const Frame&)>& each) {
  while (verifier.head().next_position < end.next_position) {
    const Result<std::optional<Frame>> frame = cursor.next();
    if (!frame) {
      return fail(frame.error());
    }
    if (!frame->has_value()) {
      return fail(ErrorCode::ledger_behind_anchor,
                  "the frames end at " + std::to_string(verifier.head().next_position) +
                      ", expected " + std::to_string(end.next_position));
    }
    Outcome taken = verifier.add(**frame);
    taken = taken && each ? each(**frame) : taken;
    if (!taken) {
      return taken;
    }
  }
  if (verifier.head() != end) {
    return fail(ErrorCode::ledger_behind_anchor, "another frame stands at the anchored position");
  }
  return verifier.finish();
}

}  // namespace juanzong
