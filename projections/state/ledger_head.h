// SPDX-License-Identifier: Apache-2.0
// LedgerHead: all that the writer must remember of a ledger to stamp its next record. O(log n):
// the frontier of the tree, not the tree. A derived row, written with every commit.
#pragma once

#include "crypto/digest.h"
#include "crypto/merkle_tree.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

struct LedgerHead {
  LedgerId id;
  std::string name;    // "" before record 0
  std::string origin;  // in force for the next record
  CivilZone zone;
  crypto::CompactRange tree;
  crypto::Digest last_leaf;  // genesis link before record 0
  UnixMicros last_recorded_at;
  std::uint32_t policy_version = 0;
  std::uint32_t rules_version = 1;  // until the first RulesActivated

  [[nodiscard]] std::uint64_t size() const { return tree.size(); }
};

[[nodiscard]] std::string encode_ledger_head(const LedgerHead& head);
[[nodiscard]] std::optional<LedgerHead> decode_ledger_head(std::string_view bytes);

}  // namespace juanzong
