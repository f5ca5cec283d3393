// SPDX-License-Identifier: Apache-2.0
// TextMap: by text, whose nodes never move; look-ups by string_view build no string.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
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

// A cache over durable rows whose entries say when they changed and whether they were used since
// the last sweep. A sweep takes the durable ones that were not: what is used again and again stays,
// what came once goes. Pointers to entries that stay remain valid.
template <class T>
struct SweptCache {
  TextMap<T> entries;
  std::size_t sweep_above = 0;

  // The entry, if it is there; looked at in the batch of `generation`.
  typename TextMap<T>::value_type* find(std::string_view key, std::uint64_t generation) {
    const auto found = entries.find(key);
    if (found == entries.end()) {
      return nullptr;
    }
    // What this very batch brought has not been used again yet.
    found->second.used |= found->second.generation != generation;
    return &*found;
  }

  // Between two sweeps the cache grows by half of `entries_max` at least.
  void sweep(std::size_t entries_max, std::uint64_t durable_generation) {
    if (entries.size() <= std::max(sweep_above, entries_max)) {
      return;
    }
    for (auto at = entries.begin(); at != entries.end();) {
      T& entry = at->second;
      const bool stays = entry.changed || entry.generation > durable_generation || entry.used;
      entry.used = false;
      at = stays ? std::next(at) : entries.erase(at);
    }
    sweep_above = entries.size() + entries_max / 2;
  }
};

}  // namespace juanzong
