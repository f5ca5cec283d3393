// SPDX-License-Identifier: Apache-2.0
// FrameReader: cuts the input of one connection into payloads. The length is checked before
// memory is taken for it; the deadline of a frame runs from its first byte. Several frames that
// came together cost one read.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/result.h"

#include "server/net/deadlines.h"
#include "server/net/transport.h"
#include "server/net/watchdog.h"

namespace juanzong {

class FrameReader {
 public:
  FrameReader(Transport& transport, Watchdog& watchdog, const Deadlines& deadlines)
      : transport_(transport), watchdog_(watchdog), deadlines_(deadlines) {}

  // The payload of the next frame. `until` is the deadline for its first byte. Errors:
  // frame_too_large, malformed_frame (length 0), io_failure (the peer is gone, or closed by us).
  [[nodiscard]] asio::awaitable<Result<Bytes>> next(std::size_t payload_bytes_max,
                                                    SteadyTime until);

 private:
  [[nodiscard]] std::size_t buffered() const { return end_ - begin_; }
  [[nodiscard]] asio::awaitable<bool> fill();
  [[nodiscard]] asio::awaitable<bool> read_rest(Bytes* payload, std::size_t have);
  std::size_t take(std::uint8_t* to, std::size_t count);

  Transport& transport_;
  Watchdog& watchdog_;
  const Deadlines& deadlines_;
  std::array<std::uint8_t, 8 * 1024> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace juanzong
