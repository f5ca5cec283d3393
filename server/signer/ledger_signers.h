// SPDX-License-Identifier: Apache-2.0
// Who signs the heads of each ledger, as the server is configured.
#pragma once

#include "projections/state/ledger_list.h"

#include "server/config.h"
#include "server/data/data_directory.h"
#include "server/pipeline/head_signer.h"
#include "server/telemetry/log.h"
#include "server/telemetry/metrics.h"

#include <vector>

namespace juanzong {

// References of what the signers report to; these outlive them.
struct SignerReports {
  Log& log;
  Metrics& metrics;
};

// Without `signer.socket` the log keys of the token or of the data directory: errors as
// open_log_key() and load_log_keys().
//
// With it the signer process, which is asked for each ledger's head at once: ledger_behind_anchor
// if it signed more than the database has, corruption if it signed another history. A signer that
// does not answer holds up nothing.
[[nodiscard]] Result<HeadSigners> make_head_signers(DataDirectory& data,
                                                    const std::vector<LedgerEntry>& ledgers,
                                                    const Config& config,
                                                    SignerReports reports);

}  // namespace juanzong
