// SPDX-License-Identifier: Apache-2.0
// Digest over derived rows: SHA-256 over (key length u32 ‖ key ‖ value length u32 ‖ value) in key
// order, over all rows and for each table.
#pragma once

#include "crypto/digest.h"

#include "events/storage/row_store.h"

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

[[nodiscard]] RowsDigest digest_of(const RowStore& store);

}  // namespace juanzong::cli
