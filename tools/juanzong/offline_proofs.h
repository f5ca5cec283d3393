// SPDX-License-Identifier: Apache-2.0
// Proofs of streams of a ledger in a data directory, several under one signed head: the heads tree
// is made once.
#pragma once

#include "projections/state/stream_completeness.h"
#include "projections/state/stream_heads_tree.h"

#include "tools/juanzong/offline_ledger.h"

#include <memory>
#include <string>

namespace juanzong::cli {

// The signed head of everything that is there.
[[nodiscard]] Result<std::string> signed_head_of(const OfflineLedger& ledger);

class OfflineStreamProofs {
 public:
  // not_found if no day was closed. Refers to the ledger.
  [[nodiscard]] static Result<std::unique_ptr<OfflineStreamProofs>> make(
      const OfflineLedger& ledger);
  // The text of the stream's proof up to the newest day close.
  [[nodiscard]] Result<std::string> prove(const std::string& stream) const;

 private:
  OfflineStreamProofs(const OfflineLedger& ledger, NewestClose close, std::string note);

  const OfflineLedger& ledger_;
  NewestClose close_;
  StreamHeadsTree tree_;
  std::string note_;
};

}  // namespace juanzong::cli
