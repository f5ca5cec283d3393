// SPDX-License-Identifier: Apache-2.0
// What a salvage did, kept as the file RECOVERY in the salvaged journal's folder until the ledgers
// have it on record: it comes into being in the same step as the salvaged journal, so that a crash
// afterwards cannot make a cut tail forgotten.
#pragma once

#include "events/model/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace juanzong {

struct JournalRecovery {
  std::uint64_t anchored_next_position = 0;   // all before it was acknowledged, and is still there
  std::uint64_t recovered_next_position = 0;  // where the journal ends after the cut
  std::uint64_t log_bytes = 0;                // of the write-ahead log as found, kept aside
  std::string evidence_directory;             // where that copy lies
  bool operator==(const JournalRecovery&) const = default;
};

[[nodiscard]] Outcome write_recovery(const std::filesystem::path& journal_folder,
                                     const JournalRecovery& recovery);
// nullopt: nothing waits to be recorded. corruption if the file is not what write_recovery wrote.
[[nodiscard]] Result<std::optional<JournalRecovery>> read_recovery(
    const std::filesystem::path& journal_folder);
// It is on record now. Doing it twice is harmless.
[[nodiscard]] Outcome forget_recovery(const std::filesystem::path& journal_folder);

}  // namespace juanzong
