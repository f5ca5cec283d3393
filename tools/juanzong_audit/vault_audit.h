// SPDX-License-Identifier: Apache-2.0
// The vault of a data directory against the records: every commitment has its sealed opening in the
// journal, which opens under its person's key and is what was committed to; every attachment is
// there and is the file that was committed to; no salt serves twice. What was committed to a person
// whose key was erased is counted apart: nobody can open it any more, and that is no fault.
//
// No value ever leaves this pass: findings name the record and the field's path.
#pragma once

#include "events/log/journal.h"
#include "events/model/ids.h"
#include "events/vault/blob_store.h"
#include "events/vault/person_keys.h"

#include "tools/juanzong_audit/audit_finding.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace juanzong::audit {

// The keys of the people and where their files lie.
class Vault {
 public:
  // `kek`: a file of the 32 bytes that wrap the people's keys. environment, not_found, corruption.
  [[nodiscard]] static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& data,
                                                           const std::filesystem::path& kek);
  [[nodiscard]] const PersonKeys& keys() const { return *keys_; }
  // nullptr: the folder of the files is not there.
  [[nodiscard]] const BlobStore* blobs() const { return blobs_ ? &*blobs_ : nullptr; }

 private:
  Vault() = default;
  std::unique_ptr<PersonKeys> keys_;
  std::optional<BlobStore> blobs_;
};

struct VaultCounts {
  std::uint64_t openings = 0;     // that opened and are what was committed to
  std::uint64_t attachments = 0;  // whose file is there and is the one
  std::uint64_t erased = 0;       // commitments to people whose keys were erased
  std::uint64_t salts = 0;        // different ones
};

struct VaultVerdict {
  VaultCounts counts;
  std::optional<AuditFinding> finding;  // the first
};

// The records of the ledger must have been verified. `progress`: records seen so far.
[[nodiscard]] VaultVerdict audit_vault(const Journal& journal,
                                       const LedgerId& ledger,
                                       const Vault& vault,
                                       const std::function<void(std::uint64_t)>& progress);

}  // namespace juanzong::audit
