// SPDX-License-Identifier: Apache-2.0
// Rule replay: runs a ledger's requests through the same machine that the server runs, on rows in
// memory, at the instants that the records carry, and requires the same records byte by byte.
#pragma once

#include "events/log/record_scan.h"
#include "events/log/request.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/admission.h"
#include "projections/state/ledger_set.h"

#include "tools/juanzong_audit/audit_finding.h"
#include "tools/juanzong_audit/day_replay.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace juanzong::audit {

// A request as its records tell it.
struct ReplayRequest {
  RecordIndex first{};
  std::uint32_t rules_version = 0;
  UnixMicros recorded_at;
  SignedRequest request;  // statements only for a deep audit
  std::vector<crypto::PublicKey> keys;
  std::vector<Bytes> records;  // as stored; deep audit only
};

class RuleReplay {
 public:
  explicit RuleReplay(std::string_view origin);

  // A request that could not be judged ("refused", "rule_differs") is a finding; so is a breach of
  // a deadline that the server should have stated before this request and did not, once; so are
  // figures of a day close that the records do not have.
  [[nodiscard]] std::optional<AuditFinding> replay(const ReplayRequest& request,
                                                   const AdmittedRequest& admitted);

  [[nodiscard]] std::uint64_t days_closed() const { return days_.days(); }

 private:
  [[nodiscard]] std::optional<AuditFinding> judge(const ReplayRequest& request,
                                                  const AdmittedRequest& admitted);
  [[nodiscard]] std::optional<AuditFinding> missing_breach(const ReplayRequest& request,
                                                           const AdmittedRequest& admitted);
  [[nodiscard]] std::optional<AuditFinding> check_days(const ReplayRequest& request,
                                                       const AdmittedRequest& admitted);
  void publish();

  DerivedRows rows_;
  LedgerSet ledgers_;
  LedgerMachine& machine_;
  DayReplay days_;
  std::uint64_t generation_ = 0;
  std::size_t unpublished_ = 0;
  std::set<std::pair<std::string, std::string>> missing_;  // breaches, by rule and case
};

// The first field in which two records differ: its name for people, zh and English.
struct FieldName {
  std::string_view zh;
  std::string_view en;
};
[[nodiscard]] FieldName first_difference(ByteView stored, ByteView decided);

}  // namespace juanzong::audit
