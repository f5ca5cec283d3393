// SPDX-License-Identifier: Apache-2.0
// Progress of work that takes longer than a second, on standard error, and only if that is a
// terminal: a log file or a pipe gets nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace juanzong::terminal {

// "核对  [######....]  60%  600,000 / 1,000,000  1,234,567/s"; total 0: unknown, no bar.
[[nodiscard]] std::string progress_line(std::string_view what,
                                        std::uint64_t done,
                                        std::uint64_t total,
                                        double seconds);

class ProgressBar {
 public:
  ProgressBar(std::string what, std::uint64_t total);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  // Clears the line.
  ~ProgressBar();
  void update(std::uint64_t done);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  std::uint64_t total_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_ = begin_;
  bool enabled_;
  bool visible_ = false;
};

}  // namespace juanzong::terminal
