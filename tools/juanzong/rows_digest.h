// SPDX-License-Identifier: Apache-2.0
// Digest over derived rows: SHA-256 over (key length u32 ‖ key ‖ value length u32 ‖ value) in key
// order, over all rows and for each table.
#pragma once

#include "crypto/digest.h"

#include "projections/engine/derived_rows.h"

#include <cstdint>
#include <map>
#include <string>

namespace juanzong::cli {

struct TableDigest {
  std::uint64_t rows = 0;
  crypto::Digest digest;
  bool operator==(const TableDigest&) const = default;
};

struct RowsDigest {
  TableDigest all;
  std::map<std::string, TableDigest> tables;  // by name
};

// Of the rows that have been written out; what still lies in memory is not seen.
[[nodiscard]] RowsDigest digest_of(DerivedRows& rows);

}  // namespace juanzong::cli
