// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/query_proof.h"

#include "crypto/checkpoint.h"

#include "events/model/limits.h"

#include "tools/juanzong/ledger_key.h"
#include "tools/juanzong/offline_proofs.h"
#include "tools/terminal/progress_bar.h"

#include <algorithm>

namespace juanzong::cli {
namespace {

constexpr int attempts = 3;

Result<std::vector<Bytes>> records_of(Client& client, std::uint64_t size) {
  terminal::ProgressBar bar("读取 reading", size);
  std::vector<Bytes> records;
  while (records.size() < size) {
    const auto count = std::min<std::uint64_t>(size - records.size(), limits::records_per_page_max);
    Result<message::Records> page =
        client.read_records(RecordIndex{records.size()}, static_cast<std::uint32_t>(count));
    if (!page) {
      return fail(page.error());
    }
    if (page->records.empty()) {
      return fail(ErrorCode::not_found, "record " + std::to_string(records.size()));
    }
    std::ranges::move(page->records, std::back_inserter(records));
    bar.update(records.size());
  }
  return records;
}

Result<AnswerProof> prove_by_log(Client& client,
                                 std::string_view view,
                                 const QueryArguments& arguments,
                                 const crypto::VerifierKey& key) {
  Result<std::string> note = client.checkpoint();
  const auto head = note ? crypto::open_checkpoint(*note, key) : std::nullopt;
  if (!head) {
    return note ? fail(ErrorCode::bad_signature, "checkpoint") : fail(note.error());
  }
  Result<std::vector<Bytes>> records = records_of(client, head->size);
  return records
             ? juanzong::prove_by_log(view, arguments, key, *std::move(records), *std::move(note))
             : fail(records.error());
}

}  // namespace

Result<AnswerProof> prove_answer(const OfflineLedger& ledger,
                                 std::string_view view,
                                 const QueryArguments& arguments) {
  const Result<crypto::VerifierKey> key = verifier_key_of(ledger);
  if (!key) {
    return fail(key.error());
  }
  if (rests_on_streams(view)) {
    const auto proofs = OfflineStreamProofs::make(ledger);
    return proofs ? prove_by_streams(
                        view,
                        arguments,
                        *key,
                        [&proofs](const std::string& stream) { return (*proofs)->prove(stream); })
                  : fail(proofs.error());
  }
  Result<std::string> note = signed_head_of(ledger);
  Result<std::vector<Bytes>> records =
      note ? ledger.reader().records(RecordIndex{0}, ledger.head().size()) : fail(note.error());
  return records
             ? juanzong::prove_by_log(view, arguments, *key, *std::move(records), *std::move(note))
             : fail(records.error());
}

Result<AnswerProof> prove_answer(Client& client,
                                 std::string_view view,
                                 const QueryArguments& arguments) {
  const auto key = crypto::VerifierKey::parse(client.facts().verifier_key);
  if (!key) {
    return fail(ErrorCode::bad_signature, "verifier key");
  }
  if (!rests_on_streams(view)) {
    return prove_by_log(client, view, arguments, *key);
  }
  const StreamProver prove = [&client](const std::string& stream) {
    return client.prove_stream(stream);
  };
  Result<AnswerProof> proof = prove_by_streams(view, arguments, *key, prove);
  for (int i = 1; i < attempts && !proof && proof.error().code == ErrorCode::proof_invalid; ++i) {
    proof = prove_by_streams(view, arguments, *key, prove);
  }
  return proof;
}

}  // namespace juanzong::cli
