// SPDX-License-Identifier: Apache-2.0
// Bounds of a record's time in a file of its own: a .tlog-proof whose extra data is time evidence
// (events/log/time_evidence.h), made from a ledger, and verified with the reader's own roots and
// witness policy.
#pragma once

#include "crypto/proof_text.h"

#include "events/log/time_evidence.h"

#include "projections/state/outside_times.h"

#include <optional>
#include <string>

namespace juanzong {

// A proof of the record under the checkpoint, with what the ledger holds of outside times around
// it; without the extra line where it holds none.
[[nodiscard]] Result<std::string> prove_with_times(const RecordReader& reader,
                                                   RecordIndex index,
                                                   const crypto::Checkpoint& checkpoint,
                                                   std::string_view note);

// What the reader trusts; what he has nothing for is not judged and bounds nothing.
struct TimeTrust {
  std::optional<crypto::TimestampRoots> roots;
  std::optional<crypto::WitnessPolicy> policy;
};

struct TimeBound {
  UnixMicros at;
  std::string by;
  bool is_stamp = false;  // else a witness
};
struct TimeBounds {
  std::optional<TimeBound> earliest;
  std::optional<TimeBound> latest;
};

// `head` is the proof's checkpoint, under which `record` was verified. proof_invalid if any part of
// the evidence that can be judged does not hold: what was altered in one place is not trusted in
// another.
[[nodiscard]] Result<TimeBounds> verify_times(const crypto::InclusionProof& proof,
                                              const crypto::Checkpoint& head,
                                              ByteView record,
                                              const TimeTrust& trust);

}  // namespace juanzong
