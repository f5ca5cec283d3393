// SPDX-License-Identifier: Apache-2.0
// What the caller of juanzong-audit asks for and brings.
#pragma once

#include "crypto/witness_policy.h"

#include "events/model/result.h"

#include "tools/juanzong_audit/audit_plan.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace juanzong::audit {

struct Arguments {
  std::string folder;
  std::string ledger;
  std::vector<std::string> verifier_keys;
  std::vector<std::string> checkpoints;
  std::string policy;
  std::vector<std::string> witnesses;
  std::string kek;
  std::string report;
  bool force = false;
  bool deep = false;
  bool json = false;
  bool no_signatures = false;
};

void describe(CLI::App& app, Arguments& arguments);

// Keys and checkpoints; environment for what cannot be read.
[[nodiscard]] Result<Brought> brought_by(const Arguments& arguments);
// Of --policy, or that all of --witness cosign; nullopt without either. environment, also if there
// is no checkpoint that it could be asked of.
[[nodiscard]] Result<std::optional<crypto::WitnessPolicy>> policy_of(const Arguments& arguments,
                                                                     bool is_export);

}  // namespace juanzong::audit
