// SPDX-License-Identifier: Apache-2.0
// TextMap: by text, whose nodes never move; look-ups by string_view build no string.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace juanzong {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace juanzong
