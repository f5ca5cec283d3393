// SPDX-License-Identifier: Apache-2.0
#include "projections/state/frame_read_ahead.h"

#include "crypto/merkle_tree.h"

#include "events/model/thread_name.h"

#include <utility>

namespace juanzong {
namespace {

// Records that wait to be folded: enough to keep both threads busy, about 8 MiB.
constexpr std::size_t ready_records_max = 4'096;

Outcome parse_batch(const Frame& frame, const BatchHead& batch, std::vector<ReadyRecord>& ready) {
  ready.reserve(batch.count);
  const std::size_t end = std::size_t{batch.first_chunk} + batch.record_chunks;
  for (std::size_t chunk = batch.first_chunk; chunk < end; ++chunk) {
    const Result<RecordChunk> parsed = parse_record_chunk(frame.chunks[chunk]);
    if (!parsed) {
      return fail(parsed.error());
    }
    for (const ByteView bytes : parsed->records) {
      Result<RecordView> record = parse_record(bytes);
      if (!record) {
        return fail(record.error());
      }
      ready.push_back({std::move(*record), crypto::leaf_hash(bytes)});
    }
  }
  return Done{};
}

std::size_t records_of(const FrameReadAhead::Next& next) {
  std::size_t records = 0;
  if (next && next->has_value()) {
    for (const std::vector<ReadyRecord>& batch : (*next)->batches) {
      records += batch.size();
    }
  }
  return records;
}

}  // namespace

FrameReadAhead::FrameReadAhead(const Journal& journal, std::uint64_t from_position)
    : cursor_(journal.tail(from_position)), thread_([this] { run(); }) {}

FrameReadAhead::~FrameReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

FrameReadAhead::Next FrameReadAhead::read() {
  Result<std::optional<Frame>> frame = cursor_->next();
  if (!frame) {
    return fail(frame.error());
  }
  if (!frame->has_value()) {
    return std::optional<ReadyFrame>();
  }
  ReadyFrame ready{std::move(**frame), {}};
  for (const BatchHead& batch : ready.frame.batches) {
    const Outcome parsed = parse_batch(ready.frame, batch, ready.batches.emplace_back());
    if (!parsed) {
      return at_frame(ready.frame.head.position, parsed.error());
    }
  }
  return std::optional<ReadyFrame>(std::move(ready));
}

bool FrameReadAhead::hand_over(Next ready) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || ready_records_ < ready_records_max; });
  ready_records_ += records_of(ready);
  ready_.push_back(std::move(ready));
  changed_.notify_all();
  return !stopping_;
}

void FrameReadAhead::run() {
  name_this_thread("jz-read-ahead");
  while (true) {
    Next ready = read();
    const bool is_last = !ready || !ready->has_value();
    if (!hand_over(std::move(ready)) || is_last) {
      return;
    }
  }
}

FrameReadAhead::Next FrameReadAhead::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty(); });
  Next ready = std::move(ready_.front());
  const bool is_last = !ready || !ready->has_value();
  if (!is_last) {  // the end stays the end
    ready_.pop_front();
    ready_records_ -= records_of(ready);
    changed_.notify_all();
  } else {
    ready_.front() = ready;
  }
  return ready;
}

}  // namespace juanzong
