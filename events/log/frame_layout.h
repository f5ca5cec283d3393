// SPDX-License-Identifier: Apache-2.0
// How much goes into one chunk of a frame: what sealing and checking must agree on. Included by
// frame*.cpp only.
#pragma once

#include "events/log/frame.h"
#include "events/model/limits.h"

#include <cstddef>

namespace juanzong::frame_layout {

inline constexpr std::size_t alignment = 8;
inline constexpr std::size_t record_chunk_prefix_bytes = 16;  // before the end offsets
inline constexpr std::size_t opening_chunk_prefix_bytes = 8;

// Bytes of a chunk before the data of so many records.
inline std::size_t offsets_end(std::size_t records) {
  return (record_chunk_prefix_bytes + records * 4 + alignment - 1) / alignment * alignment;
}

// Whether a chunk of so many records with so much data takes the next one too.
inline bool record_fits(std::size_t records, std::size_t data, std::size_t next) {
  return records == 0 || offsets_end(records + 1) + data + next <= limits::chunk_bytes_target;
}

inline std::size_t bytes_of_opening(const SealedOpening& opening) {
  return 8 + 16 + 2 + opening.path.size() + 4 + opening.sealed.size();
}

// Whether a chunk of so many bytes, prefix included, takes the opening too.
inline bool opening_fits(std::size_t openings, std::size_t bytes, const SealedOpening& next) {
  return openings == 0 || bytes + bytes_of_opening(next) <= limits::chunk_bytes_target;
}

}  // namespace juanzong::frame_layout
