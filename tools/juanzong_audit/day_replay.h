// SPDX-License-Identifier: Apache-2.0
// DayReplay: what the days of a ledger should have been closed with, from the auditor's own rows.
// Leaves of the stream-heads tree are kept from one close to the next, so that each close hashes
// what changed and the nodes above.
#pragma once

#include "projections/state/day_close.h"

#include "tools/juanzong_audit/audit_finding.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace juanzong::audit {

class DayReplay {
 public:
  DayReplay(const DerivedRows& rows, LedgerOrdinal ledger) : rows_(rows), ledger_(ledger) {}

  // A record of the stream was appended.
  void touch(std::string_view stream) { touched_.emplace(stream); }
  // The rows hold every record before this DayClosed.
  [[nodiscard]] std::optional<AuditFinding> check(std::uint64_t index, ByteView body);
  [[nodiscard]] std::uint64_t days() const { return days_; }

 private:
  [[nodiscard]] DayFacts facts_of(CivilDate day);
  void update_leaves(const RowReader& rows, std::uint64_t size);

  const DerivedRows& rows_;
  LedgerOrdinal ledger_;
  std::map<std::string, crypto::Digest, std::less<>> leaves_;
  std::set<std::string, std::less<>> touched_;
  std::uint64_t days_ = 0;
};

}  // namespace juanzong::audit
