// SPDX-License-Identifier: Apache-2.0
#include "events/storage/journal_cursor.h"

#include "events/storage/rocksdb_settings.h"

#include <string>
#include <utility>

namespace juanzong {
namespace {

Failure broken(std::uint64_t position, std::string_view what) {
  std::string detail = "frame " + std::to_string(position) + ": ";
  return fail(ErrorCode::corruption, detail.append(what));
}

}  // namespace

DatabaseCursor::DatabaseCursor(rocksdb::DB& database, HeadReader head, std::uint64_t from_position)
    : database_(database), head_(std::move(head)), position_(from_position) {}

Result<std::optional<Frame>> DatabaseCursor::next() {
  const std::uint64_t end = head_().next_position;
  if (position_ >= end) {
    iterator_.reset();  // an idle cursor pins no files
    return std::optional<Frame>();
  }
  if (const Outcome linked = start_link(); !linked) {
    return fail(linked.error());
  }
  if (!iterator_ || position_ >= iterator_end_) {
    place_iterator(end);
  }
  Result<Frame> frame = read_frame();
  if (!frame) {
    return fail(frame.error());
  }
  prev_tip_ = frame->tip;
  ++position_;
  return std::optional<Frame>(std::move(*frame));
}

Outcome DatabaseCursor::start_link() {
  if (prev_tip_) {
    return Done{};
  }
  if (position_ == 0) {
    prev_tip_ = crypto::Digest{};
    return Done{};
  }
  const Result<Bytes> before = read_chunk(database_, {position_ - 1, 0});
  if (!before) {
    return broken(position_ - 1, "missing");
  }
  const Result<ParsedFrameHeader> header = parse_frame_header(*before);
  if (!header) {
    return fail(header.error());
  }
  prev_tip_ = header->tip;
  return Done{};
}

void DatabaseCursor::place_iterator(std::uint64_t end) {
  rocksdb::ReadOptions read = verified_reads();
  read.readahead_size = 2UL << 20U;
  read.fill_cache = false;
  iterator_.reset(database_.NewIterator(read));
  iterator_end_ = end;
  const auto key = ChunkKey{position_, 0}.encode();
  iterator_->Seek(rocksdb::Slice(key.data(), key.size()));
}

Result<Frame> DatabaseCursor::read_frame() {
  Frame frame;
  for (; iterator_->Valid(); iterator_->Next()) {
    const std::optional<ChunkKey> key = ChunkKey::parse(iterator_->key());
    if (!key || (key->position == position_ && key->chunk != frame.chunks.size())) {
      return broken(position_, "chunks are not dense");
    }
    if (key->position != position_) {
      break;
    }
    const rocksdb::Slice value = iterator_->value();
    const ByteView bytes = bytes_of(std::string_view(value.data(), value.size()));
    frame.chunks.emplace_back(bytes.begin(), bytes.end());
  }
  if (!iterator_->status().ok()) {
    return failure_of(iterator_->status(), "reading frames");
  }
  if (frame.chunks.empty()) {
    return broken(position_, "missing");
  }
  const Result<ParsedFrameHeader> header = parse_frame_header(frame.chunks.front());
  if (!header) {
    return fail(header.error());
  }
  if (const Outcome fits = check_frame(*header, frame.chunks.size()); !fits) {
    return fail(fits.error());
  }
  frame.head = header->head;
  frame.batches = header->batches;
  frame.tip = header->tip;
  return frame;
}

Outcome DatabaseCursor::check_frame(const ParsedFrameHeader& header, std::size_t chunks) const {
  if (header.head.position != position_) {
    return broken(position_, "another position in its header");
  }
  if (header.head.prev_tip != *prev_tip_) {
    return broken(position_, "does not follow the frame before");
  }
  if (header.chunk_count != chunks) {
    return broken(position_, "chunks are missing");
  }
  return Done{};
}

}  // namespace juanzong
