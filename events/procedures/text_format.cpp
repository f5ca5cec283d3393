// SPDX-License-Identifier: Apache-2.0
// The formats that texts in event bodies may have (body_inspection.h).
#include "events/model/civil_time.h"
#include "events/model/limits.h"
#include "events/procedures/body_inspection.h"

#include <algorithm>
#include <string_view>

namespace juanzong {
namespace {

constexpr std::size_t code_bytes_max = 64;

bool is_code_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= code_bytes_max &&
         std::ranges::all_of(text, is_code_character);
}

bool is_person(std::string_view text) {
  return hex16(text).has_value();
}

// Building, entrance and room: three non-empty parts.
bool is_unit(std::string_view text) {
  return is_code(text) && std::ranges::count(text, '-') == 2 && text.front() != '-' &&
         text.back() != '-' && text.find("--") == std::string_view::npos;
}

bool is_stream(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view prefix = text.substr(0, colon);
  return colon != std::string_view::npos && !prefix.empty() && prefix.size() <= 24 &&
         std::ranges::all_of(prefix, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }) &&
         is_code(text.substr(colon + 1));
}

// Length of the UTF-8 sequence that starts here (RFC 3629); 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto continues = [&byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    return continues(1) ? 2 : 0;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

bool is_free_text(std::string_view text) {
  if (text.size() > limits::text_bytes_max) {
    return false;
  }
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const auto first = static_cast<unsigned char>(text.front());
    const bool control = first < 0x20 && first != '\n' && first != '\t';
    if (length == 0 || control || first == 0x7F) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

bool has_format(std::string_view text, TextFormat format) {
  switch (format) {
    case TextFormat::free:
      return is_free_text(text);
    case TextFormat::date:
      return parse_date(text).has_value();
    case TextFormat::instant:
      return parse_instant(text).has_value();
    case TextFormat::month:
      return parse_month(text).has_value();
    case TextFormat::unit:
      return is_unit(text);
    case TextFormat::person:
      return is_person(text);
    case TextFormat::party:
      return is_person(text) || is_code(text);
    case TextFormat::code:
      return is_code(text);
    case TextFormat::stream:
      return is_stream(text);
  }
  return false;
}

}  // namespace juanzong
