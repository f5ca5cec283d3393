// SPDX-License-Identifier: Apache-2.0
#include "server/telemetry/log.h"

#include "events/model/civil_time.h"

#include "server/wire/utf8.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <unistd.h>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 5> level_names = {
    "debug", "info", "warning", "error", "off"};

UnixMicros wall_clock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::string value_text(const LogField::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    return json_string(*text);
  }
  if (const auto* flag = std::get_if<bool>(&value)) {
    return *flag ? "true" : "false";
  }
  if (const auto* count = std::get_if<std::uint64_t>(&value)) {
    return std::to_string(*count);
  }
  return std::to_string(std::get<std::int64_t>(value));
}

// One write for the line: the kernel does not mix short writes of several threads. A log that
// cannot be written is lost; it must not stop the server.
void write_to_stderr(std::string_view line) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

void put_escaped(std::string& out, std::string_view sequence) {
  const char c = sequence.front();
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
    out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
  } else {
    out += sequence;
  }
}

}  // namespace

std::string_view name_of(LogLevel level) {
  return level_names[static_cast<std::size_t>(level)];
}

std::optional<LogLevel> log_level_from_name(std::string_view name) {
  const auto* found = std::ranges::find(level_names, name);
  return found == level_names.end()
             ? std::nullopt
             : std::optional(static_cast<LogLevel>(found - level_names.begin()));
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::size_t size = utf8_sequence_bytes(text);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    put_escaped(out, text.substr(0, size));
    text.remove_prefix(size);
  }
  out += '"';
  return out;
}

void Log::write(LogLevel level,
                std::string_view event,
                std::initializer_list<LogField> fields) const {
  if (!is_on(level) || level == LogLevel::off) {
    return;
  }
  std::string line = fmt::format(R"({{"level":"{}","time":"{}","event":{})",
                                 name_of(level),
                                 to_rfc3339(wall_clock()),
                                 json_string(event));
  for (const LogField& field : fields) {
    line += ',' + json_string(field.name) + ':' + value_text(field.value);
  }
  line += "}\n";
  sink_ ? sink_(line) : write_to_stderr(line);
}

}  // namespace juanzong
