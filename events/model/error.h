// SPDX-License-Identifier: Apache-2.0
// Errors: what went wrong with a request that no business rule was asked about. Numbers are
// permanent: they travel on the wire and stand in documentation; retired ones are never reused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace juanzong {

enum class ErrorCode : std::uint16_t {
  malformed_frame = 1,
  frame_too_large = 2,
  malformed_request = 3,
  unknown_event_type = 4,
  schema_violation = 5,
  unknown_ledger = 6,
  not_authenticated = 7,
  not_permitted = 8,
  bad_signature = 9,
  unknown_key = 10,
  key_not_valid = 11,
  actor_chain_conflict = 12,
  request_expired = 13,
  request_id_reused = 14,
  request_id_not_acceptable = 15,
  opening_mismatch = 17,
  attachment_missing = 18,
  busy = 19,
  storage_full = 20,
  outcome_unknown = 21,
  shutting_down = 22,
  not_found = 23,
  query_invalid = 24,
  limit_exceeded = 25,
  writes_stopped = 26,
  streams_mismatch = 27,
  origin_mismatch = 28,
  corruption = 30,
  io_failure = 31,
  environment = 32,
  ledger_behind_anchor = 33,
  already_running = 34,
  key_file_permissions = 35,
  ledger_not_named = 36,
  ledger_name_taken = 37,
  ledger_origin_taken = 38,
  signature_required = 39,
  ledger_stopped = 40,
  program_too_old = 41,
  proof_invalid = 42,
};

// The permanent name, e.g. "request_id_reused".
[[nodiscard]] std::string_view name_of(ErrorCode code);
// One sentence for people, Chinese first; says what to do next. No personal data.
[[nodiscard]] std::string_view zh_of(ErrorCode code);
[[nodiscard]] std::string_view en_of(ErrorCode code);

// `detail` names the place (file, line, field, index), never a value that may be personal.
struct Error {
  ErrorCode code = ErrorCode::malformed_request;
  std::string detail;

  bool operator==(const Error&) const = default;
};

// "name: zh / en (detail)", for terminals and logs.
[[nodiscard]] std::string to_text(const Error& error);

}  // namespace juanzong
