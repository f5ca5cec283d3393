// SPDX-License-Identifier: Apache-2.0
#include "events/log/commitment.h"

#include "crypto/sha256.h"

#include "events/log/request.h"
#include "events/model/byte_io.h"

namespace juanzong {

crypto::Digest commitment_of(const FieldPlace& place,
                             const std::array<std::uint8_t, 32>& salt,
                             ByteView value) {
  ByteWriter out;
  out.reserve(192 + place.path.size() + value.size());
  out.put("juanzong/field/v1\n").put(suite_default);
  out.put_sized<std::uint16_t>(bytes_of(place.origin));
  out.put(place.subject.view()).put(place.request_id.view()).put(place.statement);
  out.put_sized<std::uint16_t>(bytes_of(place.path));
  out.put(ByteView(salt)).put_sized<std::uint32_t>(value);
  return crypto::sha256(out.view());
}

Bytes attachment_value(const crypto::Digest& digest,
                       std::uint64_t length,
                       std::string_view media_type) {
  ByteWriter out;
  out.put(digest).put(length).put(media_type);
  return out.take();
}

}  // namespace juanzong
