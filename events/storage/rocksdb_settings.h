// SPDX-License-Identifier: Apache-2.0
// What both databases share: settings that make RocksDB fail loudly instead of repairing quietly,
// and the translation of its statuses. Included by .cpp files of this folder only.
#pragma once

#include "events/model/error.h"
#include "events/model/result.h"

#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <filesystem>

namespace juanzong {

// Checks everywhere, no background resume after an error, no recycled or compressed write-ahead
// log, no information log. Each database adds its own sizes.
[[nodiscard]] rocksdb::Options careful_options();

[[nodiscard]] rocksdb::ReadOptions verified_reads();

// `doing` names the step, never a value.
[[nodiscard]] Failure failure_of(const rocksdb::Status& status, std::string_view doing);

}  // namespace juanzong
