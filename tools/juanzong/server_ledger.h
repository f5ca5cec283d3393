// SPDX-License-Identifier: Apache-2.0
// One ledger as a server shows it: what OfflineLedger reads from files.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/client/client.h"

#include <string>

namespace juanzong::cli {

// The zone of the ledger, from record 0.
[[nodiscard]] Result<CivilZone> zone_of(Client& client);

// Staff behind a key, from the record that registered it; empty if there is none.
[[nodiscard]] Result<std::string> staff_of_key(Client& client, const std::string& key_id);

// The record's bytes; not_found.
[[nodiscard]] Result<Bytes> read_record(Client& client, RecordIndex index);

}  // namespace juanzong::cli
