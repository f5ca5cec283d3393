// SPDX-License-Identifier: Apache-2.0
// Which texts may be signed as a note and which names a key may have (C2SP signed-note).
#pragma once

#include <string_view>

namespace juanzong::crypto {

// Valid UTF-8 without control characters below U+0020 other than newline.
[[nodiscard]] bool is_note_characters(std::string_view text);

// The above, and ends with a newline.
[[nodiscard]] bool is_note_text(std::string_view text);

// Valid UTF-8, not empty, without Unicode spaces, control characters or '+'.
[[nodiscard]] bool is_key_name(std::string_view name);

}  // namespace juanzong::crypto
