// SPDX-License-Identifier: Apache-2.0
// The stream-heads tree: one leaf a stream, sorted by name, hashed as RFC 6962 says. Its root in a
// DayClosed record fixes how many records every stream had at that size of the log, and that there
// was no other stream: the neighbours in the order prove it.
//
//   entry  1 u8 ‖ version u64 ‖ last index u64 ‖ name (the rest; docs/FORMATS.md)
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/model/ids.h"

#include <optional>
#include <string_view>

namespace juanzong {

struct NamedHead {
  std::string_view name;
  StreamVersion version{0};  // records in it
  RecordIndex last = no_index;
};

[[nodiscard]] Bytes encode_named_head(const NamedHead& head);
// SHA-256(0x00 ‖ entry).
[[nodiscard]] crypto::Digest named_head_leaf(const NamedHead& head);
// The name points into the entry. nullopt: not an entry that encode_named_head() writes.
[[nodiscard]] std::optional<NamedHead> parse_named_head(ByteView entry);

}  // namespace juanzong
