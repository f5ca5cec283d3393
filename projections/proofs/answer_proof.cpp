// SPDX-License-Identifier: Apache-2.0
#include "projections/proofs/answer_proof.h"

#include "crypto/checkpoint.h"

#include "events/log/stream_proof.h"

#include "projections/proofs/excerpt.h"
#include "projections/proofs/log_replay.h"

#include <algorithm>
#include <array>
#include <set>

namespace juanzong {
namespace {

constexpr std::size_t streams_max = 4'096;

Failure broken(std::string_view zh, std::string_view en) {
  return fail(ErrorCode::proof_invalid, std::string(zh).append(" / ").append(en));
}

Outcome add_text(Excerpt& excerpt, std::string_view text) {
  const Result<StreamProof> proof = parse_stream_proof(text);
  return proof ? excerpt.add(*proof) : fail(ErrorCode::proof_invalid, proof.error().detail);
}

// Views about one thing: the argument that names it, and the prefix of its stream.
struct Subject {
  std::string_view view;
  std::string_view argument;
  std::string_view prefix;
};
constexpr std::array subjects{Subject{"case", "case", ""},
                              Subject{"deposit", "deposit", "deposit:"},
                              Subject{"owner_file", "unit", "unit:"}};

// "" if the view is about no one thing, or the argument is missing.
std::string stream_about(std::string_view view, const QueryArguments& arguments) {
  const auto* subject = std::ranges::find(subjects, view, &Subject::view);
  const auto named =
      subject == subjects.end() ? arguments.end() : arguments.find(subject->argument);
  return named == arguments.end() ? std::string() : std::string(subject->prefix) + named->second;
}

Result<ProvenAnswer> verify_by_streams(const AnswerProof& proof,
                                       const crypto::VerifierKey& log_key) {
  Excerpt excerpt(log_key);
  for (const std::string& text : proof.stream_proofs) {
    if (const Outcome added = add_text(excerpt, text); !added) {
      return fail(added.error());
    }
  }
  const Excerpt::Asked asked =
      excerpt.ask(proof.view, proof.arguments, stream_about(proof.view, proof.arguments));
  if (!asked.missing.empty()) {
    return broken("缺少案卷 " + *asked.missing.begin(),
                  "the stream " + *asked.missing.begin() + " is missing");
  }
  const Result<CivilZone> zone = excerpt.zone();
  if (!asked.report || !zone) {
    return broken(
        "由所附记录算不出此答案",
        "the records do not give an answer: " + to_text(asked.report ? zone.error() : asked.error));
  }
  if (to_json(*asked.report, *zone) != proof.answer) {
    return broken("由所附记录算出的答案不同", "the records give another answer");
  }
  const StreamCompleteness& reach = *excerpt.reach();
  return ProvenAnswer{proof.view,
                      reach.size,
                      reach.checkpoint.origin,
                      reach.checkpoint.size,
                      proof.stream_proofs.size(),
                      excerpt.records(),
                      parse_stream_proof(proof.stream_proofs.back())->note};
}

// The report that all the records give, if they are those of the checkpoint.
struct Recomputed {
  Report report;
  std::string json;
  crypto::Checkpoint checkpoint;
};

Result<Recomputed> recompute(std::string_view view,
                             const QueryArguments& arguments,
                             const crypto::VerifierKey& log_key,
                             const std::vector<Bytes>& records,
                             const std::string& note) {
  const auto checkpoint = crypto::open_checkpoint(note, log_key);
  if (!checkpoint) {
    return broken("检查点不是由该日志公钥签署", "the checkpoint is not signed by the log's key");
  }
  const Result<LogReplay> replay = replay_log(records);
  if (!replay) {
    return fail(replay.error());
  }
  if (replay->size != checkpoint->size || replay->root != checkpoint->root) {
    return broken("所附记录不是检查点所载的卷宗", "the records are not the checkpoint's log");
  }
  Result<Report> report = ask_replay(*replay, view, arguments);
  if (!report) {
    return fail(report.error());
  }
  std::string json = to_json(*report, replay->zone);
  return Recomputed{*std::move(report), std::move(json), *checkpoint};
}

}  // namespace

bool rests_on_streams(std::string_view view) {
  return std::ranges::find(subjects, view, &Subject::view) != subjects.end();
}

Result<AnswerProof> prove_by_streams(std::string_view view,
                                     const QueryArguments& arguments,
                                     const crypto::VerifierKey& log_key,
                                     const StreamProver& prove) {
  const std::string about = stream_about(view, arguments);
  if (about.empty()) {
    return fail(ErrorCode::query_invalid, "the view is about no one thing");
  }
  AnswerProof proof{std::string(view), arguments, {}, {}, {}, {}};
  Excerpt excerpt(log_key);
  std::set<std::string> missing{"ledger", about};
  while (!missing.empty()) {
    if (proof.stream_proofs.size() + missing.size() > streams_max) {
      return fail(ErrorCode::limit_exceeded, "streams");
    }
    for (const std::string& stream : missing) {
      Result<std::string> text = prove(stream);
      const Outcome added = text ? add_text(excerpt, *text) : Outcome(fail(text.error()));
      if (!added) {
        return fail(added.error());
      }
      proof.stream_proofs.push_back(*std::move(text));
    }
    Excerpt::Asked asked = excerpt.ask(view, arguments, about);
    missing = std::move(asked.missing);
    if (missing.empty()) {
      const Result<CivilZone> zone = excerpt.zone();
      if (!asked.report || !zone) {
        return fail(asked.report ? zone.error() : asked.error);
      }
      proof.answer = to_json(*asked.report, *zone);
    }
  }
  return proof;
}

Result<AnswerProof> prove_by_log(std::string_view view,
                                 const QueryArguments& arguments,
                                 const crypto::VerifierKey& log_key,
                                 std::vector<Bytes> records,
                                 std::string note) {
  Result<Recomputed> found = recompute(view, arguments, log_key, records, note);
  return found ? Result<AnswerProof>(AnswerProof{std::string(view),
                                                 arguments,
                                                 std::move(found->json),
                                                 {},
                                                 std::move(records),
                                                 std::move(note)})
               : fail(found.error());
}

Result<ProvenAnswer> verify_answer(const AnswerProof& proof, const crypto::VerifierKey& log_key) {
  if (proof.stream_proofs.empty() == proof.records.empty()) {
    return broken("须附案卷证明或全部记录", "either streams or the records of the log");
  }
  if (proof.records.empty()) {
    return rests_on_streams(proof.view)
               ? verify_by_streams(proof, log_key)
               : broken("此类报表须附全部记录", "this view rests on the whole log");
  }
  const Result<Recomputed> found =
      recompute(proof.view, proof.arguments, log_key, proof.records, proof.note);
  if (!found) {
    return fail(found.error());
  }
  if (found->json != proof.answer) {
    return broken("由所附记录算出的答案不同", "the records give another answer");
  }
  return ProvenAnswer{proof.view,
                      found->report.as_of.tree_size,
                      found->checkpoint.origin,
                      found->checkpoint.size,
                      0,
                      proof.records.size(),
                      proof.note};
}

}  // namespace juanzong
