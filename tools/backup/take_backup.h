// SPDX-License-Identifier: Apache-2.0
// Takes a backup of a data directory, also beside a running server: reads the journal up to the
// anchored position, which is durable, verifies all of it, and then seals what was verified to
// the recipient. RocksDB's own word is not taken for anything. Writes FILE and FILE.keys, and
// nothing in the data directory.
#pragma once

#include "crypto/recipient_key.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/backup/backup_format.h"
#include "tools/backup/sealed_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace juanzong {

struct BackupOrder {
  std::filesystem::path data;
  std::filesystem::path out;
  crypto::RecipientKey recipient;
  UnixMicros now;
  unsigned threads = 2;
  // Records verified and records sealed, together.
  std::function<void(std::uint64_t records)> progress = {};
};

struct TakenBackup {
  BackupHeader header;
  SealedFileDigest digest;
  std::uint64_t erased_blobs = 0;
  std::filesystem::path keys;
  UnixMicros destroy_keys_by;
};

[[nodiscard]] std::filesystem::path key_copy_of(const std::filesystem::path& backup);

// environment: no data directory, or FILE or FILE.keys is there; corruption: what lies in the
// directory is damaged, or lacks an attachment that a record names; ledger_behind_anchor: the
// journal is behind its anchor. Nothing is left behind by a failure.
[[nodiscard]] Result<TakenBackup> take_backup(const BackupOrder& order);

}  // namespace juanzong
