// SPDX-License-Identifier: Apache-2.0
// What the checkpoints that an auditor holds say against a ledger: signed by the log's key, two of
// them never of two histories, cosigned by a quorum where the auditor asks for one (C2SP
// tlog-policy), and their roots those of the first so many records. Two checkpoints of one size and
// different roots convict whoever has the log's key, without a single record.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/witness_policy.h"

#include "tools/juanzong_audit/audit_finding.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong::audit {

struct GivenCheckpoint {
  std::string file;  // as the caller named it
  std::string note;
  bool own = false;  // lies in the audited export itself
};

struct AuditedCheckpoint {
  std::string file;
  std::uint64_t size = 0;
  crypto::Cosigners cosigners = {};  // of the policy's witnesses: name and POSIX seconds
};

// What the records have.
struct LedgerRoots {
  std::string origin;  // empty: no record could be read
  std::uint64_t records = 0;
  std::map<std::uint64_t, crypto::Digest> roots;
  bool whole = true;  // false: the records stop at a finding, so missing ones mean nothing
};

struct CheckpointVerdict {
  std::vector<AuditedCheckpoint> good;
  std::uint64_t witnessed = 0;          // with their quorum
  std::optional<AuditFinding> finding;  // the gravest
};

// What a checkpoint claims, before it is verified.
[[nodiscard]] std::optional<crypto::Checkpoint> stated_by(std::string_view note);

// `policy`: nullptr, and nobody need have cosigned. It is asked of the checkpoints that the auditor
// brought, of the export's own only where he brought none.
[[nodiscard]] CheckpointVerdict judge_checkpoints(const std::vector<GivenCheckpoint>& given,
                                                  const std::optional<crypto::VerifierKey>& key,
                                                  const crypto::WitnessPolicy* policy,
                                                  const LedgerRoots& ledger);

}  // namespace juanzong::audit
