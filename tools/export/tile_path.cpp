// SPDX-License-Identifier: Apache-2.0
#include "tools/export/tile_path.h"

namespace juanzong {
namespace {

constexpr std::uint64_t group = 1'000;

std::string three_digits(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string with_width(std::string path, std::size_t width) {
  return width == tile_width ? path : path + ".p/" + std::to_string(width);
}

}  // namespace

std::string tile_number_text(std::uint64_t number) {
  std::string text = three_digits(number % group);
  for (number /= group; number > 0; number /= group) {
    text.insert(0, "x" + three_digits(number % group) + "/");
  }
  return text;
}

std::string tile_path(unsigned level, std::uint64_t number, std::size_t width) {
  return with_width("tile/" + std::to_string(level) + "/" + tile_number_text(number), width);
}

std::string entries_path(std::uint64_t number, std::size_t width) {
  return with_width("tile/entries/" + tile_number_text(number), width);
}

}  // namespace juanzong
