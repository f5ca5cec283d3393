// SPDX-License-Identifier: Apache-2.0
// decode_buffer: from the payload of a frame to a message, the same for requests and replies. The
// payload is verified before the first access; a body of an unknown kind and the first field that
// is wrong give malformed_frame.
#pragma once

#include "events/model/limits.h"
#include "events/model/result.h"

#include "server/wire/wire_reader.h"

#include <flatbuffers/flatbuffers.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace juanzong {

template <class Root>
const Root* verified_root(ByteView payload, const char* identifier) {
  const bool aligned = reinterpret_cast<std::uintptr_t>(payload.data()) % 8 == 0;
  // Identifier and root offset take 8 bytes; the accessors below may only see verified ones.
  if (!aligned || payload.size() < 8 || payload.size() > limits::frame_bytes_max) {
    return nullptr;
  }
  flatbuffers::Verifier::Options options;
  options.max_depth = limits::wire_depth_max;
  options.max_tables = limits::wire_tables_max;
  flatbuffers::Verifier verifier(payload.data(), payload.size(), options);
  return verifier.VerifyBuffer<Root>(identifier) ? flatbuffers::GetRoot<Root>(payload.data())
                                                 : nullptr;
}

// `read_body` gives nothing for a kind of body that this program does not know.
template <class Message, class Root, class Body>
Result<Message> decode_buffer(ByteView payload,
                              const char* identifier,
                              std::optional<Body> (*read_body)(WireReader&, const Root&)) {
  const Root* root = verified_root<Root>(payload, identifier);
  if (root == nullptr) {
    return fail(ErrorCode::malformed_frame, "verifier");
  }
  WireReader reader(payload.size());
  auto body = read_body(reader, *root);
  if (!body) {
    return fail(ErrorCode::malformed_frame, "kind of message");
  }
  if (!reader.problem().empty()) {
    return fail(ErrorCode::malformed_frame, reader.problem());
  }
  return Message{root->request_no(), std::move(*body)};
}

}  // namespace juanzong
