// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/clock.h"

#include <chrono>
#include <fstream>
#include <string>

namespace juanzong {
namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] UnixMicros now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  }
  [[nodiscard]] bool guards_jumps() const override { return true; }
};

class FileClock final : public Clock {
 public:
  explicit FileClock(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] UnixMicros now() const override {
    std::ifstream in(file_);
    std::string text;
    in >> text;
    // An unreadable clock stands still at the epoch: nothing can be recorded before record 0.
    return parse_instant(text).value_or(UnixMicros{});
  }
  [[nodiscard]] bool guards_jumps() const override { return false; }

 private:
  std::filesystem::path file_;
};

}  // namespace

std::unique_ptr<Clock> make_system_clock() {
  return std::make_unique<SystemClock>();
}

std::unique_ptr<Clock> make_file_clock(std::filesystem::path file) {
  return std::make_unique<FileClock>(std::move(file));
}

}  // namespace juanzong
