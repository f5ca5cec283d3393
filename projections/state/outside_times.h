// SPDX-License-Identifier: Apache-2.0
// Outside times: what others than the log's server said of its tree and when, as records of the log
// hold it (CheckpointTimestamped, ChainAnchored), and how that bounds the time of a record. Over a
// tree that holds the record, a time says that it was there by then. In a record before, it says
// that the record was not there earlier, because the chain makes it depend on that one.
//
// What is read here is what the records state; verify_* says whether it is true.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/timestamp.h"
#include "crypto/witness_policy.h"

#include "events/log/record.h"

#include "projections/state/own_request.h"
#include "projections/state/record_reader.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

inline constexpr std::string_view timestamps_stream = "timestamps";
inline constexpr std::string_view witnesses_stream = "witnesses";

struct OutsideTime {
  RecordIndex record{};        // that holds it
  crypto::Checkpoint head;     // of what
  UnixMicros at;               // as its authority or witness states
  std::int64_t margin_us = 0;  // by which the authority says it may be wrong
  std::string by;              // subject of the authority's certificate; name of the witness's key
  Bytes token;                 // of a time stamp; empty: it is a cosignature
  std::string cosignature;     // line of a note
  crypto::Digest note_digest;  // as the record states, of a time stamp

  [[nodiscard]] bool is_stamp() const { return !token.empty(); }
  [[nodiscard]] UnixMicros earliest() const { return {at.value - margin_us}; }
  [[nodiscard]] UnixMicros latest() const { return {at.value + margin_us}; }
};

// nullopt: another event, or a token that is none.
[[nodiscard]] std::optional<OutsideTime> read_outside_time(const RecordView& record);

// "" or why the record does not say what the authority or witness said: token over another text,
// another time, not trusted by these roots; no good cosignature by a witness of that name.
[[nodiscard]] std::string stamp_fault(const OutsideTime& time, const crypto::TimestampRoots& roots);
// The same without roots: that the token is about this checkpoint and time.
[[nodiscard]] std::string stamp_mismatch(const OutsideTime& time);
[[nodiscard]] std::string cosignature_fault(const OutsideTime& time,
                                            const crypto::WitnessPolicy& policy);
// The policy has a witness whose key has that name.
[[nodiscard]] bool is_known_witness(const OutsideTime& time, const crypto::WitnessPolicy& policy);

// The server's statements.
[[nodiscard]] OwnStatement stamp_statement(const crypto::Checkpoint& head,
                                           ByteView token,
                                           UnixMicros gen_time);
[[nodiscard]] OwnStatement anchor_statement(const crypto::Checkpoint& head,
                                            std::string_view witness,
                                            UnixMicros cosigned_at,
                                            std::string_view cosignature);

// The nearest ones around a record, each kind for itself.
struct OutsideTimes {
  std::optional<OutsideTime> stamp_before;
  std::optional<OutsideTime> stamp_after;
  std::optional<OutsideTime> witness_before;
  std::optional<OutsideTime> witness_after;
};
// Of records up to `upto`.
[[nodiscard]] Result<OutsideTimes> outside_times(const RecordReader& reader,
                                                 RecordIndex index,
                                                 RecordIndex upto);
// Whether somebody else's record than those of this file stands at or after `size`: what is new is
// worth a time stamp, the stamp itself is not.
[[nodiscard]] Result<bool> has_news_since(const RecordReader& reader, std::uint64_t size);
// Size of the tree that the newest record of the stream is about; 0: none.
[[nodiscard]] Result<std::uint64_t> newest_outside_size(const RecordReader& reader,
                                                        std::string_view stream);

}  // namespace juanzong
