// SPDX-License-Identifier: Apache-2.0
// Hexadecimal text. One value has one spelling: lower case, two digits per byte.
#pragma once

#include "crypto/byte_view.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

[[nodiscard]] std::string hex_encode(ByteView bytes);
// The same into 2 · bytes.size() characters at `to`.
void hex_encode(ByteView bytes, char* to);

// Accepts exactly what hex_encode writes; upper case, odd lengths and spaces are nullopt, so that
// two different texts can never name the same bytes.
[[nodiscard]] std::optional<Bytes> hex_decode(std::string_view text);

}  // namespace juanzong::crypto
