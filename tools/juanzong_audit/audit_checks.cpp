// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_checks.h"

#include <algorithm>
#include <iterator>

namespace juanzong::audit {
namespace {

constexpr Property real{"真实性", "authenticity"};
constexpr Property whole{"完整性", "completeness"};
constexpr Property usable{"可用性", "usability"};
constexpr Property safe{"安全性", "security"};

CheckState state_of(Check check, const LedgerAudit& audit) {
  if (audit.finding && audit.finding->check == check) {
    return CheckState::failed;
  }
  if (audit.not_checked.contains(check)) {
    return CheckState::not_checked;
  }
  return audit.finding ? CheckState::not_finished : CheckState::passed;
}

std::vector<CheckRow> authenticity_and_completeness(const LedgerAudit& a) {
  const std::uint64_t checkpoints = a.checkpoints.size();
  return {
      {real, Check::actor_signatures, "signatures", "经办人签名", "actor signatures", a.signatures},
      {real, Check::actor_keys, "keys", "签名密钥当时有效", "keys in force", a.keys},
      {real,
       Check::checkpoints_signed,
       "checkpoint_signatures",
       "检查点签名",
       "checkpoint signatures",
       checkpoints},
      {real,
       Check::witnesses,
       "witnesses",
       "见证人联署达到法定数",
       "witness quorum of checkpoints",
       a.checkpoints_witnessed},
      {real,
       Check::openings,
       "openings",
       "保险库内容与承诺一致",
       "vault openings match commitments",
       a.vault.openings},
      {whole, Check::chain, "chain", "哈希链与序号", "chain and indexes", a.records},
      {whole,
       Check::requests,
       "requests",
       "请求完整、编号唯一、密钥链连续",
       "requests whole, ids unique, key chains",
       a.requests},
      {whole, Check::streams, "streams", "案卷链接连续", "streams dense", a.streams},
      {whole, Check::tree, "tree", "默克尔树", "Merkle tree", a.records},
      {whole,
       Check::checkpoints_hold,
       "checkpoints",
       "检查点树根",
       "checkpoint roots",
       checkpoints},
      {whole,
       Check::day_closes,
       "day_closes",
       "日结数字与记录一致",
       "day closes as the records have it",
       a.days_closed},
      {whole,
       Check::attachments,
       "attachments",
       "附件齐全且未改动",
       "attachments there and unaltered",
       a.vault.attachments}};
}

std::vector<CheckRow> usability_and_security(const LedgerAudit& a) {
  const std::uint64_t known = a.records - std::min(a.records, a.unknown_events);
  return {
      {usable, Check::readable, "readable", "记录可读", "records readable", a.records},
      {usable, Check::bodies, "bodies", "事项模式已知", "event types known", known},
      {usable,
       Check::derived,
       "derived",
       "派生数据与记录一致",
       "derived rows as the records have it",
       a.derived_rows},
      {safe, Check::times, "times", "入卷时间不倒退", "times never fall", a.records},
      {safe, Check::anchor, "anchor", "末尾未被删除(锚点)", "tail is there (anchor)", a.frames},
      {safe, Check::rules, "rules", "重新执行业务规则", "rules run again", a.rules_judged},
      {safe, Check::salts, "salts", "盐值不弱不重复", "salts strong, used once", a.vault.salts}};
}

}  // namespace

std::vector<CheckRow> checks_of(const LedgerAudit& a) {
  std::vector<CheckRow> rows = authenticity_and_completeness(a);
  std::ranges::move(usability_and_security(a), std::back_inserter(rows));
  for (CheckRow& row : rows) {
    row.state = state_of(row.check, a);
    if (row.state == CheckState::not_checked) {
      row.why = a.not_checked.at(row.check);
    }
  }
  return rows;
}

std::string_view zh_of(CheckState state) {
  constexpr std::string_view names[] = {"通过", "不通过", "未核对", "未完成"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(CheckState state) {
  constexpr std::string_view names[] = {"passed", "failed", "not_checked", "not_finished"};
  return names[static_cast<std::size_t>(state)];
}

}  // namespace juanzong::audit
