// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/backup_reader.h"

#include "events/model/byte_io.h"
#include "events/model/limits.h"

#include <string>
#include <utility>

namespace juanzong {
namespace {

// Far above any chunk or sealed blob; a forged length must not take the memory.
constexpr std::size_t chunk_bytes_max = limits::batch_bytes_max * 4;
constexpr std::size_t blob_file_bytes_max = limits::blob_bytes_max + (std::size_t{1} << 20U);

Failure wrong(std::string_view what) {
  return fail(ErrorCode::corruption, "backup: " + std::string(what));
}

template <class Integer>
Result<Integer> take_integer(SealedFileReader& file) {
  const Result<Bytes> bytes = file.take(sizeof(Integer));
  return bytes ? Result<Integer>(ByteReader(*bytes).take<Integer>()) : fail(bytes.error());
}

}  // namespace

Result<std::unique_ptr<BackupReader>> BackupReader::open(const std::filesystem::path& file,
                                                         const crypto::SecretKey& private_key) {
  Result<std::unique_ptr<SealedFileReader>> opened =
      SealedFileReader::open(file, backup_kind, private_key);
  if (!opened) {
    return fail(opened.error());
  }
  std::unique_ptr<BackupReader> reader(new BackupReader());  // NOLINT: private constructor
  reader->file_ = std::move(*opened);
  const Outcome header = reader->read_header();
  return header ? Result<std::unique_ptr<BackupReader>>(std::move(reader)) : fail(header.error());
}

Outcome BackupReader::read_header() {
  const Result<Bytes> bytes = take_long(backup_header_bytes_max);
  if (!bytes) {
    return fail(bytes.error());
  }
  auto header = parse_backup_header(*bytes);
  if (!header) {
    return wrong("its header cannot be read by this program");
  }
  header_ = *std::move(header);
  return Done{};
}

Result<Bytes> BackupReader::take_long(std::size_t bytes_max) {
  const Result<std::uint32_t> length = take_integer<std::uint32_t>(*file_);
  if (!length) {
    return fail(length.error());
  }
  return *length <= bytes_max ? file_->take(*length) : wrong("a length beyond its limit");
}

Result<std::optional<Frame>> BackupReader::next() {
  if (frames_ == header_.end.next_position) {
    return std::optional<Frame>();
  }
  const Result<std::uint16_t> count = take_integer<std::uint16_t>(*file_);
  if (!count) {
    return fail(count.error());
  }
  Frame frame;
  for (std::size_t i = 0; i < *count; ++i) {
    Result<Bytes> chunk = take_long(chunk_bytes_max);
    if (!chunk) {
      return fail(chunk.error());
    }
    frame.chunks.push_back(std::move(*chunk));
  }
  if (frame.chunks.empty()) {
    return wrong("a frame without chunks");
  }
  Result<ParsedFrameHeader> header = parse_frame_header(frame.chunks.front());
  if (!header) {
    return at_frame(frames_, header.error());
  }
  frame.head = header->head;
  frame.batches = std::move(header->batches);
  frame.tip = header->tip;
  ++frames_;
  return std::optional<Frame>(std::move(frame));
}

Result<std::optional<BackedUpBlob>> BackupReader::next_blob() {
  if (blobs_ == header_.blobs) {
    return std::optional<BackedUpBlob>();
  }
  const Result<Bytes> start = file_->take(17);
  if (!start) {
    return fail(start.error());
  }
  ByteReader in(*start);
  BackedUpBlob blob;
  blob.id = BlobId{in.take_array<16>()};
  const auto state = in.take<std::uint8_t>();
  const bool known = state == static_cast<std::uint8_t>(BlobState::stored) ||
                     state == static_cast<std::uint8_t>(BlobState::erased);
  if (!known || (last_blob_ && !(*last_blob_ < blob.id))) {
    return wrong("attachments out of order");
  }
  blob.state = static_cast<BlobState>(state);
  if (blob.state == BlobState::stored) {
    Result<Bytes> sealed = take_long(blob_file_bytes_max);
    if (!sealed) {
      return fail(sealed.error());
    }
    blob.sealed = std::move(*sealed);
  }
  last_blob_ = blob.id;
  ++blobs_;
  return std::optional<BackedUpBlob>(std::move(blob));
}

Result<SealedFileDigest> BackupReader::finish() {
  const Outcome end = file_->expect_end();
  return end ? Result<SealedFileDigest>(file_->digest()) : fail(end.error());
}

}  // namespace juanzong
