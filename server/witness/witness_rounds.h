// SPDX-License-Identifier: Apache-2.0
// WitnessRounds: a thread that shows each ledger's newest checkpoint to the witnesses of the
// policy, every few seconds of activity, and hands the cosigned one to the service. Witnesses that
// are down hold up nobody: the server goes on and says so.
#pragma once

#include "crypto/witness_policy.h"

#include "server/pipeline/ledger_service.h"
#include "server/telemetry/log.h"
#include "server/telemetry/metrics.h"
#include "server/witness/cosigning.h"
#include "server/witness/rounds_thread.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>

namespace juanzong {

class WitnessRounds {
 public:
  struct Parts {
    LedgerService& service;
    crypto::WitnessPolicy policy;
    std::chrono::milliseconds every;
    Log& log;
    Metrics& metrics;
    // One request to a witness; blocks for as long as its patience.
    std::function<Result<HttpResponse>(const crypto::PolicyWitness&, const std::string&)> ask;
  };
  explicit WitnessRounds(Parts parts);

 private:
  struct Ledger {
    std::uint64_t cosigned_size = 0;
    std::map<std::string, std::uint64_t> known;  // size at each witness
  };
  void round();
  void show(const LedgerFacts& facts);
  void report(const std::string& ledger, const Cosigned& cosigned);
  [[nodiscard]] bool concerns(const LedgerFacts& facts) const;

  Parts parts_;
  std::map<std::string, Ledger> ledgers_;
  std::map<std::string, bool> answering_;  // witnesses, as last reported
  RoundsThread thread_;
};

// The network: POST to the witness's URL followed by /add-checkpoint.
[[nodiscard]] Result<HttpResponse> ask_over_http(const crypto::PolicyWitness& witness,
                                                 const std::string& body);

}  // namespace juanzong
