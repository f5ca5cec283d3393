// SPDX-License-Identifier: Apache-2.0
#include "tools/client/request_builder.h"

#include "crypto/random_bytes.h"

#include "events/log/commitment.h"
#include "events/model/check.h"
#include "events/model/limits.h"
#include "events/procedures/body_inspection.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

namespace juanzong {
namespace {

namespace json = boost::json;

constexpr std::size_t json_depth_max = 20;

constexpr std::array<std::pair<std::string_view, BackEntry>, 4> back_entry_names = {{
    {"system_unavailable", BackEntry::system_unavailable},
    {"paper_taken_over", BackEntry::paper_taken_over},
    {"received_late", BackEntry::received_late},
    {"other_see_body", BackEntry::other_see_body},
}};

std::string_view view_of(const json::string& text) {
  return {text.data(), text.size()};
}

Failure malformed(std::size_t number, std::string_view what) {
  return fail(ErrorCode::malformed_request,
              "statement " + std::to_string(number) + ": " + std::string(what));
}

// Where a statement stands while it is built: commitments bind to it.
struct Place {
  std::string_view origin;
  RequestId request_id;
  std::uint16_t number = 0;
};

BodyHooks make_hooks(const Place& place,
                     std::vector<Opening>& openings,
                     const std::function<Result<Bytes>(std::string_view)>& read_file) {
  BodyHooks hooks;
  hooks.commit = [place, &openings](const FieldValue& value) {
    Opening opening{place.number, value.path, crypto::random_array<32>(), value.value};
    const FieldPlace field{place.origin, value.subject, place.request_id, place.number, value.path};
    const crypto::Digest commitment = commitment_of(field, opening.salt, opening.value);
    openings.push_back(std::move(opening));
    return commitment;
  };
  hooks.new_blob_id = [] { return BlobId{crypto::random_array<16>()}; };
  hooks.read_file = read_file;
  return hooks;
}

Outcome check_member_names(const json::object& object, std::size_t number) {
  static constexpr std::array<std::string_view, 6> known = {
      "type", "occurred_at", "request_id", "expect", "back_entry", "body"};
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::ranges::find(known, name) == known.end()) {
      return malformed(number, "unknown member \"" + std::string(name) + "\"");
    }
  }
  return Done{};
}

// A member that must be a text if it is there at all.
Result<std::optional<std::string_view>> text_member(const json::object& object,
                                                    std::string_view name,
                                                    std::size_t number) {
  const json::value* value = object.if_contains({name.data(), name.size()});
  if (value == nullptr) {
    return std::optional<std::string_view>();
  }
  if (!value->is_string()) {
    return malformed(number, std::string(name) + ": text expected");
  }
  return std::optional<std::string_view>(view_of(value->get_string()));
}

Result<UnixMicros> read_occurred_at(const json::object& object,
                                    std::size_t number,
                                    UnixMicros fallback) {
  const auto text = text_member(object, "occurred_at", number);
  if (!text) {
    return fail(text.error());
  }
  if (!*text) {
    return fallback;
  }
  const auto instant = parse_instant(**text);
  return instant ? Result<UnixMicros>(*instant)
                 : malformed(number, "occurred_at: RFC 3339 with seconds and offset expected");
}

Result<BackEntry> read_back_entry(const json::object& object, std::size_t number) {
  const auto text = text_member(object, "back_entry", number);
  if (!text) {
    return fail(text.error());
  }
  if (!*text) {
    return BackEntry::none;
  }
  for (const auto& [name, reason] : back_entry_names) {
    if (name == **text) {
      return reason;
    }
  }
  return malformed(number, "back_entry: unknown reason");
}

// The streams come from the body; "expect" only adds versions.
Outcome read_expectations(const json::object& object,
                          std::size_t number,
                          std::vector<StreamExpectation>& streams) {
  const json::value* expect = object.if_contains("expect");
  if (expect == nullptr) {
    return Done{};
  }
  if (!expect->is_object()) {
    return malformed(number, "expect: object of stream versions expected");
  }
  for (const auto& member : expect->get_object()) {
    const std::string_view name(member.key().data(), member.key().size());
    const auto stream = std::ranges::find(streams, name, &StreamExpectation::name);
    const bool usable =
        stream != streams.end() && member.value().is_int64() && member.value().get_int64() >= 0;
    if (!usable) {
      return malformed(number,
                       "expect: not a stream of the event, or not a version: " + std::string(name));
    }
    stream->expected = StreamVersion{static_cast<std::uint64_t>(member.value().get_int64())};
  }
  return Done{};
}

