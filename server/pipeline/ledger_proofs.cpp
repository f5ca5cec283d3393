// SPDX-License-Identifier: Apache-2.0
// LedgerService, the reading half: queries, proofs, checkpoints, tiles.
#include "crypto/base64.h"

#include "events/log/record.h"

#include "server/pipeline/ledger_service.h"

#include <boost/json.hpp>

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::size_t tile_width = 256;
constexpr int entries_level = -1;

// c2sp.org/tlog-proof@v1: index, path, empty line, checkpoint note.
std::string proof_file(RecordIndex index,
                       const std::vector<crypto::Digest>& path,
                       const std::string& note) {
  std::string text = "c2sp.org/tlog-proof@v1\nindex " + std::to_string(number(index)) + "\n";
  for (const crypto::Digest& hash : path) {
    text.append(crypto::base64_encode(hash.view())).append("\n");
  }
  return text.append("\n").append(note);
}

Result<QueryArguments> parse_arguments(std::string_view text) {
  boost::json::error_code error;
  const boost::json::value value = boost::json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) {
    return fail(ErrorCode::query_invalid, "arguments: JSON object expected");
  }
  QueryArguments arguments;
  for (const auto& [key, item] : value.get_object()) {
    if (!item.is_string()) {
      return fail(ErrorCode::query_invalid, std::string(key) + ": text expected");
    }
    arguments.emplace(std::string(key), std::string(item.get_string()));
  }
  return arguments;
}

// "labels":"1" asks how the report is written, not what it says: no view sees it.
Labels take_labels(QueryArguments& arguments) {
  const auto found = arguments.find("labels");
  if (found == arguments.end() || found->second != "1") {
    return Labels::no;
  }
  arguments.erase(found);
  return Labels::yes;
}

// Entry bundle of C2SP tlog-tiles: u16 big-endian length, entry.
std::string entry_bundle(const std::vector<Bytes>& records) {
  std::string bundle;
  for (const Bytes& record : records) {
    bundle.push_back(static_cast<char>(record.size() >> 8));
    bundle.push_back(static_cast<char>(record.size() & 0xFF));
    bundle.append(text_of(ByteView(record)));
  }
  return bundle;
}

}  // namespace

Result<std::string> LedgerService::query(const Principal& who,
                                         std::string_view view,
                                         std::string_view arguments) const {
  Result<QueryArguments> parsed = parse_arguments(arguments);
  if (!parsed) {
    return fail(parsed.error());
  }
  const Labels labels = take_labels(*parsed);
  const Result<LedgerSnapshot> at = snapshot(who.ordinal);
  if (!at) {
    return fail(at.error());
  }
  const OpenField open = [&](RecordIndex index, std::string_view path) {
    return open_field(*at, index, path);
  };
  const QuerySource source{at->rows(),
                           at->reader(),
                           catalogue(),
                           who.ordinal,
                           who.ledger,
                           who.roles,
                           open,
                           parts_.clock.now()};
  const Result<Report> report = run_query(source, view, *parsed);
  if (!report) {
    return fail(report.error());
  }
  return to_json(*report, at->head().zone, labels);
}

Result<std::string> LedgerService::checkpoint(std::string_view ledger) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  Result<SignedHead> signed_newest = signed_head(at->head(), at->head().size());
  return signed_newest ? Result<std::string>(std::move(signed_newest->note))
                       : Result<std::string>(fail(signed_newest.error()));
}

Result<std::string> LedgerService::prove_record(std::string_view ledger, RecordIndex index) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  const Result<SignedHead> head = signed_head(at->head(), number(index) + 1);
  if (!head) {
    return fail(head.error());
  }
  const auto path = at->reader().inclusion_proof(index, head->head.size);
  return path ? Result<std::string>(proof_file(index, *path, head->note))
              : Result<std::string>(fail(path.error()));
}

Result<std::string> LedgerService::prove_consistency(std::string_view ledger,
                                                     std::uint64_t old_size) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  const Result<SignedHead> head = signed_head(at->head(), old_size);
  if (!head) {
    return fail(head.error());
  }
  const auto proof = at->reader().consistency_proof(old_size, head->head.size);
  if (!proof) {
    return fail(proof.error());
  }
  // The body of a witness's add-checkpoint request: old size, hashes, empty line, checkpoint.
  std::string text = "old " + std::to_string(old_size) + "\n";
  for (const crypto::Digest& hash : *proof) {
    text.append(crypto::base64_encode(hash.view())).append("\n");
  }
  return text.append("\n").append(head->note);
}

Result<std::string> LedgerService::tile(std::string_view ledger,
                                        int level,
                                        std::uint64_t number,
                                        std::size_t width) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  if (level != entries_level) {
    return at->reader().tile(static_cast<std::uint8_t>(level), number, width);
  }
  const Result<std::vector<Bytes>> records =
      at->reader().records(RecordIndex{number * tile_width}, width);
  if (!records || records->size() != width) {
    return fail(ErrorCode::not_found, "entries");
  }
  return entry_bundle(*records);
}

}  // namespace juanzong
