// SPDX-License-Identifier: Apache-2.0
// Paths of C2SP tlog-tiles: "tile/0/x001/x234/067.p/112", "tile/entries/000".
#pragma once

#include <cstdint>
#include <string>

namespace juanzong {

inline constexpr std::size_t tile_width = 256;

// 1234067 -> "x001/x234/067".
[[nodiscard]] std::string tile_number_text(std::uint64_t number);
// `width` 1 to 256; below 256 the path of a partial tile.
[[nodiscard]] std::string tile_path(unsigned level, std::uint64_t number, std::size_t width);
[[nodiscard]] std::string entries_path(std::uint64_t number, std::size_t width);

}  // namespace juanzong
