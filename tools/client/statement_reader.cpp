// SPDX-License-Identifier: Apache-2.0
#include "tools/client/statement_reader.h"

#include "events/log/commitment.h"
#include "events/log/statement.h"
#include "events/procedures/body_inspection.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

namespace juanzong {
namespace {

namespace json = boost::json;

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

BodyHooks make_hooks(const StatementPlace& place,
                     std::vector<Opening>& openings,
                     const StatementReader::Sources& sources) {
  BodyHooks hooks;
  hooks.commit = [place, &openings, &random = sources.random](const FieldValue& value) {
    Opening opening{place.number, value.path, crypto::random_array<32>(random), value.value};
    const FieldPlace field{place.origin, value.subject, place.request_id, place.number, value.path};
    const crypto::Digest commitment = commitment_of(field, opening.salt, opening.value);
    openings.push_back(std::move(opening));
    return commitment;
  };
  hooks.new_blob_id = [&random = sources.random] {
    return BlobId{crypto::random_array<16>(random)};
  };
  hooks.read_file = sources.read_file;
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

Failure at_place(const Error& error, const StatementPlace& place) {
  return fail(error.code, "statement " + std::to_string(place.number) + ": " + error.detail);
}

}  // namespace

Result<Bytes> StatementReader::read(const json::value& value, const StatementPlace& place) {
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
  Result<JsonBody> built =
      codec_.from_json(*entry, json::serialize(*body), make_hooks(place, openings, sources_));
  if (!built) {
    return at_place(built.error(), place);
  }
  std::ranges::move(built->attachments, std::back_inserter(attachments));
  return encode(*entry, object, std::move(built->body), place);
}

Result<Bytes> StatementReader::encode(const CatalogueEntry& entry,
                                      const json::object& object,
                                      Bytes body,
                                      const StatementPlace& place) {
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

}  // namespace juanzong
