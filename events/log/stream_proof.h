// SPDX-License-Identifier: Apache-2.0
// A stream proof: the text that shows a whole stream and that nothing of it is missing up to a day
// close, or that there is no such stream. It ends with a checkpoint's signed note; every record is
// proved under it (docs/FORMATS.md).
//
//   "juanzong/stream-proof@v1\n"
//   "stream " name "\n"
//   "head " position " " base64(entry) "\n"  base64(hash) "\n" …   the stream's, or neighbours'
//   "close " index " " base64(record) "\n"   base64(hash) "\n" …   the DayClosed record
//   "record " index " " base64(record) "\n"  base64(hash) "\n" …   each record, oldest first
//   "\n"
//   note
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/model/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// An entry or record with its place in a tree and the path to the root.
struct ProvenLeaf {
  std::uint64_t position = 0;
  Bytes bytes;
  std::vector<crypto::Digest> path;
  bool operator==(const ProvenLeaf&) const = default;
};

struct StreamProof {
  std::string stream;
  std::vector<ProvenLeaf> heads;  // in the stream-heads tree: one, or one or two neighbours
  ProvenLeaf close;
  std::vector<ProvenLeaf> records;
  std::string note;
};

[[nodiscard]] std::string to_text(const StreamProof& proof);
// malformed_request names the line. Accepts exactly what to_text() writes.
[[nodiscard]] Result<StreamProof> parse_stream_proof(std::string_view text);

}  // namespace juanzong
