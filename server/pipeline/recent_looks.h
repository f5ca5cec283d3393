// SPDX-License-Identifier: Apache-2.0
// Looks at attachments that are on record already: a file is read in parts, and is one look.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace juanzong {

class RecentLooks {
 public:
  struct Look {
    KeyId key;
    RecordIndex record{};
    std::string path;
    std::string view_id;
    auto operator<=>(const Look&) const = default;
  };
  // How long the parts of one reading may take.
  static constexpr std::int64_t valid_us = 10 * 60 * micros_per_second;
  static constexpr std::size_t looks_max = 4'096;

  [[nodiscard]] bool has(const Look& look, UnixMicros now) const {
    const std::lock_guard lock(mutex_);
    const auto found = looks_.find(look);
    return found != looks_.end() && now.value - found->second.value <= valid_us;
  }
  // A look that finds no room is put on record again.
  void add(const Look& look, UnixMicros now) {
    const std::lock_guard lock(mutex_);
    if (looks_.size() >= looks_max) {
      std::erase_if(looks_,
                    [&](const auto& each) { return now.value - each.second.value > valid_us; });
    }
    if (looks_.size() < looks_max) {
      looks_[look] = now;
    }
  }

 private:
  mutable std::mutex mutex_;
  std::map<Look, UnixMicros> looks_;
};

}  // namespace juanzong
