// SPDX-License-Identifier: Apache-2.0
#include "server/net/frame.h"

#include "server/wire/codec.h"

#include <algorithm>
#include <cstring>

namespace juanzong {
namespace {

std::size_t length_of(const std::array<std::uint8_t, frame_header_bytes>& header) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    length |= std::size_t{header[i]} << (8 * i);
  }
  return length;
}

Outcome check_length(std::size_t length, std::size_t payload_bytes_max) {
  if (length == 0) {
    return fail(ErrorCode::malformed_frame, "length 0");
  }
  if (length > payload_bytes_max) {
    return fail(ErrorCode::frame_too_large, std::to_string(length));
  }
  return Done{};
}

}  // namespace

std::size_t FrameReader::take(std::uint8_t* to, std::size_t count) {
  const std::size_t taken = std::min(count, buffered());
  std::memcpy(to, buffer_.data() + begin_, taken);
  begin_ += taken;
  return taken;
}

// Reads something into the buffer; called only when fewer bytes than a header are left.
asio::awaitable<bool> FrameReader::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, buffered());
  end_ = buffered();
  begin_ = 0;
  const ReadDone read =
      co_await transport_.read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_));
  end_ += read.bytes;
  co_return !read.error;
}

asio::awaitable<bool> FrameReader::read_rest(Bytes* payload, std::size_t have) {
  while (have < payload->size()) {
    const ReadDone read =
        co_await transport_.read_some(asio::buffer(payload->data() + have, payload->size() - have));
    if (read.error) {
      co_return false;
    }
    have += read.bytes;
  }
  co_return true;
}

asio::awaitable<Result<Bytes>> FrameReader::next(std::size_t payload_bytes_max, SteadyTime until) {
  watchdog_.set(Watchdog::reading, until);
  SteadyTime started = std::chrono::steady_clock::now();
  bool begun = buffered() > 0;
  while (buffered() < frame_header_bytes) {
    const bool filled = co_await fill();
    if (!filled) {
      co_return fail(ErrorCode::io_failure, "connection closed");
    }
    if (!begun) {
      begun = true;
      started = std::chrono::steady_clock::now();
      watchdog_.set(Watchdog::reading, std::min(until, started + deadlines_.frame_base));
    }
  }
  std::array<std::uint8_t, frame_header_bytes> header{};
  take(header.data(), header.size());
  const std::size_t length = length_of(header);
  const Outcome allowed = check_length(length, payload_bytes_max);
  if (!allowed) {
    co_return fail(allowed.error());
  }
  Bytes payload(length);
  const std::size_t have = take(payload.data(), length);
  if (have < length) {
    watchdog_.set(Watchdog::reading, started + deadlines_.for_bytes(length));
    const bool complete = co_await read_rest(&payload, have);
    if (!complete) {
      co_return fail(ErrorCode::io_failure, "connection closed inside a frame");
    }
  }
  watchdog_.clear(Watchdog::reading);
  co_return payload;
}

}  // namespace juanzong
