// SPDX-License-Identifier: Apache-2.0
// Identifiers. Each is its own type, so that an index is never taken for a version.
#pragma once

#include "crypto/byte_view.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// Position of a record in its ledger, from 0.
enum class RecordIndex : std::uint64_t {};
// Number of a record within one stream, from 1; 0 means "the stream has no record yet".
enum class StreamVersion : std::uint64_t {};
// Permanent number of an event type (procedure number times 256, plus a counter).
enum class EventType : std::uint16_t {};

constexpr std::uint64_t number(RecordIndex index) {
  return static_cast<std::uint64_t>(index);
}
constexpr std::uint64_t number(StreamVersion version) {
  return static_cast<std::uint64_t>(version);
}
constexpr std::uint16_t number(EventType type) {
  return static_cast<std::uint16_t>(type);
}
constexpr RecordIndex next(RecordIndex index) {
  return RecordIndex{number(index) + 1};
}

inline constexpr RecordIndex no_index{~std::uint64_t{0}};

template <class Tag>
struct Id16 {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Id16&) const = default;
  [[nodiscard]] ByteView view() const { return bytes; }
};

// Chosen by the client; a UUIDv7, so that ids sort by the time at which they were made.
using RequestId = Id16<struct RequestIdTag>;
// A natural or legal person, random; the name behind it lies in the vault.
using PersonId = Id16<struct PersonIdTag>;
// First half of SHA-256("juanzong/ledger/v1\n" ‖ first origin): the ledger in a journal frame.
using LedgerId = Id16<struct LedgerIdTag>;
// A stored attachment, random.
using BlobId = Id16<struct BlobIdTag>;

// 32 lower-case hexadecimal digits, and back; nullopt for any other text.
[[nodiscard]] std::string hex_of(const std::array<std::uint8_t, 16>& bytes);
[[nodiscard]] std::optional<std::array<std::uint8_t, 16>> hex16(std::string_view text);

// Canonical 8-4-4-4-12 form of a request id, and back (lower case only).
[[nodiscard]] std::string to_text(const RequestId& id);
[[nodiscard]] std::optional<RequestId> request_id_from_text(std::string_view text);
// Milliseconds since 1970 in a UUIDv7; nullopt if version or variant bits say it is none.
[[nodiscard]] std::optional<std::int64_t> unix_ms_of(const RequestId& id);
// A UUIDv7 for this millisecond; the other 74 bits come from `random`.
[[nodiscard]] RequestId make_request_id(std::int64_t unix_ms, std::array<std::uint8_t, 10> random);

// SHA-256 over "juanzong/key/v1\n" ‖ suite ‖ public key: names a key in headers and records.
struct KeyId {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const KeyId&) const = default;
  [[nodiscard]] ByteView view() const { return bytes; }
};

}  // namespace juanzong
