// SPDX-License-Identifier: Apache-2.0
// Queries: the only door into the views. A view is a function from (durable snapshot, arguments)
// to a report; the table in query.cpp lists them with the roles that may ask.
#pragma once

#include "events/log/frame.h"
#include "events/model/result.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/roles.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/record_reader.h"
#include "projections/state/snapshot_world.h"
#include "projections/views/report.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Opens a personal value of a record, if the asker may see it: nullopt when erased.
// `path` names the field as in the record's commitments.
using OpenField = std::function<std::optional<Bytes>(RecordIndex index, std::string_view path)>;

// A personal value that an answer shows in full.
struct ShownValue {
  RecordIndex record{};
  std::string path;
  std::uint8_t item = 0;  // body::OwnerFileItem
};

struct QuerySource {
  const RowReader& rows;
  const RecordReader& records;
  const Catalogue& catalogue;
  LedgerOrdinal ledger{};
  std::string ledger_name;
  RoleSet roles;         // of who asks; an offline tool with the data directory asks as AUD
  OpenField open_field;  // empty: personal values stay masked
  UnixMicros now;
  // What is shown in full stands here afterwards, for whoever puts it on record before the answer
  // leaves; without it nothing is shown in full.
  std::vector<ShownValue>* shown = nullptr;
  // What the rows are of, where they cannot say it themselves (projections/proofs): every answer is
  // as of then.
  const AsOf* known_as_of = nullptr;
};

// Arguments as text by name: "unit", "deposit", "month", "as_of" (index or date), "date", "limit",
// "cursor". Unknown names are query_invalid.
using QueryArguments = std::map<std::string, std::string, std::less<>>;

// not_found for an unknown view, not_permitted for a role that may not ask.
[[nodiscard]] Result<Report> run_query(const QuerySource& source,
                                       std::string_view view,
                                       const QueryArguments& arguments);

struct ViewInfo {
  std::string_view name;
  std::string_view zh;
  std::string_view arguments;  // "--deposit D [--as-of INDEX|DATE] [--date DATE]"
  std::string_view roles;
};
[[nodiscard]] std::vector<ViewInfo> views();

}  // namespace juanzong
