// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/report_file.h"

#include "events/storage/durable_file.h"

#include "tools/juanzong_audit/audit_checks.h"
#include "tools/juanzong_audit/audit_notes.h"
#include "tools/juanzong_audit/audit_report.h"
#include "tools/terminal/grouped_number.h"

#include <chrono>
#include <filesystem>
#include <string_view>
#include <utility>

namespace juanzong::audit {
namespace {

constexpr std::string_view title = "卷宗四性检测报告 / Audit report";
constexpr std::string_view style =
    "body{font:14px/1.5 'Noto Serif CJK SC',SimSun,serif;max-width:60em;margin:2em auto;padding:0 "
    "1em}table{border-collapse:collapse;width:100%;margin:1em 0}th,td{border:1px solid "
    "#888;padding:.2em .6em;text-align:left;vertical-align:top}td.n{text-align:right}.failed{font-"
    "weight:bold;border:2px solid #000;padding:.6em}code{word-break:break-all}.sign{margin-"
    "top:3em}@media print{body{margin:0;max-width:none}section{break-inside:avoid-page}}";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  const std::string tag(name);
  return "<" + tag + ">" + escaped(text) + "</" + tag + ">";
}

std::string fact(std::string_view label, std::string_view value) {
  return "<tr>" + element("th", label) + "<td><code>" + escaped(value) + "</code></td></tr>\n";
}

std::string facts_html(const LedgerAudit& audit) {
  std::string html =
      "<table>\n" + fact("卷宗 ledger", audit.ledger) + fact("来源标识 origin", audit.origin) +
      fact("记录 records", terminal::grouped(audit.records)) +
      fact("树根 root", crypto::to_hex(audit.root)) + fact("公钥 vkey", audit.verifier_key);
  for (const AuditedCheckpoint& checkpoint : audit.checkpoints) {
    std::string value = checkpoint.file + ": " + terminal::grouped(checkpoint.size);
    for (const auto& [name, time] : checkpoint.cosigners) {
      value += "; " + name + " " +
               audit.zone.to_text(UnixMicros{static_cast<std::int64_t>(time) * 1'000'000});
    }
    html += fact("检查点 checkpoint", value);
  }
  return html + "</table>\n";
}

// One table a property.
std::string checks_html(const LedgerAudit& audit) {
  std::string html;
  std::string_view property;
  for (const CheckRow& row : checks_of(audit)) {
    if (row.property.zh != property) {
      html += property.empty() ? "" : "</table>\n";
      property = row.property.zh;
      html += element("h3", std::string(property) + " " + std::string(row.property.key)) +
              "\n<table><tr><th>核对项 check</th><th>结果 result</th><th>数量 count</th>"
              "<th>未核对的原因 why not</th></tr>\n";
    }
    const bool skipped = row.state == CheckState::not_checked;
    html += "<tr>" + element("td", std::string(row.zh) + " " + std::string(row.en)) +
            element("td", std::string(zh_of(row.state)) + " " + std::string(name_of(row.state))) +
            "<td class=\"n\">" + (skipped ? "" : terminal::grouped(row.count)) + "</td>" +
            element("td", skipped ? row.why.zh + " / " + row.why.en : std::string()) + "</tr>\n";
  }
  return html + "</table>\n";
}

std::string finding_html(const LedgerAudit& audit) {
  if (!audit.finding) {
    return element("p", "结论:核对通过。Result: verified.") + "\n";
  }
  const AuditFinding& found = *audit.finding;
  std::string html = "<div class=\"failed\">" + element("p", "结论:核对不通过。Result: failed.");
  if (found.index) {
    html += element(
        "p",
        "第 " + std::to_string(*found.index) + " 条记录 record " + std::to_string(*found.index));
  }
  html += element("p", found.zh) + element("p", found.en);
  if (!audit.finding_time.empty()) {
    html += element("p", "入卷时间 recorded at: " + audit.finding_time);
  }
  if (!audit.finding_actor.empty()) {
    html += element("p", "经办人 actor: " + audit.finding_actor);
  }
  return html + element("p", "kind: " + found.kind) + "</div>\n";
}

std::string notes_html(const LedgerAudit& audit) {
  std::string html;
  for (const Note& note : notes_of(audit)) {
    html += "<li>" + escaped(note.zh) + "<br>" + escaped(note.en) + "</li>\n";
  }
  return html.empty() ? html : "<h3>说明 notes</h3>\n<ul>\n" + html + "</ul>\n";
}

std::string program() {
  return "juanzong-audit " JUANZONG_VERSION;
}

std::string asked_for(const Arguments& arguments) {
  std::string text = arguments.deep ? "--deep" : "";
  text += arguments.no_signatures ? " --no-signatures" : "";
  text += arguments.checkpoints.empty()
              ? ""
              : " --checkpoint ×" + std::to_string(arguments.checkpoints.size());
  text += arguments.policy.empty() ? "" : " --policy";
  text += arguments.witnesses.empty() ? "" : " --witness";
  return text.empty() ? "-" : text;
}

std::string to_plain(const std::vector<LedgerAudit>& audits,
                     const Arguments& arguments,
                     const std::string& audited_at) {
  std::string text = std::string(title) + "\n\n核对对象 audited: " + arguments.folder +
                     "\n核对时间 audited at: " + audited_at + "\n程序 program: " + program() +
                     "\n选项 options: " + asked_for(arguments) + "\n";
  for (const LedgerAudit& audit : audits) {
    text += "\n" + to_text(audit);
  }
  return text + "\n核对人 auditor: ________________    日期 date: ____________\n";
}

bool ends_with(const std::string& file, std::string_view end) {
  return std::string_view(file).ends_with(end);
}

// In the zone of the first ledger; UTC if none could be read.
std::string now_text(const std::vector<LedgerAudit>& audits) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const UnixMicros at{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
  return (audits.empty() ? CivilZone() : audits.front().zone).to_text(at);
}

}  // namespace

