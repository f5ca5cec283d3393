// SPDX-License-Identifier: Apache-2.0
// Commitments: how personal data stand in a record without standing there (docs/FORMATS.md,
// section 5).
//
//   SHA-256("juanzong/field/v1\n" ‖ suite u8 ‖ origin (u16 length) ‖ subject_id 16 ‖
//           request_id 16 ‖ i u16 ‖ path (u16 length) ‖ salt 32 ‖ value (u32 length))
//
// The salt is 32 random bytes of the client, so that nothing can be guessed from the record; the
// request id, position and path tie the value to its place.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/model/ids.h"

#include <array>
#include <string_view>

namespace juanzong {

// Where a committed value stands: origin and request of the record, position, field path.
struct FieldPlace {
  std::string_view origin;
  PersonId subject;
  RequestId request_id;
  std::uint16_t statement = 0;
  std::string_view path;  // "signatures[0].image", field names of the schema
};

[[nodiscard]] crypto::Digest commitment_of(const FieldPlace& place,
                                           const std::array<std::uint8_t, 32>& salt,
                                           ByteView value);

// The value that an attachment commits to: SHA-256 of the file ‖ length u64 ‖ media type.
[[nodiscard]] Bytes attachment_value(const crypto::Digest& digest,
                                     std::uint64_t length,
                                     std::string_view media_type);

}  // namespace juanzong
