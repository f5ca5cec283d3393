// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/checkpoint_audit.h"

#include "crypto/signed_note.h"

#include <algorithm>

namespace juanzong::audit {
namespace {

struct Opened {
  const GivenCheckpoint* given = nullptr;
  crypto::Checkpoint stated;
};

AuditFinding finding_of(Check check, std::string kind, std::string zh, std::string en) {
  return {check, std::nullopt, std::move(kind), std::move(zh), std::move(en)};
}

std::optional<AuditFinding> two_histories(const std::vector<Opened>& opened) {
  for (std::size_t i = 0; i < opened.size(); ++i) {
    for (std::size_t j = i + 1; j < opened.size(); ++j) {
      const Opened& a = opened[i];
      const Opened& b = opened[j];
      if (a.stated.size == b.stated.size && a.stated.root != b.stated.root) {
        const std::string size = std::to_string(a.stated.size);
        return finding_of(Check::checkpoints_signed,
                          "two_histories",
                          "日志密钥为同样的 " + size + " 条记录签署了两个不同的树根(" +
                              a.given->file + "," + b.given->file + "):存在两套历史",
                          "the log's key signed two different roots of " + size + " records (" +
                              a.given->file + ", " + b.given->file + "): there are two histories");
      }
    }
  }
  return std::nullopt;
}

std::optional<AuditFinding> check_root(const Opened& opened, const LedgerRoots& ledger) {
  const std::string& file = opened.given->file;
  const std::string size = std::to_string(opened.stated.size);
  const auto root = ledger.roots.find(opened.stated.size);
  if (opened.stated.origin != ledger.origin && !ledger.origin.empty()) {
    return finding_of(Check::checkpoints_hold,
                      "checkpoint_origin",
                      "检查点 " + file + " 属于另一卷宗",
                      "checkpoint " + file + " is another log's");
  }
  if (root == ledger.roots.end()) {
    if (!ledger.whole) {
      return std::nullopt;
    }
    const std::string there = std::to_string(ledger.records);
    AuditFinding found = finding_of(
        Check::checkpoints_hold,
        "records_missing",
        "检查点 " + file + " 载明 " + size + " 条记录,现仅有 " + there + " 条:末尾记录被删除",
        "checkpoint " + file + " covers " + size + " records, only " + there + " are there");
    found.index = ledger.records;
    return found;
  }
  if (root->second != opened.stated.root) {
    return finding_of(Check::checkpoints_hold,
                      "checkpoint_root",
                      "检查点 " + file + " 的树根与前 " + size + " 条记录不符:其中有记录被整体改写",
                      "checkpoint " + file + ": the first " + size +
                          " records have another root; history was rewritten");
  }
  return std::nullopt;
}

AuditFinding no_quorum(const std::string& file,
                       const crypto::WitnessPolicy& policy,
                       const crypto::Cosigners& cosigners) {
  std::string there;
  std::string missing;
  for (const crypto::PolicyWitness& witness : policy.witnesses()) {
    std::string& list = cosigners.contains(witness.name) ? there : missing;
    list += (list.empty() ? "" : ", ") + witness.name;
  }
  there = there.empty() ? "无 none" : there;
  return finding_of(Check::witnesses,
                    "witness_quorum",
                    "检查点 " + file + " 的见证人联署未达法定数;已联署:" + there + ";缺:" + missing,
                    "checkpoint " + file + " lacks the quorum of cosignatures; cosigned by: " +
                        there + "; missing: " + missing);
}

// Keeps the finding that names a record, else the first.
void blame(std::optional<AuditFinding>& kept, std::optional<AuditFinding> found) {
  if (found && (!kept || (found->index && !kept->index))) {
    kept = std::move(found);
  }
}

bool is_asked_of(const GivenCheckpoint& one, const std::vector<GivenCheckpoint>& all) {
  return !one.own || std::ranges::all_of(all, &GivenCheckpoint::own);
}

}  // namespace

std::optional<crypto::Checkpoint> stated_by(std::string_view note) {
  const auto parsed = crypto::parse_note(note);
  return parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
}

CheckpointVerdict judge_checkpoints(const std::vector<GivenCheckpoint>& given,
                                    const std::optional<crypto::VerifierKey>& key,
                                    const crypto::WitnessPolicy* policy,
                                    const LedgerRoots& ledger) {
  CheckpointVerdict verdict;
  std::vector<Opened> opened;
  for (const GivenCheckpoint& one : given) {
    const auto stated = key ? crypto::open_checkpoint(one.note, *key) : std::nullopt;
    if (stated) {
      opened.push_back({&one, *stated});
      continue;
    }
    blame(verdict.finding,
          finding_of(Check::checkpoints_signed,
                     "checkpoint_signature",
                     "检查点 " + one.file + " 不是由该日志公钥签署,或内容被改动",
                     "checkpoint " + one.file + " is not signed by the log's key"));
  }
  blame(verdict.finding, two_histories(opened));
  for (const Opened& one : opened) {
    auto found = check_root(one, ledger);
    AuditedCheckpoint audited{one.given->file, one.stated.size};
    if (policy != nullptr) {
      audited.cosigners = policy->cosigners_of(one.given->note);
      if (!policy->is_satisfied_by(audited.cosigners) && is_asked_of(*one.given, given)) {
        blame(verdict.finding, no_quorum(one.given->file, *policy, audited.cosigners));
      } else if (is_asked_of(*one.given, given)) {
        ++verdict.witnessed;
      }
    }
    if (!found && ledger.roots.contains(one.stated.size)) {
      verdict.good.push_back(std::move(audited));
    }
    blame(verdict.finding, std::move(found));
  }
  return verdict;
}

}  // namespace juanzong::audit
