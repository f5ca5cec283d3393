// SPDX-License-Identifier: Apache-2.0
// From the rows of a roster to requests: UnitRegistered for every unit, then OwnerRosterImported
// for every 15 of them. A request is all or nothing and stays below the limit of a frame; the
// roster file itself is not stored (it would outlive the erasure of its persons), its digest is.
#pragma once

#include "crypto/digest.h"

#include "tools/import/roster_file.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace juanzong {

// A row takes about 1 KiB on the wire (two statements, two openings), a frame has 1 MiB.
inline constexpr std::size_t rows_per_request_max = 450;
// The rule's bound: one stream a unit and one for the roster, 16 a record.
inline constexpr std::size_t entries_per_record_max = 15;

struct RosterSource {
  std::string roster_id;
  std::string developer;
  crypto::Digest file_digest;
};

struct RosterRequest {
  std::string line;                 // for RequestBuilder
  std::span<const RosterRow> rows;  // those it records; statement i < rows.size() is of rows[i]
};

// Person ids are random; rows with the same name and the same phone are one person.
[[nodiscard]] std::vector<RosterRequest> make_requests(std::span<const RosterRow> rows,
                                                       const RosterSource& source);

}  // namespace juanzong
