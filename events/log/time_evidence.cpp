// SPDX-License-Identifier: Apache-2.0
#include "events/log/time_evidence.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

namespace juanzong {
namespace {

constexpr std::string_view title = "juanzong/timestamp/v1\n";
constexpr std::size_t before_max = 2;
constexpr std::size_t sized_bytes_max = 65'535;

void put_sized(ByteWriter& out, ByteView bytes) {
  check(bytes.size() <= sized_bytes_max, "a token or record has a u16 length");
  out.put_sized<std::uint16_t>(bytes);
}

void put_path(ByteWriter& out, const std::vector<crypto::Digest>& path) {
  check(path.size() <= UINT8_MAX, "a tree of 2^63 leaves has 63 levels");
  out.put(static_cast<std::uint8_t>(path.size()));
  for (const crypto::Digest& hash : path) {
    out.put(hash);
  }
}

Bytes take_sized(ByteReader& in) {
  const ByteView bytes = in.take_sized<std::uint16_t>();
  return {bytes.begin(), bytes.end()};
}

std::vector<crypto::Digest> take_path(ByteReader& in) {
  std::vector<crypto::Digest> path(in.take<std::uint8_t>());
  for (crypto::Digest& hash : path) {
    hash = in.take_digest();
  }
  return path;
}

}  // namespace

Bytes encode_time_evidence(const TimeEvidence& evidence) {
  check(evidence.before.size() <= before_max, "one record of each kind stands before");
  ByteWriter out;
  out.put(title).put(static_cast<std::uint8_t>(evidence.stamped.has_value()));
  if (evidence.stamped) {
    put_sized(out, bytes_of(evidence.stamped->note_text));
    put_path(out, evidence.stamped->path);
    put_sized(out, evidence.stamped->token);
  }
  out.put(static_cast<std::uint8_t>(evidence.before.size()));
  for (const ProvenLeaf& leaf : evidence.before) {
    out.put(leaf.position);
    put_path(out, leaf.path);
    put_sized(out, leaf.bytes);
  }
  return out.take();
}

Result<TimeEvidence> parse_time_evidence(ByteView bytes) {
  ByteReader in(bytes);
  TimeEvidence evidence;
  const bool titled = text_of(in.take_view(title.size())) == title;
  const auto stamped = in.take<std::uint8_t>();
  if (titled && stamped == 1) {
    StampedTree& tree = evidence.stamped.emplace();
    tree.note_text = text_of(in.take_sized<std::uint16_t>());
    tree.path = take_path(in);
    tree.token = take_sized(in);
  }
  const auto before = in.take<std::uint8_t>();
  for (std::uint8_t i = 0; i < before && before <= before_max; ++i) {
    ProvenLeaf& leaf = evidence.before.emplace_back();
    leaf.position = in.take<std::uint64_t>();
    leaf.path = take_path(in);
    leaf.bytes = take_sized(in);
  }
  return titled && stamped <= 1 && before <= before_max && in.finished()
             ? Result<TimeEvidence>(std::move(evidence))
             : fail(ErrorCode::malformed_request, "time evidence");
}

}  // namespace juanzong
