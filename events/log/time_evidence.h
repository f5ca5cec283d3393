// SPDX-License-Identifier: Apache-2.0
// Time evidence: what others than the log's server say about when a record was there, beside a
// proof of the record (the extra data of a .tlog-proof). Nothing signs it as a whole: each part is
// verified by itself, with the reader's own roots and witness policy.
//
//   "juanzong/timestamp/v1\n"
//   u8 0 or 1    a stamped tree that holds the record:
//                note text (u16 length) ‖ path ‖ token (u16 length)
//   u8 0 to 2    CheckpointTimestamped and ChainAnchored records that stand before the record:
//                index u64 ‖ path ‖ record (u16 length)
//   path         count u8, hashes 32 each
//
// The token stamps SHA-256 of the note text; its path leads from the record to the root in that
// text. The paths of the records before lead to the root of the proof's own checkpoint.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/log/stream_proof.h"
#include "events/model/result.h"

#include <optional>
#include <string>
#include <vector>

namespace juanzong {

// Says that the record was there by the token's time.
struct StampedTree {
  std::string note_text;  // of a checkpoint
  std::vector<crypto::Digest> path;
  Bytes token;
  bool operator==(const StampedTree&) const = default;
};

struct TimeEvidence {
  std::optional<StampedTree> stamped;
  std::vector<ProvenLeaf> before;  // say that the record was not there earlier
  bool operator==(const TimeEvidence&) const = default;
};

// Texts, tokens and records are within 65,535 bytes, paths within 255 hashes.
[[nodiscard]] Bytes encode_time_evidence(const TimeEvidence& evidence);
// malformed_request unless the bytes are exactly what encode_time_evidence() writes.
[[nodiscard]] Result<TimeEvidence> parse_time_evidence(ByteView bytes);

}  // namespace juanzong
