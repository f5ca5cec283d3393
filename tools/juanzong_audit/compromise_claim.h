// SPDX-License-Identifier: Apache-2.0
// Claims that a key was in other hands before it was revoked (`compromised_since`). A claim never
// works backwards: what the key signed stays valid and attributed, and the report says how much of
// it there is, so that people can look.
#pragma once

#include "events/log/record_source.h"
#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace juanzong::audit {

struct CompromiseClaim {
  std::uint64_t index = 0;  // of the revocation that claims it
  KeyId key;
  std::string staff;
  UnixMicros since;
  std::uint64_t records = 0;  // signed or vouched for with the key, from `since` to the revocation
};

// Goes through the records, which were verified, once for all claims; none: not at all.
void count_records(RecordSource& source, std::vector<CompromiseClaim>& claims);

}  // namespace juanzong::audit
