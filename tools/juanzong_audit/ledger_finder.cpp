// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/ledger_finder.h"

#include "events/log/frame.h"
#include "events/log/record_scan.h"

#include "tools/juanzong_audit/key_book.h"

namespace juanzong::audit {
namespace {

Result<ParsedFrameHeader> header_at(const Journal& journal, std::uint64_t position) {
  const Result<Bytes> chunk = journal.chunk(position, 0);
  return chunk ? parse_frame_header(*chunk) : fail(chunk.error());
}

// What record 0 calls the ledger.
std::string name_in(const Journal& journal, std::uint64_t position, std::uint16_t chunk) {
  const Result<Bytes> bytes = journal.chunk(position, chunk);
  const Result<RecordChunk> records =
      bytes ? parse_record_chunk(*bytes) : Result<RecordChunk>(fail(bytes.error()));
  RecordScan scan;
  KeyBook book;
  const bool read = records && !records->records.empty() &&
                    scan_record(records->records.front(), scan) && !book.read(scan);
  return read && book.genesis() ? book.genesis()->name : std::string();
}

}  // namespace

FoundLedgers find_ledgers(const Journal& journal) {
  FoundLedgers found;
  const std::uint64_t end = journal.head().next_position;
  for (std::uint64_t position = 0; position < end; ++position) {
    const Result<ParsedFrameHeader> header = header_at(journal, position);
    if (!header) {
      found.whole = false;
      continue;
    }
    for (const BatchHead& batch : header->batches) {
      if (batch.first == RecordIndex{0}) {
        found.ledgers.push_back({batch.ledger, name_in(journal, position, batch.first_chunk)});
        found.whole = found.whole && !found.ledgers.back().name.empty();
      }
    }
  }
  return found;
}

std::optional<LedgerId> first_ledger(const Journal& journal) {
  const Result<ParsedFrameHeader> header = header_at(journal, 0);
  return header && !header->batches.empty() ? std::optional(header->batches.front().ledger)
                                            : std::nullopt;
}

}  // namespace juanzong::audit
