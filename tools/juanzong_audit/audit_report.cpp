// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_report.h"

#include "tools/juanzong_audit/audit_checks.h"
#include "tools/juanzong_audit/audit_notes.h"
#include "tools/terminal/grouped_number.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <vector>

namespace juanzong::audit {
namespace {

std::string checks_table(const std::vector<CheckRow>& checks) {
  std::vector<std::vector<std::string>> rows;
  std::string_view group;
  for (const CheckRow& row : checks) {
    rows.push_back({row.property.zh == group ? std::string() : std::string(row.property.zh),
                    std::string(row.zh),
                    std::string(row.en),
                    std::string(zh_of(row.state)),
                    row.state == CheckState::not_checked ? "" : terminal::grouped(row.count)});
    group = row.property.zh;
  }
  using terminal::Align;
  return terminal::format_table({{"四性"}, {"核对项"}, {"check"}, {"结果"}, {"数量", Align::right}},
                                rows);
}

// What was not checked, with the reason.
std::string not_checked_text(const std::vector<CheckRow>& checks) {
  std::string text;
  for (const CheckRow& row : checks) {
    if (row.state == CheckState::not_checked) {
      text += "  " + std::string(row.zh) + ":" + row.why.zh + " / " + std::string(row.en) + ": " +
              row.why.en + "\n";
    }
  }
  return text.empty() ? text : "\n未核对 not checked\n" + text;
}

std::string notes_text(const LedgerAudit& audit) {
  std::string text;
  for (const Note& note : notes_of(audit)) {
    text += "注意:" + note.zh + "\nnote: " + note.en + "\n";
  }
  return text.empty() ? text : "\n" + text;
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

std::string passed_text(const LedgerAudit& audit) {
  std::string text = "\n核对通过 OK: " + terminal::grouped(audit.records) + " 条记录 records\n";
  text += "树根 root: " + crypto::to_hex(audit.root) + "\n";
  text += "公钥 vkey: " + audit.verifier_key + "\n";
  return text;
}

boost::json::array checks_json(const LedgerAudit& audit) {
  boost::json::array checks;
  for (const CheckRow& row : checks_of(audit)) {
    boost::json::object& check = checks.emplace_back(boost::json::object()).as_object();
    check["property"] = row.property.key;
    check["check"] = row.key;
    check["state"] = name_of(row.state);
    check["count"] = row.count;
    check["why"] = nullptr;
    if (row.state == CheckState::not_checked) {
      check["why"] = boost::json::object{{"zh", row.why.zh}, {"en", row.why.en}};
    }
  }
  return checks;
}

boost::json::array checkpoints_json(const LedgerAudit& audit) {
  boost::json::array list;
  for (const AuditedCheckpoint& checkpoint : audit.checkpoints) {
    boost::json::object cosigners;
    for (const auto& [name, time] : checkpoint.cosigners) {
      cosigners[name] = time;
    }
    list.push_back({{"file", checkpoint.file},
                    {"size", checkpoint.size},
                    {"cosigners", std::move(cosigners)}});
  }
  return list;
}

boost::json::array claims_json(const LedgerAudit& audit) {
  boost::json::array list;
  for (const CompromiseClaim& claim : audit.claims) {
    list.push_back({{"index", claim.index},
                    {"key", short_name(claim.key)},
                    {"staff", claim.staff},
                    {"since", audit.zone.to_text(claim.since)},
                    {"records", claim.records}});
  }
  return list;
}

boost::json::array notes_json(const LedgerAudit& audit) {
  boost::json::array list;
  for (const Note& note : notes_of(audit)) {
    list.push_back({{"kind", note.kind}, {"zh", note.zh}, {"en", note.en}});
  }
  return list;
}

boost::json::value finding_json(const LedgerAudit& audit) {
  if (!audit.finding) {
    return nullptr;
  }
  const auto& index = audit.finding->index;
  return boost::json::object{{"index", index ? boost::json::value(*index) : nullptr},
                             {"kind", audit.finding->kind},
                             {"zh", audit.finding->zh},
                             {"en", audit.finding->en},
                             {"recorded_at", audit.finding_time},
                             {"actor", audit.finding_actor}};
}

}  // namespace

std::string to_text(const LedgerAudit& audit) {
  const std::vector<CheckRow> checks = checks_of(audit);
  std::string text = "卷宗 ledger: " + audit.ledger + "  " + audit.origin + "\n\n";
  text += checks_table(checks);
  text += not_checked_text(checks);
  text += audit.finding ? finding_text(audit) : passed_text(audit);
  return text + notes_text(audit);
}

std::string to_json(const LedgerAudit& audit) {
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
  out["session_policy_judged"] = audit.deep;
  out["streams"] = audit.streams;
  out["keys"] = audit.keys;
  out["frames"] = audit.frames;
  out["tiles"] = audit.tiles;
  out["unknown_events"] = audit.unknown_events;
  out["deep"] = audit.deep;
  out["rules_judged"] = audit.rules_judged;
  out["rules_not_judged_from"] =
      audit.rules_not_judged_from ? boost::json::value(*audit.rules_not_judged_from) : nullptr;
  out["days_closed"] = audit.days_closed;
  out["derived_rows"] = audit.derived_rows;
  out["vault"] = boost::json::object{{"openings", audit.vault.openings},
                                     {"attachments", audit.vault.attachments},
                                     {"erased", audit.vault.erased}};
  out["seconds"] = audit.seconds;
  out["checks"] = checks_json(audit);
  out["checkpoints"] = checkpoints_json(audit);
  out["checkpoints_witnessed"] = audit.checkpoints_witnessed;
  out["compromised_since"] = claims_json(audit);
  out["notes"] = notes_json(audit);
  out["finding"] = finding_json(audit);
  return boost::json::serialize(out);
}

}  // namespace juanzong::audit
