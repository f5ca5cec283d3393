// SPDX-License-Identifier: Apache-2.0
// RowStore in memory, for offline tools that rebuild rows from a journal or an export and for
// tests. Cursors see the rows as they were when they were made and live shorter than the store.
#pragma once

#include "events/storage/row_store.h"

#include <memory>

namespace juanzong {

[[nodiscard]] std::unique_ptr<RowStore> make_memory_row_store();

}  // namespace juanzong
