// SPDX-License-Identifier: Apache-2.0
// What others say of the log and its time: time stamps and cosignatures of its checkpoints. Whether
// token and cosignature verify only somebody with roots and policy can say: the server before it
// states them, and the auditor.
#pragma once

#include "events/model/limits.h"
#include "events/procedures/procedure.h"

#include <span>

namespace juanzong::limits {
// Time stamp tokens (RFC 3161) stand in records; with the certificates of a chain they have some
// KiB.
inline constexpr std::size_t timestamp_token_bytes_max = 32 * 1024;
static_assert(timestamp_token_bytes_max + 1'024 <= statement_bytes_max,
              "a token fits into a record");
}  // namespace juanzong::limits

namespace juanzong::operation {

inline constexpr Rule stamp_rule{
    "H-OPS-6",
    "PX",
    "所盖时间戳的检查点须晚于上一个且在本记录之前,时间不得早于上一个时间戳",
    "a stamped checkpoint lies before its record and after the last stamped one, and time goes on"};

inline constexpr Rule witness_rule{
    "H-OPS-7",
    "PX",
    "所见证的检查点须在本记录之前,且不早于上一个",
    "a witnessed checkpoint lies before its record and not before the last"};

[[nodiscard]] std::span<const EventHandler> outside_time_handlers();

}  // namespace juanzong::operation
