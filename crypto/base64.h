// SPDX-License-Identifier: Apache-2.0
// Base64 with the standard alphabet and padding (RFC 4648 §4), in its canonical form only.
#pragma once

#include "crypto/byte_view.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

[[nodiscard]] std::string base64_encode(ByteView bytes);

// Accepts exactly what base64_encode writes. Missing padding, line breaks and non-zero trailing
// bits (RFC 4648 §3.5) are nullopt: a signed text must not have a second spelling.
[[nodiscard]] std::optional<Bytes> base64_decode(std::string_view text);

}  // namespace juanzong::crypto
