// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_head.h"

#include "events/model/byte_io.h"

namespace juanzong {

std::string encode_ledger_head(const LedgerHead& head) {
  ByteWriter out;
  out.put(head.id.view());
  out.put_sized<std::uint16_t>(bytes_of(head.name));
  out.put_sized<std::uint16_t>(bytes_of(head.origin));
  out.put(static_cast<std::uint16_t>(head.zone.rows().size()));
  for (const ZoneRow& row : head.zone.rows()) {
    out.put_i64(row.from.value).put_i64(row.offset_seconds);
  }
  out.put(head.tree.size()).put(static_cast<std::uint8_t>(head.tree.frontier().size()));
  for (const crypto::Digest& hash : head.tree.frontier()) {
    out.put(hash);
  }
  out.put(head.last_leaf).put_i64(head.last_recorded_at.value).put(head.policy_version);
  out.put(head.rules_version);
  return std::string(text_of(out.view()));
}

std::optional<LedgerHead> decode_ledger_head(std::string_view bytes) {
  ByteReader in(bytes_of(bytes));
  LedgerHead head;
  head.id = LedgerId{in.take_array<16>()};
  head.name = text_of(in.take_sized<std::uint16_t>());
  head.origin = text_of(in.take_sized<std::uint16_t>());
  std::vector<ZoneRow> zone(in.take<std::uint16_t>());
  for (ZoneRow& row : zone) {
    row.from = UnixMicros{in.take_i64()};
    row.offset_seconds = static_cast<std::int32_t>(in.take_i64());
  }
  const auto size = in.take<std::uint64_t>();
  std::vector<crypto::Digest> frontier(in.take<std::uint8_t>());
  for (crypto::Digest& hash : frontier) {
    hash = in.take_digest();
  }
  head.last_leaf = in.take_digest();
  head.last_recorded_at = UnixMicros{in.take_i64()};
  head.policy_version = in.take<std::uint32_t>();
  head.rules_version = in.take<std::uint32_t>();
  auto tree = crypto::CompactRange::from_frontier(size, frontier);
  if (!in.finished() || !tree || zone.empty()) {
    return std::nullopt;
  }
  head.zone = CivilZone(std::move(zone));
  head.tree = *std::move(tree);
  return head;
}

}  // namespace juanzong
