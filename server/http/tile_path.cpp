// SPDX-License-Identifier: Apache-2.0
#include "server/http/tile_path.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr int level_max = 63;
constexpr std::size_t groups_max = 6;  // 10^18 tiles

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t decimal(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

// At most three digits without a leading zero.
std::optional<std::uint64_t> small_number(std::string_view text) {
  const bool canonical =
      all_digits(text) && text.size() <= 3 && (text.size() == 1 || text.front() != '0');
  return canonical ? std::optional(decimal(text)) : std::nullopt;
}

// Takes the text before the next '/', and the '/'.
std::string_view take_segment(std::string_view& path) {
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  return segment;
}

// What is left of `path` after the number is ".p/<W>" or nothing.
std::optional<std::uint64_t> take_tile_number(std::string_view& path) {
  std::uint64_t number = 0;
  for (std::size_t groups = 1; groups <= groups_max; ++groups) {
    const bool is_inner = path.starts_with('x');
    if (is_inner) {
      path.remove_prefix(1);
    }
    const std::string_view digits = path.substr(0, 3);
    if (digits.size() != 3 || !all_digits(digits)) {
      return std::nullopt;
    }
    const bool is_padding = is_inner && groups == 1 && digits == "000";
    if (is_padding) {
      return std::nullopt;
    }
    number = number * 1'000 + decimal(digits);
    path.remove_prefix(3);
    if (!is_inner) {
      return number;
    }
    if (!path.starts_with('/')) {
      return std::nullopt;
    }
    path.remove_prefix(1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<TilePath> parse_tile_path(std::string_view path) {
  if (take_segment(path) != "tile") {
    return std::nullopt;
  }
  TilePath tile;
  const std::string_view level = take_segment(path);
  if (level == "entries") {
    tile.level = TilePath::entries_level;
  } else {
    const auto number = small_number(level);
    if (!number || *number > level_max) {
      return std::nullopt;
    }
    tile.level = static_cast<int>(*number);
  }
  const auto number = take_tile_number(path);
  if (!number) {
    return std::nullopt;
  }
  tile.number = *number;
  if (path.empty()) {
    return tile;
  }
  if (!path.starts_with(".p/")) {
    return std::nullopt;
  }
  const auto width = small_number(path.substr(3));
  if (!width || *width < 1 || *width > 255) {
    return std::nullopt;
  }
  tile.width = static_cast<std::size_t>(*width);
  return tile;
}

}  // namespace juanzong
