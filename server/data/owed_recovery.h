// SPDX-License-Identifier: Apache-2.0
// DIR/recovery/: what a directory that was restored with a known loss still owes. One file a
// ledger, named by its id in hexadecimal: the newest checkpoint known of it, to which the log does
// not lead. While there is one, no server opens the directory: it would sign a second history under
// an origin that has one. `juanzong recover` puts the loss on record and removes the file.
#pragma once

#include "events/model/ids.h"
#include "events/model/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] bool owes_recovery(const std::filesystem::path& root);
// The checkpoint; not_found if the ledger owes none.
[[nodiscard]] Result<std::string> owed_checkpoint(const std::filesystem::path& root,
                                                  const LedgerId& ledger);
[[nodiscard]] Outcome owe_recovery(const std::filesystem::path& root,
                                   const LedgerId& ledger,
                                   std::string_view checkpoint);
// Done also if it is gone already.
[[nodiscard]] Outcome strike_off_recovery(const std::filesystem::path& root,
                                          const LedgerId& ledger);

}  // namespace juanzong