Outcome can_write_report(const Arguments& arguments) {
  const std::string& file = arguments.report;
  if (file.empty()) {
    return Done{};
  }
  if (!ends_with(file, ".html") && !ends_with(file, ".txt")) {
    return fail(ErrorCode::environment, "--report: 须为 .html 或 .txt / .html or .txt");
  }
  if (!arguments.force && std::filesystem::exists(file)) {
    return fail(ErrorCode::environment,
                file + ": 已存在,覆盖须用 --force / is there already, --force replaces it");
  }
  return Done{};
}

Outcome write_report(const std::vector<LedgerAudit>& audits, const Arguments& arguments) {
  const std::string at = now_text(audits);
  const std::string text = ends_with(arguments.report, ".html") ? to_html(audits, arguments, at)
                                                                : to_plain(audits, arguments, at);
  return write_file_durably(arguments.report, bytes_of(text));
}

std::string to_html(const std::vector<LedgerAudit>& audits,
                    const Arguments& arguments,
                    const std::string& audited_at) {
  std::string html = "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">" +
                     element("title", title) + "<style>" + std::string(style) +
                     "</style></head><body>\n" + element("h1", title) + "\n<table>\n" +
                     fact("核对对象 audited", arguments.folder) +
                     fact("核对时间 audited at", audited_at) + fact("程序 program", program()) +
                     fact("选项 options", asked_for(arguments)) + "</table>\n";
  for (const LedgerAudit& audit : audits) {
    html += "<section>\n" + element("h2", "卷宗 ledger: " + audit.ledger) + "\n" +
            finding_html(audit) + facts_html(audit) + checks_html(audit) + notes_html(audit) +
            "</section>\n";
  }
  return html +
         "<p class=\"sign\">核对人 auditor: ________________ &emsp; 日期 date: "
         "____________</p>\n</body></html>\n";
}

}  // namespace juanzong::audit
