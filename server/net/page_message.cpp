// SPDX-License-Identifier: Apache-2.0
#include "server/net/page_message.h"

#include "events/model/byte_io.h"
#include "events/model/limits.h"

#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t page_bytes_max = limits::frame_bytes_max - 4 * 1024;
constexpr std::size_t record_overhead_bytes = 32;  // table, vector and padding around a record

// How many of the records one reply can carry; at least one, since a record is the smaller.
std::size_t records_that_fit(const std::vector<Bytes>& records) {
  std::size_t bytes = 0;
  std::size_t kept = 0;
  while (kept < records.size()) {
    bytes += records[kept].size() + record_overhead_bytes;
    if (bytes > page_bytes_max) {
      break;
    }
    ++kept;
  }
  return kept;
}

// Position of a record in its ledger, from its fixed layout.
std::uint64_t index_of(const Bytes& record) {
  constexpr std::size_t index_offset = 8;
  ByteReader in(record);
  in.take_view(index_offset);
  return in.take<std::uint64_t>();
}

}  // namespace

message::Records to_message(RecordPage page, PageOf kind) {
  const std::size_t kept = records_that_fit(page.records);
  const std::size_t dropped = page.records.size() - kept;
  if (dropped > 0) {
    // A ledger's page may leave out records that the reader may not see; a stream's has all.
    page.next = kind == PageOf::ledger ? index_of(page.records[kept]) : page.next - dropped;
    page.records.resize(kept);
  }
  return {std::move(page.records), page.next, page.tree_size, page.stream_version};
}

}  // namespace juanzong
