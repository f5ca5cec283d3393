// SPDX-License-Identifier: Apache-2.0
// Parts of a message as FlatBuffers take them, the same for requests and replies.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/byte_io.h"

#include "server/wire/codec.h"

#include <flatbuffers/flatbuffers.h>

#include <cstdint>
#include <string_view>

namespace juanzong {

using WireBytes = flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>>;
using WireText = flatbuffers::Offset<flatbuffers::String>;

// A member of the union of bodies: which one, and where it stands.
template <class Type>
struct WirePart {
  Type type;
  flatbuffers::Offset<void> body;
};

inline WireBytes put_bytes(flatbuffers::FlatBufferBuilder& out, ByteView bytes) {
  return out.CreateVector(bytes.data(), bytes.size());
}
inline WireText put_text(flatbuffers::FlatBufferBuilder& out, std::string_view text) {
  return out.CreateString(text.data(), text.size());
}
// An absent text costs nothing on the wire and reads as empty.
inline WireText put_optional(flatbuffers::FlatBufferBuilder& out, std::string_view text) {
  return text.empty() ? WireText() : put_text(out, text);
}

// The finished buffer behind its length.
inline Bytes framed(const flatbuffers::FlatBufferBuilder& out) {
  ByteWriter frame;
  frame.reserve(frame_header_bytes + out.GetSize());
  frame.put(static_cast<std::uint32_t>(out.GetSize()));
  frame.put(ByteView(out.GetBufferPointer(), out.GetSize()));
  return frame.take();
}

}  // namespace juanzong
