// SPDX-License-Identifier: Apache-2.0
// Attachments: scans, drawings, photos, sealed in chunks of 256 KiB under the subject's key, one
// file per blob named by its random id (docs/FORMATS.md, section 9). A blob is durable (data
// synced, renamed, folder synced) before store() returns; only then may an append name it.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/model/ids.h"
#include "events/model/result.h"

#include <filesystem>

namespace juanzong {

class BlobStore {
 public:
  // Creates the directory when it is missing.
  explicit BlobStore(std::filesystem::path directory);

  // limit_exceeded above 64 MiB. Storing the same id again is refused.
  [[nodiscard]] Outcome store(const BlobId& id,
                              const crypto::SecretKey& key,
                              ByteView content) const;
  [[nodiscard]] bool has(const BlobId& id) const;
  // Whether its first chunk opens under the key: it is that person's.
  [[nodiscard]] bool opens(const BlobId& id, const crypto::SecretKey& key) const;
  // Gone when it returns; one that is not there is gone.
  [[nodiscard]] Outcome remove(const BlobId& id) const;
  // not_found, or corruption if a chunk does not open under the key.
  [[nodiscard]] Result<Bytes> load(const BlobId& id, const crypto::SecretKey& key) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const BlobId& id) const;
  std::filesystem::path directory_;
};

}  // namespace juanzong
