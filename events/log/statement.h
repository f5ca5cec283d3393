// SPDX-License-Identifier: Apache-2.0
// Statement: what an actor states, byte for byte as it is signed (docs/FORMATS.md, section 2).
//
//   offset  size  field
//   0       2     layout, 1
//   2       2     event type
//   4       2     schema version of the body
//   6       1     back-entry reason (0: not a back-entry, 补录)
//   7       1     number of streams s, 1 to 16
//   8       8     occurred_at, µs since 1970 UTC
//   16            s times: name length u8, name, expected version u64 (all ones: any);
//                 names strictly ascending as bytes
//   …             zero bytes up to a multiple of 8
//   …       4     body length b
//   …       4     zero
//   …       b     event body (FlatBuffers), then zero bytes up to a multiple of 8
//
// All integers little-endian. The body starts at a multiple of 8, so that a verifier can read it
// in place. Nothing in a statement is personal data: names of streams are codes or random ids.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/model/limits.h"
#include "events/model/result.h"

#include <boost/container/static_vector.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Why an event is entered late. A code, because free text could speak of a person.
enum class BackEntry : std::uint8_t {
  none = 0,
  system_unavailable = 1,  // 停电、断网
  paper_taken_over = 2,    // 纸质档案转入
  received_late = 3,       // 资料迟到
  other_see_body = 4,
};

// `expected` of a stream whose version the actor does not care about.
inline constexpr StreamVersion any_version{~std::uint64_t{0}};

struct StreamExpectation {
  std::string name;
  StreamVersion expected = any_version;
  bool operator==(const StreamExpectation&) const = default;
};

struct Statement {
  EventType type{};
  std::uint16_t schema_version = 1;
  BackEntry back_entry = BackEntry::none;
  UnixMicros occurred_at;
  std::vector<StreamExpectation> streams;
  Bytes body;
  bool operator==(const Statement&) const = default;
};

struct StreamView {
  std::string_view name;
  StreamVersion expected = any_version;
};

// A parsed statement; names, `body` and `bytes` point into the bytes that were parsed.
struct StatementView {
  EventType type{};
  std::uint16_t schema_version = 1;
  BackEntry back_entry = BackEntry::none;
  UnixMicros occurred_at;
  boost::container::static_vector<StreamView, limits::streams_per_statement_max> streams;
  ByteView body;
  ByteView bytes;
};

// limit_exceeded or malformed_request if the statement cannot be written in this layout.
[[nodiscard]] Result<Bytes> encode_statement(const Statement& statement);

// Refuses every byte string that encode_statement would not write.
[[nodiscard]] Result<StatementView> parse_statement(ByteView bytes);

// "prefix:rest": prefix a–z and '_', rest from [A-Za-z0-9._-], both non-empty; or a bare prefix
// for the one-per-ledger streams ("policy", "ledger").
[[nodiscard]] bool is_stream_name(std::string_view name);

}  // namespace juanzong
