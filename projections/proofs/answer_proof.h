// SPDX-License-Identifier: Apache-2.0
// Answer proof: the answer to a query with the records that it rests on, so that somebody who has
// only the log's verifier key computes it again (docs/FORMATS.md, section 4). Two kinds:
//
//   streams   for what is about one thing (a deposit, an owner's file, a case): its streams and
//             those that its records name, each with the proof that it is whole, up to a day close
//   log       for everything else (a month's table, a list): every record up to a checkpoint
//
// Personal values are not part of it; they stay as an auditor sees them.
#pragma once

#include "crypto/note_key.h"

#include "events/model/result.h"

#include "projections/views/query.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct AnswerProof {
  std::string view;
  QueryArguments arguments;
  std::string answer;                      // one JSON object (report.h)
  std::vector<std::string> stream_proofs;  // texts; or
  std::vector<Bytes> records;              // from record 0 on, as many as the checkpoint covers
  std::string note;                        // the checkpoint, for records
};

[[nodiscard]] std::string to_text(const AnswerProof& proof);
// malformed_request. Accepts exactly what to_text() writes.
[[nodiscard]] Result<AnswerProof> parse_answer_proof(std::string_view text);
[[nodiscard]] bool is_answer_proof(std::string_view text);

// Whether the view is about one thing, so that streams suffice.
[[nodiscard]] bool rests_on_streams(std::string_view view);

// The text of a stream's proof up to the newest day close.
using StreamProver = std::function<Result<std::string>(const std::string& stream)>;
// Finds out by itself which streams it needs. An argument as_of is query_invalid: the answer is as
// of the end of the day that was closed last.
[[nodiscard]] Result<AnswerProof> prove_by_streams(std::string_view view,
                                                   const QueryArguments& arguments,
                                                   const crypto::VerifierKey& log_key,
                                                   const StreamProver& prove);
// The records are those that the checkpoint covers. proof_invalid if they are not.
[[nodiscard]] Result<AnswerProof> prove_by_log(std::string_view view,
                                               const QueryArguments& arguments,
                                               const crypto::VerifierKey& log_key,
                                               std::vector<Bytes> records,
                                               std::string note);

struct ProvenAnswer {
  std::string view;
  std::uint64_t as_of_size = 0;
  std::string origin;
  std::uint64_t checkpoint_size = 0;
  std::size_t streams = 0;  // 0: the whole log
  std::size_t records = 0;
  std::string note;  // the checkpoint of the last stream, or of the log
};
// proof_invalid says what does not hold: a proof in it, a stream that is missing, or an answer that
// the records do not give.
[[nodiscard]] Result<ProvenAnswer> verify_answer(const AnswerProof& proof,
                                                 const crypto::VerifierKey& log_key);

}  // namespace juanzong
