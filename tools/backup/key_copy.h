// SPDX-License-Identifier: Apache-2.0
// The copy of the person keys that belongs to a backup: a file of its own, because erasing a
// person must reach it. Its head, plain lines that the operator and his scripts can read, says by
// when the file must be destroyed; what is sealed is DIR/vault/person_keys as it lay there, keys
// wrapped under the key-encryption key, which is in neither file.
//
//   juanzong/backup-keys/v1
//   backup <SHA-256 of the backup, hexadecimal>
//   created <RFC 3339>
//   destroy-by <RFC 3339>
#pragma once

#include "crypto/digest.h"
#include "crypto/recipient_key.h"
#include "crypto/secret_bytes.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include <filesystem>
#include <string_view>

namespace juanzong {

inline constexpr std::string_view key_copy_kind = "juanzong/backup-keys/v1";
// How long a person who was erased may still be read by whoever has the copy and the
// key-encryption key.
inline constexpr std::int64_t key_copy_days = 30;

struct KeyCopy {
  crypto::Digest backup;
  UnixMicros created;
  UnixMicros destroy_by;
  Bytes person_keys;
};

// destroy_by is key_copy_days after `created`; not_permitted if the file exists.
[[nodiscard]] Result<UnixMicros> write_key_copy(const std::filesystem::path& file,
                                                const crypto::RecipientKey& recipient,
                                                const crypto::Digest& backup,
                                                UnixMicros created,
                                                ByteView person_keys);
// Errors as of SealedFileReader::open.
[[nodiscard]] Result<KeyCopy> read_key_copy(const std::filesystem::path& file,
                                            const crypto::SecretKey& private_key);

}  // namespace juanzong
