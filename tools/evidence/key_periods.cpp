// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/key_periods.h"

#include "crypto/hex.h"

#include "events/procedures/parties.h"

namespace juanzong::evidence {
namespace {

// Permanent numbers; whoever checks by hand has no catalogue either.
constexpr EventType key_registered{33};
constexpr EventType key_rotated{34};
constexpr EventType key_revoked{35};
constexpr std::string_view key_prefix = "key:";
constexpr std::string_view staff_prefix = "staff:";

}  // namespace

ParsedRecords parse_records(const CaseFile& file) {
  ParsedRecords parsed;
  for (const auto& [index, listed] : file.records) {
    if (Result<RecordView> record = parse_record(listed.bytes)) {
      parsed.emplace(index, *std::move(record));
    }
  }
  return parsed;
}

std::uint64_t first_of_request(const RecordView& record) {
  return number(record.index) - record.statement_number;
}

bool KeyPeriod::covers_request(const RecordView& record) const {
  const std::uint64_t first = first_of_request(record);
  return registered < first + record.header.statement_count && (!ended || *ended >= first);
}

KeyPeriods::KeyPeriods(const ParsedRecords& records) {
  for (const auto& [index, record] : records) {
    read(record);
  }
}

// The first registration or rotation in a key's stream brings it in, a later rotation or a
// revocation ends it. Of the server's keys, the next one ends the one before.
void KeyPeriods::read(const RecordView& record) {
  const EventType type = record.statement.type;
  if (type != key_registered && type != key_rotated && type != key_revoked) {
    return;
  }
  std::string staff;
  for (const StreamView& stream : record.statement.streams) {
    if (stream.name.starts_with(staff_prefix)) {
      staff = stream.name.substr(staff_prefix.size());
    }
  }
  const std::uint64_t index = number(record.index);
  for (const StreamView& stream : record.statement.streams) {
    if (!stream.name.starts_with(key_prefix)) {
      continue;
    }
    const auto known = periods_.find(stream.name);
    if (known != periods_.end()) {
      if (type != key_registered && !known->second.ended) {
        known->second.ended = index;
      }
      continue;
    }
    if (type == key_revoked) {
      continue;
    }
    periods_.emplace(stream.name, KeyPeriod{staff, index, std::nullopt});
    if (staff == server_staff) {
      const auto replaced = periods_.find(server_stream_);
      if (replaced != periods_.end() && !replaced->second.ended) {
        replaced->second.ended = index;
      }
      server_stream_ = stream.name;
    }
  }
}

const KeyPeriod* KeyPeriods::find(const KeyId& key) const {
  const auto found = periods_.find(key_stream(key));
  return found == periods_.end() ? nullptr : &found->second;
}

std::string KeyPeriods::staff_of(const KeyId& key) const {
  const KeyPeriod* period = find(key);
  return period == nullptr ? std::string() : period->staff;
}

std::string key_stream(const KeyId& key) {
  return std::string(key_prefix) + crypto::hex_encode(key.view());
}

std::string staff_stream(std::string_view staff) {
  return std::string(staff_prefix) + std::string(staff);
}

}  // namespace juanzong::evidence
