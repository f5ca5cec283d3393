// SPDX-License-Identifier: Apache-2.0
// UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <string_view>

namespace juanzong {

// Bytes of the sequence that begins the text: 1 to 4; 0 if the text is empty or none begins it.
[[nodiscard]] std::size_t utf8_sequence_bytes(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace juanzong
