// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_plan.h"

#include "events/log/record.h"

#include "tools/juanzong_audit/ledger_finder.h"

#include <algorithm>

namespace juanzong::audit {
namespace {

// What a checkpoint claims to be of, before it is verified.
std::optional<LedgerId> stated_ledger(const GivenCheckpoint& given) {
  const auto stated = stated_by(given.note);
  return stated ? std::optional(ledger_id_of(stated->origin)) : std::nullopt;
}

bool speaks_only_of(const Brought& brought, const std::optional<LedgerId>& ledger) {
  return std::ranges::all_of(brought.keys,
                             [&](const auto& key) { return ledger_id_of(key.name()) == ledger; }) &&
         std::ranges::all_of(brought.checkpoints,
                             [&](const auto& given) { return stated_ledger(given) == ledger; });
}

// The target of that ledger, or the first.
AuditTarget& target_of(std::vector<AuditTarget>& targets, const std::optional<LedgerId>& ledger) {
  const auto found = std::ranges::find_if(
      targets, [&](const AuditTarget& target) { return ledger && target.ledger == ledger; });
  return found == targets.end() ? targets.front() : *found;
}

Outcome hand_out(const Brought& brought, std::vector<AuditTarget>& targets) {
  for (const crypto::VerifierKey& key : brought.keys) {
    AuditTarget& target = target_of(targets, ledger_id_of(key.name()));
    if (target.options.verifier_key) {
      return fail(
          ErrorCode::environment,
          "--vkey: 同一卷宗给出两把公钥,或不属于所核对的卷宗 / two keys of one ledger, or one "
          "of no ledger that is audited");
    }
    target.options.verifier_key = key;
  }
  for (const GivenCheckpoint& given : brought.checkpoints) {
    target_of(targets, stated_ledger(given)).options.checkpoints.push_back(given);
  }
  return Done{};
}

Result<std::vector<AuditTarget>> choose(const Journal& journal,
                                        const std::string& name,
                                        const AuditOptions& common) {
  const FoundLedgers found = find_ledgers(journal);
  std::vector<AuditTarget> targets;
  std::string names;
  for (const FoundLedger& ledger : found.ledgers) {
    names += (names.empty() ? "" : ", ") + ledger.name;
    if (name.empty() || ledger.name == name) {
      targets.push_back({ledger.id, common});
    }
  }
  if (!targets.empty()) {
    return targets;
  }
  return found.whole ? fail(ErrorCode::unknown_ledger, name + "; 现有 there are: " + names)
                     : fail(ErrorCode::corruption, "the journal cannot be read to its end");
}

}  // namespace

Result<AuditPlan> plan_audit(const AuditInput& input,
                             const std::string& name,
                             const AuditOptions& common,
                             const Brought& brought) {
  if (input.is_export() && !name.empty()) {
    return fail(ErrorCode::environment,
                "--ledger: 导出件只有一个卷宗 / an export holds one ledger");
  }
  AuditPlan plan{{{std::nullopt, common}}, !input.is_export()};
  // Everything that was brought is the first ledger's: no need to look for the others beforehand.
  const auto first = input.is_export() ? std::nullopt : first_ledger(*input.journal());
  const bool simple = name.empty() && (!first || speaks_only_of(brought, first));
  if (!simple) {
    Result<std::vector<AuditTarget>> chosen = choose(*input.journal(), name, common);
    if (!chosen) {
      return fail(chosen.error());
    }
    plan = {std::move(*chosen), false};
  }
  const Outcome handed = hand_out(brought, plan.targets);
  return handed ? Result<AuditPlan>(std::move(plan)) : fail(handed.error());
}

}  // namespace juanzong::audit
