// SPDX-License-Identifier: Apache-2.0
// Deadlines of a connection, one for each phase. A frame has a total: base + size / least rate,
// counted from its first byte, so that a peer that sends byte by byte gains nothing. Tests shorten
// them; the defaults are those of limits.h.
#pragma once

#include "events/model/limits.h"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace juanzong {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Deadlines {
  std::chrono::milliseconds handshake{limits::handshake_ms_max};
  std::chrono::milliseconds first_frame{limits::first_frame_ms_max};  // handshake to login
  std::chrono::milliseconds idle{limits::idle_close_ms};              // between frames
  std::chrono::milliseconds frame_base{limits::frame_ms_base};
  std::int64_t bytes_per_second_min = limits::frame_bytes_per_second_min;
  std::chrono::milliseconds linger{1'000};  // for the peer to take our last words

  [[nodiscard]] std::chrono::milliseconds for_bytes(std::size_t bytes) const {
    return frame_base + std::chrono::milliseconds(static_cast<std::int64_t>(bytes) * 1'000 /
                                                  bytes_per_second_min);
  }
};

}  // namespace juanzong
