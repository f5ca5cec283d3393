// SPDX-License-Identifier: Apache-2.0
#include "events/log/statement.h"

#include "events/model/byte_io.h"
#include "events/model/limits.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::uint16_t layout = 1;
constexpr std::size_t alignment = 8;

bool is_rest_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool is_prefix_character(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}

// Of a statement to write or one that was read.
template <class Streams>
Outcome check_streams(const Streams& streams) {
  if (streams.empty() || streams.size() > limits::streams_per_statement_max) {
    return fail(ErrorCode::limit_exceeded, "streams: 1 to 16");
  }
  for (const auto& stream : streams) {
    if (!is_stream_name(stream.name)) {
      return fail(ErrorCode::malformed_request, "streams: not a stream name");
    }
  }
  const auto not_ascending = [](const auto& a, const auto& b) { return a.name >= b.name; };
  if (std::ranges::adjacent_find(streams, not_ascending) != streams.end()) {
    return fail(ErrorCode::malformed_request, "streams: names must ascend");
  }
  return Done{};
}

}  // namespace

bool is_stream_name(std::string_view name) {
  if (name.empty() || name.size() > limits::stream_name_bytes_max) {
    return false;
  }
  const std::size_t colon = name.find(':');
  const std::string_view prefix = name.substr(0, colon);
  const bool prefix_fits = !prefix.empty() && std::ranges::all_of(prefix, is_prefix_character);
  if (colon == std::string_view::npos) {
    return prefix_fits;
  }
  const std::string_view rest = name.substr(colon + 1);
  return prefix_fits && !rest.empty() && std::ranges::all_of(rest, is_rest_character);
}

Result<Bytes> encode_statement(const Statement& statement) {
  if (const Outcome streams = check_streams(statement.streams); !streams) {
    return fail(streams.error());
  }
  if (statement.body.empty() || statement.body.size() > limits::statement_bytes_max) {
    return fail(ErrorCode::limit_exceeded, "body: 1 byte to 60 KiB");
  }
  ByteWriter out;
  out.reserve(statement.body.size() + 128);
  out.put(layout).put(number(statement.type)).put(statement.schema_version);
  out.put(static_cast<std::uint8_t>(statement.back_entry));
  out.put(static_cast<std::uint8_t>(statement.streams.size()));
  out.put_i64(statement.occurred_at.value);
  for (const StreamExpectation& stream : statement.streams) {
    out.put_sized<std::uint8_t>(bytes_of(stream.name)).put(number(stream.expected));
  }
  out.pad_to(alignment);
  out.put(static_cast<std::uint32_t>(statement.body.size())).put(std::uint32_t{0});
  out.put(ByteView(statement.body)).pad_to(alignment);
  if (out.size() > limits::statement_bytes_max) {
    return fail(ErrorCode::limit_exceeded, "statement: 60 KiB");
  }
  return out.take();
}

Result<StatementView> parse_statement(ByteView bytes) {
  if (bytes.size() > limits::statement_bytes_max) {
    return fail(ErrorCode::limit_exceeded, "statement: 60 KiB");
  }
  ByteReader in(bytes);
  StatementView view;
  const bool known_layout = in.take<std::uint16_t>() == layout;
  view.type = EventType{in.take<std::uint16_t>()};
  view.schema_version = in.take<std::uint16_t>();
  const auto reason = in.take<std::uint8_t>();
  view.back_entry = BackEntry{reason};
  const std::size_t stream_count = in.take<std::uint8_t>();
  view.occurred_at = UnixMicros{in.take_i64()};
  if (stream_count > view.streams.capacity()) {
    return fail(ErrorCode::limit_exceeded, "streams: 1 to 16");
  }
  for (std::size_t i = 0; i < stream_count && in.ok(); ++i) {
    StreamView& stream = view.streams.emplace_back();
    stream.name = text_of(in.take_sized<std::uint8_t>());
    stream.expected = StreamVersion{in.take<std::uint64_t>()};
  }
  in.skip_padding(alignment);
  const std::size_t body_size = in.take<std::uint32_t>();
  const bool reserved_zero = in.take<std::uint32_t>() == 0;
  view.body = in.take_view(body_size);
  in.skip_padding(alignment);
  view.bytes = bytes;
  const bool shaped = in.finished() && known_layout && reserved_zero && body_size > 0 &&
                      reason <= static_cast<std::uint8_t>(BackEntry::other_see_body);
  if (!shaped) {
    return fail(ErrorCode::malformed_request, "statement");
  }
  if (const Outcome streams = check_streams(view.streams); !streams) {
    return fail(streams.error());
  }
  return view;
}

}  // namespace juanzong
