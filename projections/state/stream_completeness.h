// SPDX-License-Identifier: Apache-2.0
// Completeness of a stream (完整性): making the proof from a ledger's rows and records, and
// checking it with nothing but the text and the log's verifier key.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/note_key.h"

#include "events/log/stream_proof.h"

#include "projections/state/day_close.h"
#include "projections/state/record_reader.h"
#include "projections/state/stream_heads_tree.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

// The newest DayClosed whose record is there; not_found if no day was closed.
struct NewestClose {
  RecordIndex index{};
  DayFacts facts;
};
[[nodiscard]] Result<NewestClose> newest_close(const RecordReader& reader);

// `tree` is of the close's size, `checkpoint` the signed head that its records are proved under.
// limit_exceeded if the stream's records have more than `bytes_max` bytes.
[[nodiscard]] Result<StreamProof> prove_stream(const RowReader& rows,
                                               const RecordReader& reader,
                                               const NewestClose& close,
                                               const StreamHeadsTree& tree,
                                               std::string_view stream,
                                               const crypto::Checkpoint& checkpoint,
                                               std::string note,
                                               std::size_t bytes_max = SIZE_MAX);

// What a good proof shows.
struct StreamCompleteness {
  std::string stream;
  bool exists = false;
  std::vector<RecordIndex> records;  // all there were at the close
  CivilDate day;                     // up to whose end
  std::uint64_t size = 0;            // of the log then
  crypto::Digest root;               // of the tree over it
  UnixMicros closed_at;              // recorded_at of the day close
  RecordIndex close{};
  crypto::Checkpoint checkpoint;
};
// proof_invalid says in `detail` what does not hold, zh and en.
[[nodiscard]] Result<StreamCompleteness> verify_stream(const StreamProof& proof,
                                                       const crypto::VerifierKey& log_key);

}  // namespace juanzong
