// SPDX-License-Identifier: Apache-2.0
// Codec: messages to FlatBuffers and back, for server and client alike. A frame is
//
//   offset  size  field
//   0       4     length n of what follows, little-endian, 1 to the limit of the phase
//   4       n     FlatBuffers Request (identifier "JZRQ") or Reply ("JZRP")
//
// decode_* verify bounds, depth and number of tables before the first access, then what the
// verifier lets pass: lengths of byte fields, UTF-8 of texts, null elements of lists. Any bytes at
// all give a message or malformed_frame.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/result.h"

#include "server/wire/message.h"

#include <span>

namespace juanzong {

inline constexpr std::size_t frame_header_bytes = 4;

// The whole frame, length included. An encoder never fails; whoever sends asks for the size.
[[nodiscard]] Bytes encode_frame(const message::Request& request);
[[nodiscard]] Bytes encode_frame(const message::Reply& reply);
// Append is encoded from the caller's parts: requests are large and resent.
[[nodiscard]] Bytes encode_append_frame(std::uint32_t request_no,
                                        const SignedRequest& request,
                                        std::span<const crypto::PublicKey> keys);

// The payload behind the length; it must lie at an address that 8 divides, as every vector's does.
[[nodiscard]] Result<message::Request> decode_request(ByteView payload);
[[nodiscard]] Result<message::Reply> decode_reply(ByteView payload);

}  // namespace juanzong
