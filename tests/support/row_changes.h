// SPDX-License-Identifier: Apache-2.0
// Rows written out in a test.
#pragma once

#include "events/storage/row_batch.h"

#include <initializer_list>

namespace juanzong::testing {

inline RowBatch row_batch(std::initializer_list<RowChange> changes) {
  RowBatch batch;
  for (const auto& [key, value] : changes) {
    if (value) {
      batch.put(key, *value);
    } else {
      batch.erase(key);
    }
  }
  return batch;
}

}  // namespace juanzong::testing
