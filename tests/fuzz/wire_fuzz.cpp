// SPDX-License-Identifier: Apache-2.0
// Any payload gives a message or malformed_frame; a message that was read is written and read
// again to the same bytes.
#include "tests/fuzz/wire_fuzz.h"

#include "events/model/check.h"

#include "server/wire/codec.h"

namespace {

using juanzong::Bytes;
using juanzong::ByteView;
using juanzong::check;

ByteView payload_of(const Bytes& frame) {
  return ByteView(frame).subspan(juanzong::frame_header_bytes);
}

template <class Message, class Decode>
void read_and_write(const Bytes& payload, Decode decode) {
  const auto message = decode(payload);
  if (!message) {
    check(message.error().code == juanzong::ErrorCode::malformed_frame, "one code for bad bytes");
    return;
  }
  const Bytes frame = juanzong::encode_frame(*message);
  const Bytes again(payload_of(frame).begin(), payload_of(frame).end());
  const auto second = decode(again);
  // Texts that this program adds to an error may make a full frame too long to read back.
  check(second || again.size() > payload.size(), "what is written can be read");
  if (second) {
    check(juanzong::encode_frame(*second) == frame, "writing is stable");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes payload(data, data + size);  // aligned, as a frame reader's is
  read_and_write<juanzong::message::Request>(
      payload, [](const Bytes& bytes) { return juanzong::decode_request(bytes); });
  read_and_write<juanzong::message::Reply>(
      payload, [](const Bytes& bytes) { return juanzong::decode_reply(bytes); });
  return 0;
}
