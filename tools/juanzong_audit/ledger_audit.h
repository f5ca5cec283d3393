// SPDX-License-Identifier: Apache-2.0
// The audit of one ledger: log verifier, signatures, checkpoints, tiles, rules; stops at the first
// finding, because everything behind an altered record is in doubt.
#pragma once

#include "crypto/digest.h"
#include "crypto/note_key.h"

#include "events/model/ids.h"

#include "tools/juanzong_audit/audit_finding.h"
#include "tools/juanzong_audit/audit_input.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace juanzong::audit {

struct GivenCheckpoint {
  std::string file;  // as the caller named it
  std::string note;
};

struct AuditOptions {
  std::optional<crypto::VerifierKey> verifier_key;  // the one that the auditor trusts
  std::vector<GivenCheckpoint> checkpoints;
  bool deep = false;
  bool signatures = true;
  // Opens every frame in full, those of other ledgers too; one clean pass is enough for a journal.
  bool check_frames = true;
  unsigned threads = 2;
  std::function<void(std::uint64_t records)> progress;
};

struct AuditedCheckpoint {
  std::string file;
  std::uint64_t size = 0;
};

struct LedgerAudit {
  std::string ledger;  // name in record 0
  std::string origin;
  std::string verifier_key;
  bool key_is_given = false;  // by the auditor; else only the ledger itself vouches for it
  std::uint64_t records = 0;
  crypto::Digest root;
  std::uint64_t requests = 0;
  std::uint64_t signatures = 0;
  std::uint64_t session_authenticated = 0;  // requests without a signature
  std::uint64_t streams = 0;
  std::uint64_t keys = 0;
  std::uint64_t frames = 0;
  std::uint64_t tiles = 0;
  std::uint64_t unknown_events = 0;
  std::uint64_t rules_judged = 0;                      // requests whose rules ran again
  std::optional<std::uint64_t> rules_not_judged_from;  // first record under rules unknown here
  std::vector<AuditedCheckpoint> checkpoints;
  double seconds = 0;

  std::optional<AuditFinding> finding;
  std::string finding_time;   // recorded_at of the record in the ledger's zone, if it can be read
  std::string finding_actor;  // staff behind its key
};

// `ledger`: nullopt for the first of a journal; `others` collects the ledgers that were met.
[[nodiscard]] LedgerAudit audit_ledger(const AuditInput& input,
                                       std::optional<LedgerId> ledger,
                                       const AuditOptions& options,
                                       std::set<LedgerId>& others);

}  // namespace juanzong::audit
