// SPDX-License-Identifier: Apache-2.0
// Log: one JSON object a line, whole lines only, whatever the thread. Values are codes, numbers,
// identifiers and addresses; never a name, a body or anything else that may be personal.
//
//   {"level":"info","time":"2026-03-01T02:10:00.123456Z","event":"login","staff":"S-001"}
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace juanzong {

enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

[[nodiscard]] std::string_view name_of(LogLevel level);
[[nodiscard]] std::optional<LogLevel> log_level_from_name(std::string_view name);

struct LogField {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, bool>;
  std::string_view name;
  Value value;
};

class Log {
 public:
  // Takes whole lines, newline included; called from any thread, also from several at once.
  using Sink = std::function<void(std::string_view line)>;

  Log() = default;  // to standard error
  explicit Log(Sink sink) : sink_(std::move(sink)) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void set_level(LogLevel level) { level_.store(level, std::memory_order_relaxed); }
  [[nodiscard]] bool is_on(LogLevel level) const {
    return level >= level_.load(std::memory_order_relaxed);
  }
  void write(LogLevel level,
             std::string_view event,
             std::initializer_list<LogField> fields = {}) const;
  void info(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::info, event, fields);
  }
  void warning(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::warning, event, fields);
  }
  void error(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::error, event, fields);
  }

 private:
  Sink sink_;
  std::atomic<LogLevel> level_{LogLevel::info};
};

// The text as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace juanzong
