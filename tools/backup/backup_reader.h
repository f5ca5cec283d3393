// SPDX-License-Identifier: Apache-2.0
// A backup as it is read: header, frames, blobs, end, each once and in this order. The stream
// shows every altered byte; whether the frames are a whole journal shows the journal verifier.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/log/journal.h"
#include "events/model/result.h"

#include "tools/backup/backup_format.h"
#include "tools/backup/sealed_file.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace juanzong {

class BackupReader final : public JournalCursor {
 public:
  // As SealedFileReader::open.
  [[nodiscard]] static Result<std::unique_ptr<BackupReader>> open(
      const std::filesystem::path& file, const crypto::SecretKey& private_key);

  [[nodiscard]] const BackupHeader& header() const { return header_; }
  // The frames in order, then nullopt.
  [[nodiscard]] Result<std::optional<Frame>> next() override;
  // After the frames: the blobs, then nullopt.
  [[nodiscard]] Result<std::optional<BackedUpBlob>> next_blob();
  // After the blobs; of the whole file.
  [[nodiscard]] Result<SealedFileDigest> finish();

 private:
  BackupReader() = default;
  [[nodiscard]] Outcome read_header();
  [[nodiscard]] Result<Bytes> take_long(std::size_t bytes_max);

  std::unique_ptr<SealedFileReader> file_;
  BackupHeader header_;
  std::uint64_t frames_ = 0;
  std::uint64_t blobs_ = 0;
  std::optional<BlobId> last_blob_;
};

}  // namespace juanzong
