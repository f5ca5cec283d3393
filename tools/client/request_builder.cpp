// SPDX-License-Identifier: Apache-2.0
#include "tools/client/request_builder.h"

#include "events/model/check.h"
#include "events/model/limits.h"

#include "tools/client/statement_reader.h"

#include <boost/json.hpp>

#include <fstream>

namespace juanzong {
namespace {

namespace json = boost::json;

constexpr std::size_t json_depth_max = 20;

}  // namespace

RequestId RequestBuilder::new_request_id() const {
  return make_request_id(environment_.now().value / 1'000,
                         crypto::random_array<10>(environment_.random));
}

Result<DraftRequest> RequestBuilder::build(std::string_view line) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = json_depth_max;
  const json::value value = json::parse({line.data(), line.size()}, error, {}, options);
  if (error) {
    return fail(ErrorCode::malformed_request, "line: not JSON");
  }
  const json::array items = value.is_array() ? value.get_array() : json::array{value};
  if (items.empty() || items.size() > limits::statements_per_request_max) {
    return fail(ErrorCode::limit_exceeded, "1 to 4,096 statements a request");
  }
  const auto named = named_request_id(items);
  if (!named) {
    return fail(named.error());
  }
  const RequestId request_id = *named ? **named : new_request_id();
  StatementReader reader(
      catalogue_, codec_, {environment_.read_file, environment_.random}, environment_.now());
  std::vector<Bytes> statements;
  for (const json::value& item : items) {
    const StatementPlace place{origin_, request_id, static_cast<std::uint16_t>(statements.size())};
    Result<Bytes> statement = reader.read(item, place);
    if (!statement) {
      return fail(statement.error());
    }
    statements.push_back(std::move(*statement));
  }
  Result<DraftRequest> draft =
      build_statements(std::move(statements), std::move(reader.openings), request_id);
  if (draft) {
    draft->attachments = std::move(reader.attachments);
  }
  return draft;
}

Result<DraftRequest> RequestBuilder::build_statements(std::vector<Bytes> statements,
                                                      std::vector<Opening> openings,
                                                      RequestId request_id) {
  std::size_t bytes = 0;
  for (const Bytes& statement : statements) {
    bytes += statement.size();
  }
  for (const Opening& opening : openings) {
    bytes += opening.value.size();
  }
  if (statements.empty() || statements.size() > limits::statements_per_request_max ||
      bytes > limits::frame_bytes_max) {
    return fail(ErrorCode::limit_exceeded, "size of the request");
  }
  DraftRequest draft;
  draft.header.origin = origin_;
  draft.header.request_id = request_id;
  draft.header.signed_at = environment_.now();
  draft.header.not_after = UnixMicros{
      draft.header.signed_at.value +
      std::chrono::duration_cast<std::chrono::microseconds>(environment_.valid_for).count()};
  draft.header.statement_count = static_cast<std::uint16_t>(statements.size());
  draft.header.statements_root = statements_root(statements);
  draft.request.statements = std::move(statements);
  draft.request.openings = std::move(openings);
  return draft;
}

void place_draft(DraftRequest& draft, const KeyChain& chain, const crypto::PublicKey& key) {
  draft.header.key_id = key_id_of(key, draft.header.suite);
  draft.header.key_seq = chain.key_seq + 1;
  draft.header.prev_request = chain.last_request;
  draft.request.header = encode_header(draft.header);
  draft.request.signatures.clear();
  draft.keys.clear();
}

void sign_draft(DraftRequest& draft, const KeyChain& chain, const SigningKeys& keys) {
  check(!keys.empty() && keys.size() <= limits::signatures_per_request_max,
        "1 to 4 keys sign a request");
  place_draft(draft, chain, keys.front()->public_key());
  const Bytes message = signed_bytes(draft.header);
  for (const auto& key : keys) {
    draft.request.signatures.push_back(
        {key_id_of(key->public_key(), draft.header.suite), key->sign(message)});
    draft.keys.push_back(key->public_key());
  }
}

Result<Bytes> read_attachment_file(std::string_view file) {
  std::ifstream in(std::string(file), std::ios::binary | std::ios::ate);
  if (!in) {
    return fail(ErrorCode::not_found, std::string(file));
  }
  const auto size = static_cast<std::streamoff>(in.tellg());
  if (size < 0 || static_cast<std::uint64_t>(size) > limits::blob_bytes_max) {
    return fail(ErrorCode::limit_exceeded, std::string(file));
  }
  Bytes content(static_cast<std::size_t>(size));
  in.seekg(0);
  in.read(reinterpret_cast<char*>(content.data()), size);
  return in ? Result<Bytes>(std::move(content)) : fail(ErrorCode::io_failure, std::string(file));
}

}  // namespace juanzong
