// SPDX-License-Identifier: Apache-2.0
// A whole log in memory, verified as a log and folded: what prove_by_log() asks.
#pragma once

#include "events/model/result.h"

#include "projections/engine/derived_rows.h"
#include "projections/proofs/listed_journal.h"
#include "projections/views/query.h"

#include <memory>
#include <vector>

namespace juanzong {

struct LogReplay {
  std::unique_ptr<ListedJournal> journal;
  std::unique_ptr<DerivedRows> rows;
  std::string name;
  CivilZone zone;
  UnixMicros last_recorded_at;
  std::uint64_t size = 0;
  crypto::Digest root;
};

// proof_invalid names the first record that does not belong (log_verifier.h).
[[nodiscard]] Result<LogReplay> replay_log(const std::vector<Bytes>& records);
// As the auditor asks; the business date, unless one is named, is that of the last record.
[[nodiscard]] Result<Report> ask_replay(const LogReplay& replay,
                                        std::string_view view,
                                        const QueryArguments& arguments);

}  // namespace juanzong
