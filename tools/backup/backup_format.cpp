// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/backup_format.h"

#include "events/model/byte_io.h"
#include "events/model/limits.h"

#include <utility>

namespace juanzong {
namespace {

constexpr std::string_view magic = "JZBK";
constexpr std::uint32_t format = 1;
constexpr std::size_t name_bytes_max = 255;

static_assert(limits::ledgers_max *
                  (16 + 8 + 32 + 2 + limits::origin_bytes_max + 2 + name_bytes_max) <
              backup_header_bytes_max);

BackedUpLedger take_ledger(ByteReader& in) {
  BackedUpLedger ledger;
  ledger.id = LedgerId{in.take_array<16>()};
  ledger.size = in.take<std::uint64_t>();
  ledger.root = in.take_digest();
  ledger.origin = text_of(in.take_sized<std::uint16_t>());
  ledger.name = text_of(in.take_sized<std::uint16_t>());
  return ledger;
}

}  // namespace

Bytes encode_backup_header(const BackupHeader& header) {
  ByteWriter out;
  out.put(magic).put(format).put_i64(header.created.value);
  out.put(header.end.next_position).put(header.end.tip).put(header.blobs);
  out.put(static_cast<std::uint16_t>(header.ledgers.size()));
  for (const BackedUpLedger& ledger : header.ledgers) {
    out.put(ledger.id.view()).put(ledger.size).put(ledger.root);
    out.put_sized<std::uint16_t>(bytes_of(ledger.origin));
    out.put_sized<std::uint16_t>(bytes_of(ledger.name));
  }
  return out.take();
}

std::optional<BackupHeader> parse_backup_header(ByteView bytes) {
  ByteReader in(bytes);
  const bool known =
      text_of(in.take_view(magic.size())) == magic && in.take<std::uint32_t>() == format;
  BackupHeader header;
  header.created = UnixMicros{in.take_i64()};
  header.end.next_position = in.take<std::uint64_t>();
  header.end.tip = in.take_digest();
  header.blobs = in.take<std::uint64_t>();
  const std::size_t count = in.take<std::uint16_t>();
  bool ascends = true;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    BackedUpLedger ledger = take_ledger(in);
    ascends = ascends && (header.ledgers.empty() || header.ledgers.back().id < ledger.id);
    header.ledgers.push_back(std::move(ledger));
  }
  return known && ascends && in.finished() ? std::optional(std::move(header)) : std::nullopt;
}

Bytes encode_backup_frame(const Frame& frame) {
  ByteWriter out;
  out.put(static_cast<std::uint16_t>(frame.chunks.size()));
  for (const Bytes& chunk : frame.chunks) {
    out.put_sized<std::uint32_t>(chunk);
  }
  return out.take();
}

Bytes encode_backup_blob(const BackedUpBlob& blob) {
  ByteWriter out;
  out.put(blob.id.view()).put(static_cast<std::uint8_t>(blob.state));
  if (blob.state == BlobState::stored) {
    out.put_sized<std::uint32_t>(blob.sealed);
  }
  return out.take();
}

}  // namespace juanzong
