// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA-256 (RFC 2104). Compare a received tag with constant_time_equal, never with ==.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

namespace juanzong::crypto {

// Keys of any length are accepted; 32 bytes is the length to choose.
[[nodiscard]] Digest hmac_sha256(ByteView key, ByteView data);

}  // namespace juanzong::crypto
