// SPDX-License-Identifier: Apache-2.0
// Export: a ledger as static files in the public C2SP layout, for anybody to check with any tool:
//
//   OUT/checkpoint                    signed note over size and root
//   OUT/tile/<L>/<N>[.p/<W>]          hashes of the tree
//   OUT/tile/entries/<N>[.p/<W>]      records: u16 big-endian length, bytes
//   OUT/juanzong/log.vkey             verifier key of the log
//   OUT/juanzong/origins              "<first index> <origin>", one a line
//   OUT/juanzong/schemas/*.bfbs       FlatBuffers schemas of the event bodies
//   OUT/juanzong/README.md, README.zh-CN.md
//
// The records pass the log verifier on their way out: a damaged log is not exported. The
// checkpoint is written last; a folder without it is not an export.
#pragma once

#include "crypto/checkpoint.h"

#include "events/log/log_verifier.h"
#include "events/log/record_source.h"
#include "events/model/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace juanzong {

struct ExportOptions {
  std::filesystem::path out;  // created; must not hold anything
  std::string verifier_key;
  // Records to export; 0: all. For a checkpoint that was signed before.
  std::uint64_t size = 0;
  // The note for this head, or why there is none.
  std::function<Result<std::string>(const crypto::Checkpoint&)> checkpoint;
  std::function<void(std::uint64_t records)> progress;
};

// What was exported. corruption if the records do not pass.
[[nodiscard]] Result<crypto::Checkpoint> export_ledger(RecordSource& source,
                                                       const ExportOptions& options);

}  // namespace juanzong
