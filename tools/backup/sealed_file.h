// SPDX-License-Identifier: Apache-2.0
// A file that leaves the machine: a head of plain lines that anybody may read, an empty line, then
// a stream sealed to a recipient (crypto/sealed_stream.h) with the head as its context, so that
// nothing of either can be altered.
#pragma once

#include "crypto/digest.h"
#include "crypto/recipient_key.h"
#include "crypto/sealed_stream.h"
#include "crypto/secret_bytes.h"
#include "crypto/sha256.h"

#include "events/model/result.h"
#include "events/storage/new_file.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace juanzong {

struct SealedFileDigest {
  crypto::Digest sha256;  // of the whole file
  std::uint64_t bytes = 0;
};

class SealedFileWriter {
 public:
  // `head`: lines, each ended, none of them empty. environment: a recipient key to which nothing
  // can be sealed.
  [[nodiscard]] static Result<std::unique_ptr<SealedFileWriter>> begin(
      const std::filesystem::path& file,
      const std::string& head,
      const crypto::RecipientKey& recipient);

  [[nodiscard]] Outcome put(ByteView plain);
  // The file is in its place and durable; not_permitted if there is one of that name. Once.
  [[nodiscard]] Result<SealedFileDigest> finish();

 private:
  SealedFileWriter(std::unique_ptr<NewFile> file, crypto::StreamSealer sealer);
  [[nodiscard]] Outcome write(ByteView bytes);

  std::unique_ptr<NewFile> file_;
  crypto::StreamSealer sealer_;
  crypto::Sha256 hash_;
  std::uint64_t bytes_ = 0;
  Bytes pending_;  // at most one chunk
};

class SealedFileReader {
 public:
  // Any head that begins with `kind` ‖ "\n". environment: no such file; key_not_valid: sealed to
  // another key; corruption: not of that kind, or altered.
  [[nodiscard]] static Result<std::unique_ptr<SealedFileReader>> open(
      const std::filesystem::path& file,
      std::string_view kind,
      const crypto::SecretKey& private_key);

  [[nodiscard]] const std::string& head() const { return head_; }
  // Exactly so many bytes; corruption if the stream is altered, or ends before.
  [[nodiscard]] Result<Bytes> take(std::size_t count);
  // Everything up to the end; limit_exceeded above `bytes_max`.
  [[nodiscard]] Result<Bytes> take_rest(std::size_t bytes_max);
  // corruption if anything follows.
  [[nodiscard]] Outcome expect_end();
  // Of the whole file, once the end was reached; ends the reader's use.
  [[nodiscard]] SealedFileDigest digest() { return {hash_.finish(), bytes_}; }

 private:
  SealedFileReader() = default;
  [[nodiscard]] Outcome read_head(std::string_view kind);
  [[nodiscard]] Bytes read_raw(std::size_t count);
  [[nodiscard]] Outcome next_chunk();
  [[nodiscard]] Failure damaged(std::string_view what) const;

  std::string name_;
  std::ifstream in_;
  std::string head_;
  std::unique_ptr<crypto::StreamOpener> opener_;
  crypto::Sha256 hash_;
  std::uint64_t bytes_ = 0;
  Bytes chunk_;
  std::size_t taken_ = 0;  // of chunk_
  bool at_end_ = false;    // chunk_ is the last
};

}  // namespace juanzong
