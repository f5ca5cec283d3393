// SPDX-License-Identifier: Apache-2.0
// Excerpt: some streams of a ledger, each whole up to a day close as its proof shows, that can be
// asked like the ledger itself. The same views and the same apply functions run over it; whoever
// holds the proofs recomputes an answer from the records alone.
//
// A stream that a view asks for and that is not in the excerpt, nor proved not to exist, is
// missing: without it the answer says nothing.
#pragma once

#include "crypto/note_key.h"

#include "events/log/stream_proof.h"
#include "events/model/result.h"

#include "projections/state/stream_completeness.h"
#include "projections/views/query.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace juanzong {

class Excerpt {
 public:
  explicit Excerpt(crypto::VerifierKey log_key) : log_key_(std::move(log_key)) {}

  // proof_invalid if the proof does not hold, or is of another day close than those before.
  [[nodiscard]] Outcome add(const StreamProof& proof);

  struct Asked {
    std::optional<Report> report;   // nullopt: it could not be computed from what is here
    Error error;                    // why
    std::set<std::string> missing;  // streams without which the report does not count
  };
  // `about`: the stream of the thing that the view is about. As the auditor asks, as of the end of
  // the day that the proofs reach to; business date: that day, unless the arguments name one.
  [[nodiscard]] Asked ask(std::string_view view,
                          const QueryArguments& arguments,
                          const std::string& about) const;

  [[nodiscard]] const std::optional<StreamCompleteness>& reach() const { return reach_; }
  [[nodiscard]] Result<CivilZone> zone() const;
  [[nodiscard]] std::size_t records() const { return records_.size(); }

 private:
  crypto::VerifierKey log_key_;
  std::set<std::string> streams_;  // proved, also those that do not exist
  std::map<RecordIndex, Bytes> records_;
  std::optional<StreamCompleteness> reach_;  // of the first proof
};

}  // namespace juanzong
