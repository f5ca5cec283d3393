// SPDX-License-Identifier: Apache-2.0
// Paths of C2SP tlog-tiles below a ledger's prefix. One tile has one spelling:
//
//   tile/<L>/<N>[.p/<W>]        L 0 to 63, no leading zeros; W 1 to 255, no leading zeros
//   tile/entries/<N>[.p/<W>]
//
// N is decimal in groups of three digits, all but the last with an x before it: 1234067 is
// x001/x234/067. There is no group x000 in front.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace juanzong {

struct TilePath {
  static constexpr int entries_level = -1;
  int level = 0;
  std::uint64_t number = 0;
  std::size_t width = 256;  // 256: the full tile
  bool operator==(const TilePath&) const = default;
};

// `path` begins with "tile/".
[[nodiscard]] std::optional<TilePath> parse_tile_path(std::string_view path);

}  // namespace juanzong
