// SPDX-License-Identifier: Apache-2.0
// Upload: the chunks of one attachment, in order, on one connection. Its bytes count against a
// budget that all connections share, and are given back when the upload ends in any way.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/limits.h"
#include "events/model/result.h"

#include "server/wire/message.h"

#include <atomic>

namespace juanzong {

class Upload {
 public:
  explicit Upload(std::atomic<std::size_t>& budget_in_use) : in_use_(budget_in_use) {}
  ~Upload() { in_use_ -= content_.size(); }
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  // limit_exceeded, malformed_request (not the next chunk), busy (no memory for uploads now).
  // After a failure the upload is useless.
  [[nodiscard]] Outcome add(const message::Attach& chunk) {
    if (chunk.total > limits::blob_bytes_max || chunk.bytes.size() > limits::blob_chunk_bytes) {
      return fail(ErrorCode::limit_exceeded, "Attach");
    }
    if (chunk.offset == 0 && content_.empty()) {
      first_ = {chunk.blob, chunk.subject, 0, chunk.total, {}};
    }
    const bool is_next = chunk.blob == first_.blob && chunk.subject == first_.subject &&
                         chunk.total == first_.total && chunk.offset == content_.size() &&
                         chunk.bytes.size() <= chunk.total - chunk.offset &&
                         (!chunk.bytes.empty() || chunk.total == 0);
    if (!is_next) {
      return fail(ErrorCode::malformed_request, "Attach: not the next chunk");
    }
    const std::size_t in_use = in_use_ += chunk.bytes.size();
    content_.insert(content_.end(), chunk.bytes.begin(), chunk.bytes.end());
    if (in_use > limits::upload_bytes_all_connections_max) {
      return fail(ErrorCode::busy, "Attach");
    }
    return Done{};
  }
  [[nodiscard]] bool is_complete() const { return content_.size() == first_.total; }
  [[nodiscard]] const BlobId& blob() const { return first_.blob; }
  [[nodiscard]] const PersonId& subject() const { return first_.subject; }
  [[nodiscard]] ByteView content() const { return content_; }

 private:
  std::atomic<std::size_t>& in_use_;
  message::Attach first_;
  Bytes content_;
};

}  // namespace juanzong
