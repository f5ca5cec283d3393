// SPDX-License-Identifier: Apache-2.0
// What a backup holds (docs/FORMATS.md, section 12), inside the sealed stream of a file whose
// plain head is the kind alone. Integers little-endian:
//
//   header   u32 length ‖ "JZBK" ‖ format u32 = 1 ‖ created i64 ‖ next position u64 ‖ tip 32 ‖
//            blobs u64 ‖ ledgers u16 ‖ ledgers × (id 16 ‖ size u64 ‖ root 32 ‖
//            origin (u16 length) ‖ name (u16 length)), ids ascending
//   frames   one for each position below the next: chunks u16 ‖ chunks × (u32 length ‖ bytes)
//   blobs    ids ascending: id 16 ‖ state u8; 1: stored, u32 length ‖ the sealed file as it lay in
//            DIR/blobs; 2: erased with its subject's key, nothing follows
#pragma once

#include "crypto/digest.h"

#include "events/log/journal.h"
#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

inline constexpr std::string_view backup_kind = "juanzong/backup/v1";

struct BackedUpLedger {
  LedgerId id;
  std::uint64_t size = 0;
  crypto::Digest root;
  std::string origin;
  std::string name;
  bool operator==(const BackedUpLedger&) const = default;
};

struct BackupHeader {
  UnixMicros created;
  JournalHead end;
  std::uint64_t blobs = 0;
  std::vector<BackedUpLedger> ledgers;  // ids ascending
  bool operator==(const BackupHeader&) const = default;
};

inline constexpr std::size_t backup_header_bytes_max = std::size_t{1} << 20U;

// Without the length in front.
[[nodiscard]] Bytes encode_backup_header(const BackupHeader& header);
// nullopt for every byte string that encode_backup_header would not write.
[[nodiscard]] std::optional<BackupHeader> parse_backup_header(ByteView bytes);

enum class BlobState : std::uint8_t { stored = 1, erased = 2 };

struct BackedUpBlob {
  BlobId id;
  BlobState state = BlobState::stored;
  Bytes sealed;
};

// As they stand in the stream.
[[nodiscard]] Bytes encode_backup_frame(const Frame& frame);
[[nodiscard]] Bytes encode_backup_blob(const BackedUpBlob& blob);

}  // namespace juanzong
