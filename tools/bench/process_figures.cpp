// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/process_figures.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace juanzong::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t block_bytes = 512;  // of st_blocks, on any file system

// "VmRSS:\t   12345 kB"
std::optional<std::uint64_t> bytes_after(std::string_view status, std::string_view name) {
  const std::size_t at = status.find(name);
  const std::size_t digits =
      at == std::string_view::npos ? at : status.find_first_of("0123456789", at + name.size());
  if (digits == std::string_view::npos) {
    return std::nullopt;
  }
  std::uint64_t kibibytes = 0;
  std::from_chars(status.data() + digits, status.data() + status.size(), kibibytes);
  return kibibytes * 1'024;
}

std::string text_of(pid_t process, const char* name) {
  std::ifstream in("/proc/" + std::to_string(process) + "/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Result<ProcessMemory> parse_process_memory(std::string_view status) {
  const auto resident = bytes_after(status, "VmRSS:");
  const auto peak = bytes_after(status, "VmHWM:");
  if (!resident || !peak) {
    return fail(ErrorCode::environment, "no VmRSS or VmHWM");
  }
  return ProcessMemory{*resident, *peak};
}

Result<ProcessMemory> memory_of(pid_t process) {
  return parse_process_memory(text_of(process, "status"));
}

Result<std::uint64_t> parse_cpu_ticks(std::string_view stat) {
  // The name of the program stands in brackets and may hold anything; utime and stime are the
  // twelfth and thirteenth field behind it.
  constexpr int fields_before = 12;
  const std::size_t name_end = stat.rfind(") ");
  std::istringstream fields(
      std::string(name_end == std::string_view::npos ? "" : stat.substr(name_end + 2)));
  std::string skipped;
  for (int i = 1; i < fields_before; ++i) {
    fields >> skipped;
  }
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  if (!(fields >> user >> system)) {
    return fail(ErrorCode::environment, "no utime and stime");
  }
  return user + system;
}

Result<double> cpu_seconds_of(pid_t process) {
  const Result<std::uint64_t> ticks = parse_cpu_ticks(text_of(process, "stat"));
  if (!ticks) {
    return fail(ticks.error());
  }
  return static_cast<double>(*ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t disk_bytes_of(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    struct stat status {};
    if (::lstat(it->path().c_str(), &status) == 0) {
      bytes += static_cast<std::uint64_t>(status.st_blocks) * block_bytes;
    }
  }
  return bytes;
}

}  // namespace juanzong::bench
