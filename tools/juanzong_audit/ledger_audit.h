// SPDX-License-Identifier: Apache-2.0
// The audit of one ledger: log verifier, signatures, checkpoints, tiles, rules, vault, derived
// rows; stops at the first finding, because everything behind an altered record is in doubt.
#pragma once

#include "crypto/digest.h"
#include "crypto/note_key.h"
#include "crypto/witness_policy.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include "tools/juanzong_audit/audit_finding.h"
#include "tools/juanzong_audit/audit_input.h"
#include "tools/juanzong_audit/checkpoint_audit.h"
#include "tools/juanzong_audit/compromise_claim.h"
#include "tools/juanzong_audit/derived_audit.h"
#include "tools/juanzong_audit/vault_audit.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::audit {

struct AuditOptions {
  std::optional<crypto::VerifierKey> verifier_key;  // the one that the auditor trusts
  std::vector<GivenCheckpoint> checkpoints;
  std::optional<crypto::WitnessPolicy> policy;  // whose cosignatures the checkpoints must have
  // nullptr: openings and attachments are not checked, `no_vault` says why.
  const Vault* vault = nullptr;
  NotChecked no_vault;
  // The derived rows of the folder, compared when they are first asked for; empty: not asked.
  std::function<const DerivedComparison&()> derived;
  bool deep = false;
  bool signatures = true;
  // Opens every frame in full, those of other ledgers too; one clean pass is enough for a journal.
  bool check_frames = true;
  unsigned threads = 2;
  // What is being done, for people, and records so far.
  std::function<void(std::string_view pass, std::uint64_t records)> progress;
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
  std::uint64_t checkpoints_witnessed = 0;  // of them with the quorum that was asked for
  std::uint64_t days_closed = 0;            // deep: day closes whose figures were computed again
  std::uint64_t derived_rows = 0;           // deep: rows compared
  VaultCounts vault;
  std::vector<CompromiseClaim> claims;
  bool deep = false;
  double seconds = 0;

  std::map<Check, NotChecked> not_checked;
  std::optional<AuditFinding> finding;
  std::string finding_time;   // recorded_at of the record in the ledger's zone, if it can be read
  std::string finding_actor;  // staff behind its key
  CivilZone zone;             // of the ledger
};

// `ledger`: nullopt for the first of a journal; `others` collects the ledgers that were met.
[[nodiscard]] LedgerAudit audit_ledger(const AuditInput& input,
                                       std::optional<LedgerId> ledger,
                                       const AuditOptions& options,
                                       std::set<LedgerId>& others);

}  // namespace juanzong::audit
