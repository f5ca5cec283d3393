// SPDX-License-Identifier: Apache-2.0
// A new data directory with its first ledger: keys, journal, anchor, vault, and the founding
// request as the first frame. Made beside as DIR.new and renamed at the end, so that a crash
// leaves nothing that a server would open.
#pragma once

#include "tools/juanzong/new_ledger.h"

#include <filesystem>
#include <string>

namespace juanzong::cli {

struct NewData : NewLedger {
  std::filesystem::path directory;
};

// The verifier key of the log. environment if the directory or DIR.new exists.
[[nodiscard]] Result<std::string> create_data(const NewData& wanted);
// The same with keys that exist already: of a simulation, whose keys come from its seed.
[[nodiscard]] Result<std::string> create_data(const NewData& wanted, const NewKeys& keys);

}  // namespace juanzong::cli
