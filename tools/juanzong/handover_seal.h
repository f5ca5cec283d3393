// SPDX-License-Identifier: Apache-2.0
// Handing a ledger over (档案交接), the former company's part: offline, under the journal's lock.
// In this order, with what a crash leaves behind:
//
//   1 LedgerHandedOver, synced   the ledger has ended here; doing it again goes on with 2
//   2 PACKAGE.new                of no use; deleted and made again
//   3 PACKAGE                    renamed when it is whole
//
// The package is a folder:
//
//   former.checkpoint   the last head under the former origin, over the whole log
//   former.vkey         whose key signed it
//   ledger.backup       the ledger, its openings and attachments, sealed to the successor
//   ledger.backup.keys  the keys of the people in it, likewise; to be destroyed after the import
//   vault.kek.sealed    what wraps those, likewise
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/juanzong/handover_offer.h"

#include <filesystem>
#include <string>

namespace juanzong::cli {

inline constexpr std::string_view sealed_kek_kind = "juanzong/handover-kek/v1";

struct HandoverPackage {
  explicit HandoverPackage(const std::filesystem::path& folder);
  std::filesystem::path checkpoint, verifier_key, backup, key_copy, sealed_kek;
};

struct HandoverSeal {
  std::filesystem::path directory;
  std::string ledger;  // "" for the only one
  HandoverOffer offer;
  std::filesystem::path leader;  // key files: CL, and ADM
  std::filesystem::path administrator;
  std::filesystem::path package;
  UnixMicros now;
};

struct SealedHandover {
  std::uint64_t records = 0;  // with the last one
  std::size_t people = 0;
  std::size_t blobs = 0;
};

// already_running while a server has the directory; not_permitted if a rule refuses; environment if
// the package exists, or the ledger was handed over to another origin.
[[nodiscard]] Result<SealedHandover> seal_handover(const HandoverSeal& wanted);

}  // namespace juanzong::cli
