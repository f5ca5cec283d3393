// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/compromise_claim.h"

#include "crypto/signature.h"

#include "events/log/record_scan.h"
#include "events/model/byte_io.h"

#include <algorithm>

namespace juanzong::audit {
namespace {

constexpr std::size_t block_records = 8'192;

bool is_by(const RecordScan& scan, const KeyId& key) {
  if (scan.key_id == key) {
    return true;
  }
  ByteReader in(scan.signatures);
  while (in.ok() && in.position() < scan.signatures.size()) {
    if (KeyId{in.take_array<32>()} == key) {
      return true;
    }
    static_cast<void>(in.take_view(crypto::Signature::size_bytes));
  }
  return false;
}

}  // namespace

void count_records(RecordSource& source, std::vector<CompromiseClaim>& claims) {
  const auto last = std::ranges::max_element(claims, {}, &CompromiseClaim::index);
  if (last == claims.end()) {
    return;
  }
  const std::uint64_t end = last->index;
  for (std::uint64_t at = 0; at < end;) {
    RecordBlock block;
    const bool more = source.next(block_records, block).has_value() && !block.records.empty();
    for (const ByteView bytes : block.records) {
      RecordScan scan;
      if (!scan_record(bytes, scan)) {
        continue;
      }
      for (CompromiseClaim& claim : claims) {
        const bool within = scan.recorded_at >= claim.since && number(scan.index) < claim.index;
        claim.records += within && is_by(scan, claim.key) ? 1 : 0;
      }
    }
    at += block.records.size();
    if (!more) {
      return;
    }
  }
}

}  // namespace juanzong::audit
