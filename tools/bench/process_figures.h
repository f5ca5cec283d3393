// SPDX-License-Identifier: Apache-2.0
// What a process takes of the machine: memory and time as /proc says, and disk as the file system
// does.
#pragma once

#include "events/model/result.h"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <sys/types.h>

namespace juanzong::bench {

struct ProcessMemory {
  std::uint64_t resident_bytes = 0;  // VmRSS
  std::uint64_t peak_bytes = 0;      // VmHWM
};

// From the text of /proc/PID/status; environment if a line is missing.
[[nodiscard]] Result<ProcessMemory> parse_process_memory(std::string_view status);
[[nodiscard]] Result<ProcessMemory> memory_of(pid_t process);

// User and system time so far, from the text of /proc/PID/stat, in clock ticks; environment if it
// is something else.
[[nodiscard]] Result<std::uint64_t> parse_cpu_ticks(std::string_view stat);
[[nodiscard]] Result<double> cpu_seconds_of(pid_t process);

// Blocks that the files below the folder hold, whatever their length says. Files may come and go
// meanwhile.
[[nodiscard]] std::uint64_t disk_bytes_of(const std::filesystem::path& folder);

}  // namespace juanzong::bench
