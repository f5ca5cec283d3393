// SPDX-License-Identifier: Apache-2.0
// How many columns of a terminal a text takes: Chinese characters take two, combining marks none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace juanzong::terminal {

// UTF-8. Ambiguous characters (UAX #11) count as narrow, control characters as none.
[[nodiscard]] std::size_t text_width(std::string_view text);

// Spaces up to `width` columns; longer texts stay whole.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);

}  // namespace juanzong::terminal
