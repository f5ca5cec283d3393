// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_notes.h"

#include "crypto/hex.h"

#include "tools/terminal/grouped_number.h"

namespace juanzong::audit {
namespace {

using terminal::grouped;

// Nobody's signature stands behind these requests.
void add_session_notes(const LedgerAudit& audit, std::vector<Note>& notes) {
  if (audit.session_authenticated == 0) {
    return;
  }
  const std::string count = grouped(audit.session_authenticated);
  notes.push_back({"session_authenticated",
                   "会话认证 session-authenticated: " + count +
                       " 个请求没有经办人签名,是否由其本人提出仅有服务器为证",
                   "nobody signed " + count +
                       " requests: that their actors made them rests on the server's word"});
  if (!audit.deep) {
    notes.push_back({"session_policy_not_judged",
                     "未核对当时的项目参数是否允许;请用 --deep 核对",
                     "whether the policy in force allowed them was not judged; --deep judges it"});
  }
}

void add_claim_notes(const LedgerAudit& audit, std::vector<Note>& notes) {
  for (const CompromiseClaim& claim : audit.claims) {
    const std::string index = std::to_string(claim.index);
    const std::string since = audit.zone.to_text(claim.since);
    notes.push_back({"compromised_since",
                     "第 " + index + " 条记录声称:" + claim.staff + " 的密钥 " +
                         short_name(claim.key) + " 自 " + since +
                         " 起可能已被他人掌握;其后至停用,该密钥签署了 " + grouped(claim.records) +
                         " 条记录,请逐条核实",
                     "record " + index + " claims: key " + short_name(claim.key) + " of " +
                         claim.staff + " may have been in other hands since " + since +
                         "; from then until it was revoked it "
                         "signed " +
                         grouped(claim.records) + " records: look at them one by one"});
  }
}

void add_vault_notes(const LedgerAudit& audit, std::vector<Note>& notes) {
  if (audit.vault.erased == 0) {
    return;
  }
  const std::string count = grouped(audit.vault.erased);
  notes.push_back({"erased",
                   count + " 项承诺属于密钥已删除的人员,内容无法再打开",
                   count +
                       " commitments are to people whose keys were erased: nobody can open them "
                       "any more"});
}

// What a verified ledger rests on.
void add_trust_notes(const LedgerAudit& audit, std::vector<Note>& notes) {
  if (audit.finding) {
    return;
  }
  if (!audit.key_is_given) {
    notes.push_back({"key_not_given",
                     "公钥取自被核对的目录本身;请用 --vkey 指定另行取得的公钥",
                     "the key comes from the audited folder itself; pass --vkey with one you "
                     "trust"});
  }
  if (audit.checkpoints.empty()) {
    notes.push_back({"no_checkpoint",
                     "没有检查点可比对,改写全部历史无法发现;请用 --checkpoint 指定此前收到的检查点",
                     "without a checkpoint a history rewritten as a whole cannot be told"});
  }
}

}  // namespace

std::string short_name(const KeyId& key) {
  return crypto::hex_encode(key.view()).substr(0, 16);
}

std::vector<Note> notes_of(const LedgerAudit& audit) {
  std::vector<Note> notes;
  add_session_notes(audit, notes);
  if (audit.rules_not_judged_from) {
    const std::string from = std::to_string(*audit.rules_not_judged_from);
    notes.push_back({"rules_not_judged",
                     "自第 " + from + " 条记录起,规则版本新于本程序,未判定;请用新版程序核对",
                     "from record " + from +
                         " on the rules are newer than this program and were not judged; audit "
                         "with a newer one"});
  }
  add_claim_notes(audit, notes);
  add_vault_notes(audit, notes);
  add_trust_notes(audit, notes);
  return notes;
}

}  // namespace juanzong::audit
