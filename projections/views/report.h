// SPDX-License-Identifier: Apache-2.0
// Report: what every view answers. Facts and tables with typed cells, so that one renderer makes
// readable tables and one makes JSON. Each figure can name the records it was summed from; every
// report carries as_of.
#pragma once

#include "crypto/digest.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/model/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace juanzong {

// What the figures rest on: ledger, last record applied (tree size - 1), root over them.
struct AsOf {
  std::string ledger;
  std::string origin;
  std::uint64_t tree_size = 0;
  crypto::Digest root;
  UnixMicros last_recorded_at;
};

struct CellCode {
  std::string code;  // stable, for programs
  std::string zh;    // for people
  bool operator==(const CellCode&) const = default;
};

using CellValue = std::
    variant<std::monostate, std::string, std::int64_t, bool, Fen, CivilDate, UnixMicros, CellCode>;

struct Cell {
  CellValue value;
  std::vector<RecordIndex> records;  // the figure's expansion; empty: plain text
  bool operator==(const Cell&) const = default;
};

struct ReportFact {
  std::string key;  // JSON name, snake_case
  std::string zh;
  Cell cell;
};

struct ReportColumn {
  std::string key;
  std::string zh;
};

struct ReportTable {
  std::string key;
  std::string zh;
  std::vector<ReportColumn> columns;
  std::vector<std::vector<Cell>> rows;
};

struct Report {
  std::string view;
  std::string zh;
  std::string en;
  AsOf as_of;
  std::vector<ReportFact> facts;
  std::vector<ReportTable> tables;
  std::vector<std::string> notes;  // zh first, then en, one sentence each
  std::string next;                // cursor of a paged list; empty at its end
};

// One JSON object: {"view", "title", "as_of": {…}, facts by key, tables by key as lists of
// objects, "records": {key: [indexes]} beside figures that have an expansion, "notes", "next"?}.
// Money is integer fen, dates are ISO texts, instants RFC 3339 with the zone's offset.
// Labels::yes adds "labels": {key: zh, "table": zh, "table.column": zh}, from which report_parse.h
// makes the report again.
enum class Labels : bool { no, yes };
[[nodiscard]] std::string to_json(const Report& report,
                                  const CivilZone& zone,
                                  Labels labels = Labels::no);

}  // namespace juanzong
