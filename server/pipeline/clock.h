// SPDX-License-Identifier: Apache-2.0
// The only source of "now". Rules never see it: the writer stamps a time and rules see the stamp.
#pragma once

#include "events/model/civil_time.h"

#include <filesystem>
#include <memory>

namespace juanzong {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual UnixMicros now() const = 0;
  // Whether a jump of this clock must stop writing; a test's clock jumps on purpose.
  [[nodiscard]] virtual bool guards_jumps() const = 0;
};

[[nodiscard]] std::unique_ptr<Clock> make_system_clock();

// Reads an RFC 3339 instant from a file each time, so that tests and the demo can live through
// months in seconds. Only for ledgers whose origin starts with "test." (main.cpp refuses others):
// every proof then says what it is.
[[nodiscard]] std::unique_ptr<Clock> make_file_clock(std::filesystem::path file);

inline constexpr std::string_view test_origin_prefix = "test.";

}  // namespace juanzong
