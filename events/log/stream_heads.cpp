// SPDX-License-Identifier: Apache-2.0
#include "events/log/stream_heads.h"

#include "crypto/merkle_tree.h"

#include "events/log/statement.h"
#include "events/model/byte_io.h"

namespace juanzong {
namespace {

constexpr std::uint8_t layout = 1;

}  // namespace

Bytes encode_named_head(const NamedHead& head) {
  ByteWriter out;
  out.put(layout).put(number(head.version)).put(number(head.last)).put(head.name);
  return out.take();
}

crypto::Digest named_head_leaf(const NamedHead& head) {
  return crypto::leaf_hash(encode_named_head(head));
}

std::optional<NamedHead> parse_named_head(ByteView entry) {
  ByteReader in(entry);
  const auto version_of_layout = in.take<std::uint8_t>();
  NamedHead head;
  head.version = StreamVersion{in.take<std::uint64_t>()};
  head.last = RecordIndex{in.take<std::uint64_t>()};
  head.name = in.ok() ? text_of(entry.subspan(in.position())) : std::string_view();
  const bool good = version_of_layout == layout && number(head.version) > 0 &&
                    head.last != no_index && is_stream_name(head.name);
  return good ? std::optional<NamedHead>(head) : std::nullopt;
}

}  // namespace juanzong
