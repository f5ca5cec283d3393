// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal/progress_bar.h"

#include "tools/terminal/grouped_number.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>
#include <utility>

namespace juanzong::terminal {
namespace {

constexpr std::size_t bar_width = 30;
constexpr std::chrono::milliseconds first_after{1000};
constexpr std::chrono::milliseconds refresh{200};

}  // namespace

std::string progress_line(std::string_view what,
                          std::uint64_t done,
                          std::uint64_t total,
                          double seconds) {
  std::string line(what);
  line += "  ";
  if (total > 0) {
    const std::uint64_t shown = std::min(done, total);
    const auto filled = static_cast<std::size_t>(shown * bar_width / total);
    line += '[' + std::string(filled, '#') + std::string(bar_width - filled, '.') + "]  " +
            std::to_string(shown * 100 / total) + "%  " + grouped(done) + " / " + grouped(total);
  } else {
    line += grouped(done);
  }
  if (seconds > 0) {
    line += "  " + grouped(static_cast<std::uint64_t>(static_cast<double>(done) / seconds)) + "/s";
  }
  return line;
}

ProgressBar::ProgressBar(std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total), enabled_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (visible_) {
    std::fputs("\r\033[K", stderr);
  }
}

void ProgressBar::update(std::uint64_t done) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now - begin_ < first_after || (visible_ && now - shown_ < refresh)) {
    return;
  }
  shown_ = now;
  visible_ = true;
  const std::chrono::duration<double> elapsed = now - begin_;
  const std::string line = "\r\033[K" + progress_line(what_, done, total_, elapsed.count());
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace juanzong::terminal
