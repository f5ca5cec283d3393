// SPDX-License-Identifier: Apache-2.0
// Restores a backup into a new data directory. Made beside as DIR.restoring and renamed at the
// end, after everything was verified, also as it lies on the disk then: a crash leaves nothing
// that a server would open. Derived rows are computed at the first opening; the ledgers' own keys
// (DIR/keys but vault.kek) are no part of any backup and are put back by hand.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/backup/read_backup.h"

#include <filesystem>
#include <optional>

namespace juanzong {

// The person keys to restore with: a copy and the key-encryption key of the vault.
struct KeysToRestore {
  std::filesystem::path copy;
  std::filesystem::path key_encryption_key;
  bool accept_expired = false;
};

struct RestoreOrder {
  BackupReading reading;  // without a sink
  std::filesystem::path data;
  std::optional<KeysToRestore> keys;  // nullopt: nobody's personal data can be read any more
  UnixMicros now;
};

struct RestoredBackup {
  VerifiedBackup backup;
  std::uint64_t opened_blobs = 0;  // under their subjects' keys
  std::optional<UnixMicros> destroy_keys_by;
};

// As read_backup; besides environment: DIR or DIR.restoring exists, or a wrong key-encryption key;
// not_permitted: the key copy should have been destroyed, or is older than the backup.
[[nodiscard]] Result<RestoredBackup> restore_backup(const RestoreOrder& order,
                                                    const crypto::SecretKey& private_key);

}  // namespace juanzong
