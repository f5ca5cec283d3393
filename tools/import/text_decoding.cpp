// SPDX-License-Identifier: Apache-2.0
#include "tools/import/text_decoding.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace juanzong {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

struct Conversion {
  std::string utf8;
  std::optional<std::size_t> bad_at;  // offset of the first byte that fits no character
};

std::size_t line_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

Conversion convert(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding, &status));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) {
    return {{}, 0};
  }
  std::u16string units(bytes.size() + 1, u'\0');  // no encoding here has more units than bytes
  char16_t* to = units.data();
  const char* from = bytes.data();
  ucnv_toUnicode(converter.get(),
                 &to,
                 units.data() + units.size(),
                 &from,
                 bytes.data() + bytes.size(),
                 nullptr,
                 true,
                 &status);
  if (U_FAILURE(status)) {
    const auto read = static_cast<std::size_t>(from - bytes.data());
    return {{}, read == 0 ? 0 : read - 1};
  }
  Conversion made;
  icu::UnicodeString(false, units.data(), static_cast<std::int32_t>(to - units.data()))
      .toUTF8String(made.utf8);
  return made;
}

// Control characters have no place in a table; they mean another encoding, or a damaged file.
std::optional<std::size_t> control_character(const std::string& utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  std::size_t line = 1;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 character = text.char32At(at);
    line += character == '\n' ? 1 : 0;
    const bool usual = character == '\n' || character == '\r' || character == '\t';
    if (!usual && u_charType(character) == U_CONTROL_CHAR) {
      return line;
    }
  }
  return std::nullopt;
}

std::variant<DecodedText, LineError> checked(Conversion made, std::string_view encoding) {
  if (const auto line = control_character(made.utf8)) {
    return LineError{*line, "", "含有控制字符", "there is a control character"};
  }
  return DecodedText{std::move(made.utf8), encoding};
}

}  // namespace

std::variant<DecodedText, LineError> decode_text(ByteView content) {
  std::string_view bytes = text_of(content);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return LineError{
        0, "", "编码为 UTF-16,请另存为 CSV UTF-8", "the encoding is UTF-16: save it as CSV UTF-8"};
  }
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (marked) {
    bytes.remove_prefix(3);
  }
  Conversion utf8 = convert(bytes, "UTF-8");
  if (!utf8.bad_at) {
    return checked(std::move(utf8), marked ? "UTF-8 BOM" : "UTF-8");
  }
  if (marked) {
    return LineError{line_at(bytes, *utf8.bad_at), "", "不是有效的 UTF-8", "this is not UTF-8"};
  }
  Conversion chinese = convert(bytes, "gb18030");
  if (chinese.bad_at) {
    // The encoding that came farther is the one that was meant.
    return LineError{line_at(bytes, std::max(*utf8.bad_at, *chinese.bad_at)),
                     "",
                     "既不是 UTF-8 也不是 GB18030",
                     "this is neither UTF-8 nor GB18030"};
  }
  return checked(std::move(chinese), "GB18030");
}

std::string trimmed(std::string_view utf8) {
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::int32_t begin = 0;
  std::int32_t end = text.length();
  while (begin < end && u_isUWhiteSpace(text.charAt(begin))) {
    ++begin;
  }
  while (end > begin && u_isUWhiteSpace(text.charAt(end - 1))) {
    --end;
  }
  std::string made;
  text.tempSubStringBetween(begin, end).toUTF8String(made);
  return made;
}

std::string narrow(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  const icu::UnicodeString normal = U_SUCCESS(status) ? nfkc->normalize(text, status) : text;
  std::string made;
  normal.toUTF8String(made);
  return trimmed(made);
}

}  // namespace juanzong
