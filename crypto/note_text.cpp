// SPDX-License-Identifier: Apache-2.0
#include "crypto/note_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace juanzong::crypto {
namespace {

// The lead bytes of one length of UTF-8 sequence (RFC 3629 §3).
struct SequenceForm {
  std::uint8_t mask;
  std::uint8_t lead;
  std::size_t size;
  char32_t code_point_min;
};

constexpr std::array<SequenceForm, 4> forms{{
    {0x80, 0x00, 1, 0x0},
    {0xE0, 0xC0, 2, 0x80},
    {0xF0, 0xE0, 3, 0x800},
    {0xF8, 0xF0, 4, 0x10000},
}};

// Removes one code point from the front; nullopt for bytes that are not UTF-8, which includes
// overlong forms, surrogates and values above U+10FFFF.
std::optional<char32_t> take_code_point(std::string_view& text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  const auto* const form = std::find_if(
      forms.begin(), forms.end(), [&](const auto& f) { return (lead & f.mask) == f.lead; });
  if (form == forms.end() || text.size() < form->size) {
    return std::nullopt;
  }
  char32_t code_point = lead & static_cast<std::uint8_t>(~form->mask);
  for (const char next : text.substr(1, form->size - 1)) {
    const auto byte = static_cast<std::uint8_t>(next);
    if ((byte & 0xC0U) != 0x80U) {
      return std::nullopt;
    }
    code_point = (code_point << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < form->code_point_min || surrogate || code_point > 0x10FFFF) {
    return std::nullopt;
  }
  text.remove_prefix(form->size);
  return code_point;
}

// The White_Space property of Unicode above U+0020; lower ones are control characters.
bool is_space(char32_t code_point) {
  constexpr std::array<char32_t, 9> single = {
      0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return (code_point >= 0x2000 && code_point <= 0x200A) ||
         std::find(single.begin(), single.end(), code_point) != single.end();
}

template <typename Allows>
bool every_code_point(std::string_view text, Allows allows) {
  while (!text.empty()) {
    const auto code_point = take_code_point(text);
    if (!code_point || !allows(*code_point)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_note_characters(std::string_view text) {
  return every_code_point(text, [](char32_t c) { return c >= 0x20 || c == U'\n'; });
}

bool is_note_text(std::string_view text) {
  return text.ends_with('\n') && is_note_characters(text);
}

bool is_key_name(std::string_view name) {
  return !name.empty() &&
         every_code_point(name, [](char32_t c) { return c >= 0x20 && c != U'+' && !is_space(c); });
}

}  // namespace juanzong::crypto
