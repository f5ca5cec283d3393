// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal/text_width.h"

#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace juanzong::terminal {
namespace {

std::size_t width_of(UChar32 character) {
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

std::string spaces_to(std::size_t have, std::size_t width) {
  return std::string(have < width ? width - have : 0, ' ');
}

}  // namespace

std::size_t text_width(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  const icu::UnicodeString characters =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), size));
  std::size_t width = 0;
  for (std::int32_t at = 0; at < characters.length(); at = characters.moveIndex32(at, 1)) {
    width += width_of(characters.char32At(at));
  }
  return width;
}

std::string pad_right(std::string_view text, std::size_t width) {
  return std::string(text) + spaces_to(text_width(text), width);
}

std::string pad_left(std::string_view text, std::size_t width) {
  return spaces_to(text_width(text), width) + std::string(text);
}

}  // namespace juanzong::terminal
