// SPDX-License-Identifier: Apache-2.0
// A new data directory with its first ledger: keys, journal, anchor, vault, and the founding
// request as the first frame. Made beside as DIR.new and renamed at the end, so that a crash
// leaves nothing that a server would open.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include <filesystem>
#include <string>

namespace juanzong::cli {

struct NewData {
  std::filesystem::path directory;
  std::string ledger;
  std::string origin;
  std::string timezone = "Asia/Shanghai";
  std::string founder = "S-ADM";
  UnixMicros now;
};

// The verifier key of the log. environment if the directory or DIR.new exists.
[[nodiscard]] Result<std::string> create_data(const NewData& wanted);

}  // namespace juanzong::cli
