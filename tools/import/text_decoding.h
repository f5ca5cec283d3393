// SPDX-License-Identifier: Apache-2.0
// Text of files from office programs: UTF-8, with or without a byte order mark, or GB18030. A byte
// that fits neither is an error with its line, never a replacement character in a record.
#pragma once

#include "crypto/byte_view.h"

#include "tools/import/line_error.h"

#include <string>
#include <string_view>
#include <variant>

namespace juanzong {

struct DecodedText {
  std::string utf8;  // without byte order mark
  std::string_view encoding;
};

[[nodiscard]] std::variant<DecodedText, LineError> decode_text(ByteView content);

// NFKC without white space at the ends: full-width digits and letters become ASCII, "㎡" "m2".
[[nodiscard]] std::string narrow(std::string_view utf8);
// Without white space at the ends, full-width spaces included.
[[nodiscard]] std::string trimmed(std::string_view utf8);

}  // namespace juanzong
