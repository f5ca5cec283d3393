// SPDX-License-Identifier: Apache-2.0
// What a verifier found wrong: the first bad record, the kind of fault, plain words.
#pragma once

#include "events/model/ids.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace juanzong {

// The numbers are not stored; the names (name_of) are permanent.
enum class LogFault : std::uint8_t {
  unreadable,      // the source could not give the record
  layout,          // not a record
  index,           // not the previous one plus 1
  chain,           // prev is not the leaf of the record before
  time,            // recorded_at falls
  origin,          // another ledger's
  request,         // statements missing, added or under another header
  statement_path,  // the statement is not under R of its header
  request_id,      // used before
  key_chain,       // a request of the key is missing, added or out of order
  stream,          // version or previous index of a stream
};

[[nodiscard]] std::string_view name_of(LogFault fault);

struct LogFinding {
  RecordIndex index{};
  LogFault fault{};
  std::string zh;
  std::string en;
  bool operator==(const LogFinding&) const = default;
};

}  // namespace juanzong
