// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_report.h"

#include "tools/terminal/grouped_number.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <vector>

namespace juanzong::audit {
namespace {

enum class State { passed, failed, not_checked, not_reached };

struct Row {
  std::string_view group_zh;
  std::string_view group;
  Check check;
  std::string_view key;
  std::string_view zh;
  std::string_view en;
  std::uint64_t count = 0;
  bool asked = true;
};

std::vector<Row> rows_of(const LedgerAudit& a, const AuditOptions& options) {
  const std::uint64_t checkpoints = a.checkpoints.size();
  const auto real = std::pair<std::string_view, std::string_view>("真实性", "authenticity");
  const auto whole = std::pair<std::string_view, std::string_view>("完整性", "integrity");
  const auto usable = std::pair<std::string_view, std::string_view>("可用性", "usability");
  const auto safe = std::pair<std::string_view, std::string_view>("安全性", "security");
  const auto row = [](const auto& group, Check check, auto key, auto zh, auto en, auto count) {
    return Row{group.first, group.second, check, key, zh, en, count};
  };
  std::vector<Row> rows{
      row(real,
          Check::actor_signatures,
          "signatures",
          "经办人签名",
          "actor signatures",
          a.signatures),
      row(real, Check::actor_keys, "keys", "签名密钥当时有效", "keys in force", a.keys),
      row(real,
          Check::checkpoints_signed,
          "checkpoint_signatures",
          "检查点签名",
          "checkpoint signatures",
          checkpoints),
      row(whole, Check::chain, "chain", "哈希链与序号", "chain and indexes", a.records),
      row(whole,
          Check::requests,
          "requests",
          "请求完整、编号唯一、密钥链连续",
          "requests whole, ids unique, key chains",
          a.requests),
      row(whole, Check::streams, "streams", "案卷链接连续", "streams dense", a.streams),
      row(whole, Check::tree, "tree", "默克尔树", "Merkle tree", a.records),
      row(whole,
          Check::checkpoints_hold,
          "checkpoints",
          "检查点树根",
          "checkpoint roots",
          checkpoints),
      row(usable, Check::readable, "readable", "记录可读", "records readable", a.records),
      row(usable,
          Check::bodies,
          "bodies",
          "事项模式已知",
          "event types known",
          a.records - std::min(a.records, a.unknown_events)),
      row(safe, Check::times, "times", "入卷时间不倒退", "times never fall", a.records),
      row(safe, Check::anchor, "anchor", "末尾未被删除(锚点)", "tail is there (anchor)", a.frames),
      row(safe, Check::rules, "rules", "重新执行业务规则", "rules run again", a.rules_judged)};
  rows[0].asked = options.signatures;
  rows[2].asked = rows[7].asked = checkpoints > 0;
  rows[11].asked = a.frames > 0;
  rows[12].asked = options.deep && a.rules_not_judged_from != 0U;
  return rows;
}

State state_of(const Row& row, const LedgerAudit& audit) {
  if (audit.finding && audit.finding->check == row.check) {
    return State::failed;
  }
  if (!row.asked) {
    return State::not_checked;
  }
  return audit.finding ? State::not_reached : State::passed;
}

std::string_view zh_of(State state) {
  constexpr std::string_view names[] = {"通过", "不通过", "未核对", "未完成"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(State state) {
  constexpr std::string_view names[] = {"passed", "failed", "not_checked", "not_finished"};
  return names[static_cast<std::size_t>(state)];
}

std::string finding_text(const LedgerAudit& audit) {
  const AuditFinding& found = *audit.finding;
  const std::string index = found.index ? std::to_string(*found.index) : std::string();
  std::string text = "\n核对不通过 FAILED\n";
  text += (found.index ? "第 " + index + " 条记录:" : std::string()) + found.zh + "\n";
  text += (found.index ? "record " + index + ": " : std::string()) + found.en + "\n";
  if (!audit.finding_time.empty()) {
    text += "入卷时间 recorded at: " + audit.finding_time + "\n";
  }
  if (!audit.finding_actor.empty()) {
    text += "经办人 actor: " + audit.finding_actor + "\n";
  }
  return text;
}

// What a reader must know of them: nobody's signature stands behind these requests.
std::string session_text(const LedgerAudit& audit, const AuditOptions& options) {
  if (audit.session_authenticated == 0) {
    return {};
  }
  std::string text =
      "\n会话认证 session-authenticated: " + terminal::grouped(audit.session_authenticated) +
      " 个请求 requests\n";
  text +=
      "这些请求没有经办人签名,是否由其本人提出仅有服务器为证。\n"
      "nobody signed these requests: that their actors made them rests on the server's word.\n";
  if (!options.deep) {
    text +=
        "未核对当时的项目参数是否允许;请用 --deep 核对。\n"
        "whether the policy in force allowed them was not judged; --deep judges it.\n";
  }
  return text;
}

std::string not_judged_text(const LedgerAudit& audit) {
  if (!audit.rules_not_judged_from) {
    return {};
  }
  const std::string from = std::to_string(*audit.rules_not_judged_from);
  return "\n规则未判定 rules not judged: 自第 " + from +
         " 条记录起,规则版本新于本程序,请用新版程序核对\n" + "from record " + from +
         " on the rules are newer than this program; audit with a newer one\n";
}

std::string passed_text(const LedgerAudit& audit) {
  std::string text = "\n核对通过 OK: " + terminal::grouped(audit.records) + " 条记录 records\n";
  text += "树根 root: " + crypto::to_hex(audit.root) + "\n";
  text += "公钥 vkey: " + audit.verifier_key + "\n";
  if (!audit.key_is_given) {
    text +=
        "注意:公钥取自被核对的目录本身;请用 --vkey 指定另行取得的公钥。\n"
        "note: the key comes from the audited folder itself; pass --vkey with one you trust.\n";
  }
  if (audit.checkpoints.empty()) {
    text +=
        "注意:没有检查点可比对,改写全部历史无法发现;请用 --checkpoint 指定此前收到的检查点。\n"
        "note: without a checkpoint a history rewritten as a whole cannot be told.\n";
  }
  return text;
}

}  // namespace

std::string to_text(const LedgerAudit& audit, const AuditOptions& options) {
  std::vector<std::vector<std::string>> rows;
  std::string_view group;
  for (const Row& row : rows_of(audit, options)) {
    const State state = state_of(row, audit);
    rows.push_back({row.group_zh == group ? std::string() : std::string(row.group_zh),
                    std::string(row.zh),
                    std::string(row.en),
                    std::string(zh_of(state)),
                    state == State::not_checked ? "" : terminal::grouped(row.count)});
    group = row.group_zh;
  }
  using terminal::Align;
  std::string text = "卷宗 ledger: " + audit.ledger + "  " + audit.origin + "\n\n";
  text += terminal::format_table(
      {{"四性"}, {"核对项"}, {"check"}, {"结果"}, {"数量", Align::right}}, rows);
  text += session_text(audit, options);
  text += not_judged_text(audit);
  return text + (audit.finding ? finding_text(audit) : passed_text(audit));
}

std::string to_json(const LedgerAudit& audit, const AuditOptions& options) {
  boost::json::object out;
  out["ok"] = !audit.finding.has_value();
  out["ledger"] = audit.ledger;
  out["origin"] = audit.origin;
  out["vkey"] = audit.verifier_key;
  out["vkey_given"] = audit.key_is_given;
  out["records"] = audit.records;
  out["root"] = crypto::to_hex(audit.root);
  out["requests"] = audit.requests;
  out["signatures"] = audit.signatures;
  out["session_authenticated"] = audit.session_authenticated;
  out["session_policy_judged"] = options.deep;
  out["streams"] = audit.streams;
  out["keys"] = audit.keys;
  out["frames"] = audit.frames;
  out["tiles"] = audit.tiles;
  out["unknown_events"] = audit.unknown_events;
  out["deep"] = options.deep;
  out["rules_judged"] = audit.rules_judged;
  out["rules_not_judged_from"] =
      audit.rules_not_judged_from ? boost::json::value(*audit.rules_not_judged_from) : nullptr;
  out["seconds"] = audit.seconds;
  boost::json::array& checks = out["checks"].emplace_array();
  for (const Row& row : rows_of(audit, options)) {
    checks.push_back({{"property", row.group},
                      {"check", row.key},
                      {"state", name_of(state_of(row, audit))},
                      {"count", row.count}});
  }
  boost::json::array& checkpoints = out["checkpoints"].emplace_array();
  for (const AuditedCheckpoint& checkpoint : audit.checkpoints) {
    checkpoints.push_back({{"file", checkpoint.file}, {"size", checkpoint.size}});
  }
  out["finding"] = nullptr;
  if (audit.finding) {
    boost::json::object& found = out["finding"].emplace_object();
    found["index"] = audit.finding->index ? boost::json::value(*audit.finding->index) : nullptr;
    found["kind"] = audit.finding->kind;
    found["zh"] = audit.finding->zh;
    found["en"] = audit.finding->en;
    found["recorded_at"] = audit.finding_time;
    found["actor"] = audit.finding_actor;
  }
  return boost::json::serialize(out);
}

}  // namespace juanzong::audit
