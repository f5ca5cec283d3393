// SPDX-License-Identifier: Apache-2.0
// Whose the signing keys of a case file are, and from which record to which they were valid. Read
// from the streams `key:…` and `staff:SYS` of the file alone; that these are whole is the caller's
// to have checked.
#pragma once

#include "events/log/record.h"
#include "events/model/ids.h"

#include "tools/evidence/case_file.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace juanzong::evidence {

// Views into the case file's bytes; records that do not parse are missing.
using ParsedRecords = std::map<RecordIndex, RecordView>;
[[nodiscard]] ParsedRecords parse_records(const CaseFile& file);

struct KeyPeriod {
  std::string staff;
  std::uint64_t registered = 0;        // index of the record
  std::optional<std::uint64_t> ended;  // index of its rotation, revocation, replacement

  // A key is judged at the first record of the request that it signs; the request that registers
  // it bears its signature too, and the one that ends it was still good.
  [[nodiscard]] bool covers_request(const RecordView& record) const;
};

class KeyPeriods {
 public:
  explicit KeyPeriods(const ParsedRecords& records);
  // nullptr: the records register no such key.
  [[nodiscard]] const KeyPeriod* find(const KeyId& key) const;
  [[nodiscard]] std::string staff_of(const KeyId& key) const;

 private:
  void read(const RecordView& record);
  std::map<std::string, KeyPeriod, std::less<>> periods_;  // by stream name
  std::string server_stream_;                              // of the server's newest key
};

[[nodiscard]] std::string key_stream(const KeyId& key);
[[nodiscard]] std::string staff_stream(std::string_view staff);
[[nodiscard]] std::uint64_t first_of_request(const RecordView& record);

}  // namespace juanzong::evidence
