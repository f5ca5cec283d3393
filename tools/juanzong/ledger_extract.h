// SPDX-License-Identifier: Apache-2.0
// One ledger of a data directory as a data directory of its own, without the ledgers' keys: what a
// handover seals. Records and openings stay as they are, in new frames; attachments that the
// records name, and the keys of the people in them, wrapped anew.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/model/ids.h"
#include "events/model/result.h"

#include "server/data/data_directory.h"

#include <filesystem>

namespace juanzong::cli {

struct LedgerExtract {
  std::uint64_t records = 0;
  std::size_t people = 0;
  std::size_t blobs = 0;
};

// `folder` must not exist. The data directory is open, so nothing is added meanwhile.
[[nodiscard]] Result<LedgerExtract> extract_ledger(DataDirectory& data,
                                                   const LedgerId& ledger,
                                                   const std::filesystem::path& folder,
                                                   const crypto::SecretKey& key_encryption_key);

}  // namespace juanzong::cli