class StatementReader {
 public:
  StatementReader(const Catalogue& catalogue,
                  BodyCodec& codec,
                  const RequestBuilder::Environment& environment,
                  UnixMicros now)
      : catalogue_(catalogue), codec_(codec), environment_(environment), now_(now) {}

  Result<Bytes> read(const json::value& value, const Place& place) {
    if (!value.is_object()) {
      return malformed(place.number, "object expected");
    }
    const json::object& object = value.get_object();
    if (const Outcome known = check_member_names(object, place.number); !known) {
      return fail(known.error());
    }
    const auto type = text_member(object, "type", place.number);
    if (!type) {
      return fail(type.error());
    }
    const CatalogueEntry* entry = *type ? catalogue_.find(**type) : nullptr;
    if (entry == nullptr) {
      return fail(ErrorCode::unknown_event_type,
                  "statement " + std::to_string(place.number) + ": type");
    }
    const json::value* body = object.if_contains("body");
    if (body == nullptr) {
      return malformed(place.number, "body: missing");
    }
    Result<JsonBody> built = codec_.from_json(
        *entry, json::serialize(*body), make_hooks(place, openings, environment_.read_file));
    if (!built) {
      return at_place(built.error(), place);
    }
    std::ranges::move(built->attachments, std::back_inserter(attachments));
    return encode(*entry, object, std::move(built->body), place);
  }

  std::vector<Opening> openings;
  std::vector<AttachmentContent> attachments;

 private:
  static Failure at_place(const Error& error, const Place& place) {
    return fail(error.code, "statement " + std::to_string(place.number) + ": " + error.detail);
  }

  Result<Bytes> encode(const CatalogueEntry& entry,
                       const json::object& object,
                       Bytes body,
                       const Place& place) {
    const Result<BodyFacts> facts = inspect_body(entry.descriptor, body);
    if (!facts) {
      return at_place(facts.error(), place);
    }
    Statement statement;
    statement.type = entry.descriptor.type;
    statement.schema_version = entry.descriptor.schema_version;
    for (const std::string& stream : facts->streams) {
      statement.streams.push_back({stream, any_version});
    }
    const Outcome expected = read_expectations(object, place.number, statement.streams);
    const auto occurred_at = read_occurred_at(object, place.number, now_);
    const auto back_entry = read_back_entry(object, place.number);
    if (!expected || !occurred_at || !back_entry) {
      return fail(!expected      ? expected.error()
                  : !occurred_at ? occurred_at.error()
                                 : back_entry.error());
    }
    statement.occurred_at = *occurred_at;
    statement.back_entry = *back_entry;
    statement.body = std::move(body);
    Result<Bytes> bytes = encode_statement(statement);
    return bytes ? std::move(bytes) : at_place(bytes.error(), place);
  }

  const Catalogue& catalogue_;
  BodyCodec& codec_;
  const RequestBuilder::Environment& environment_;
  UnixMicros now_;
};

// The id that the line names, if any; all statements of one request that name one name the same.
Result<std::optional<RequestId>> named_request_id(const json::array& items) {
  std::optional<RequestId> id;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const json::object* object = items[i].if_object();
    if (object == nullptr) {
      continue;
    }
    const auto text = text_member(*object, "request_id", i);
    if (!text) {
      return fail(text.error());
    }
    if (!*text) {
      continue;
    }
    const auto parsed = request_id_from_text(**text);
    if (!parsed || !unix_ms_of(*parsed) || (id && *id != *parsed)) {
      return malformed(i, "request_id: one lower-case UUIDv7 a request");
    }
    id = *parsed;
  }
  return id;
}

}  // namespace

RequestId RequestBuilder::new_request_id() const {
  return make_request_id(environment_.now().value / 1'000, crypto::random_array<10>());
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
  StatementReader reader(catalogue_, codec_, environment_, environment_.now());
  std::vector<Bytes> statements;
  for (const json::value& item : items) {
    const Place place{origin_, request_id, static_cast<std::uint16_t>(statements.size())};
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

void sign_draft(DraftRequest& draft, const KeyChain& chain, const SigningKeys& keys) {
  check(!keys.empty() && keys.size() <= limits::signatures_per_request_max,
        "a request has 1 to 4 signatures");
  draft.header.key_id = key_id_of(keys.front()->public_key(), draft.header.suite);
  draft.header.key_seq = chain.key_seq + 1;
  draft.header.prev_request = chain.last_request;
  draft.request.header = encode_header(draft.header);
  draft.request.signatures.clear();
  draft.keys.clear();
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
