// SPDX-License-Identifier: Apache-2.0
// What a ledger holds about one person (PIPL 第45条): every record in which his id stands, with the
// personal values that are his own, opened; who looked at his file is among them. Values of
// other people in the same records stay sealed.
#pragma once

#include "events/model/result.h"

#include "projections/views/query.h"

#include "tools/juanzong/offline_ledger.h"

#include <boost/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace juanzong::cli {

struct TrailValue {
  std::string path;  // "visitor", "signatures[0].image"
  bool is_attachment = false;
  std::optional<Bytes> value;  // absent: erased, or the vault was not opened
};

struct TrailEntry {
  RecordIndex index{};
  UnixMicros recorded_at;
  std::string event;
  std::string zh;
  std::string actor;
  std::vector<std::string> streams;
  std::vector<TrailValue> values;
};

struct PersonTrail {
  std::string person;
  std::string origin;
  bool erased = false;
  bool restricted = false;
  std::vector<TrailEntry> entries;  // ascending
};

// Reads the whole log, with progress.
[[nodiscard]] Result<PersonTrail> read_trail(const OfflineLedger& ledger,
                                             const PersonId& person,
                                             const OpenField& open_field);

// Opens values with the key files of the data directory. `ledger` outlives it.
[[nodiscard]] Result<OpenField> offline_open_field(const OfflineLedger& ledger);

[[nodiscard]] std::string trail_text(const PersonTrail& trail, const CivilZone& zone);
[[nodiscard]] boost::json::object trail_json(const PersonTrail& trail);

}  // namespace juanzong::cli
