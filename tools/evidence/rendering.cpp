// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/rendering.h"

#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"

#include "projections/state/genesis.h"

#include "tools/evidence/key_periods.h"
#include "tools/evidence/record_rows.h"

#include <string_view>
#include <utility>

namespace juanzong::evidence {
namespace {

constexpr std::string_view style =
    "body{font-family:serif;max-width:52em;margin:2em auto;line-height:1.5}"
    "table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}"
    "td{border:1px solid #888;padding:.2em .5em;vertical-align:top;word-break:break-all}"
    "td:first-child{width:16em}h2{font-size:1.1em;margin-bottom:0}"
    "@media print{body{margin:0}tr,h2{page-break-inside:avoid;page-break-after:auto}}";

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

// Both forms at once, so that neither says what the other does not.
class Page {
 public:
  void title(const std::string& text) {
    html_ += "<h1>" + escaped(text) + "</h1>\n";
    text_ += text + "\n\n";
  }
  void paragraph(const std::string& text) {
    html_ += "<p>" + escaped(text) + "</p>\n";
    text_ += text + "\n";
  }
  void table(const std::string& heading, const std::vector<RecordRow>& rows) {
    html_ += "<h2>" + escaped(heading) + "</h2>\n<table>\n";
    text_ += "\n== " + heading + "\n";
    for (const RecordRow& row : rows) {
      html_ += "<tr><td>" + escaped(row.label) + "</td><td>" + escaped(row.value) + "</td></tr>\n";
      text_ += "  " + row.label + ": " + row.value + "\n";
    }
    html_ += "</table>\n";
  }
  Rendering take(const std::string& stream) {
    return {"<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" +
                escaped(stream) + "</title><style>" + std::string(style) +
                "</style></head><body>\n" + html_ + "</body></html>\n",
            std::move(text_)};
  }

 private:
  std::string html_;
  std::string text_;
};

std::string signers_text(const RecordView& record, const KeyPeriods& keys) {
  std::string text;
  for (const RequestSignature& signature : record.signatures) {
    text += (text.empty() ? "" : ", ") + keys.staff_of(signature.key_id) + "(密钥 key " +
            crypto::hex_encode(signature.key_id.view()).substr(0, 16) + "…)";
  }
  return text.empty() ? "无,由登录会话认证 none, vouched by the session" : text;
}

std::vector<RecordRow> head_rows(const RecordView& record,
                                 const KeyPeriods& keys,
                                 const CivilZone& zone) {
  std::string streams;
  for (const StreamView& stream : record.statement.streams) {
    streams.append(streams.empty() ? "" : " ").append(stream.name);
  }
  return {{"入卷时间 recorded at", zone.to_text(record.recorded_at)},
          {"发生时间 occurred at", zone.to_text(record.statement.occurred_at)},
          {"经办人 actor", keys.staff_of(record.header.key_id)},
          {"电子签名 signed by", signers_text(record, keys)},
          {"所在案卷 streams", streams},
          {"记录指纹 leaf hash", crypto::to_hex(crypto::leaf_hash(record.bytes))}};
}

std::vector<RecordRow> package_rows(const CaseFile& file, const RenderingFacts& facts) {
  return {{"案卷 stream", file.streams.front().name},
          {"记录条数 records", std::to_string(number(file.streams.front().version))},
          {"齐全至 complete until", to_text(facts.day) + " 日终 end of that day"},
          {"日志 log", facts.origin + ",共 " + std::to_string(facts.size) + " 条 records"},
          {"日结记录 day close", std::to_string(number(file.close))},
          {"制作人 made by", facts.exporter},
          {"制作时间 made at", facts.zone.to_text(facts.exported_at)}};
}

std::string heading_of(const RecordView& record) {
  return "记录 record " + std::to_string(number(record.index)) + " · " +
         event_label(record.statement.type);
}

}  // namespace

Result<CivilZone> zone_of(const CaseFile& file) {
  const auto first = file.records.find(RecordIndex{0});
  const Result<RecordView> record = first == file.records.end()
                                        ? Result<RecordView>(fail(ErrorCode::not_found))
                                        : parse_record(first->second.bytes);
  const CatalogueEntry* entry = catalogue().find(genesis_event);
  if (!record || record->statement.type != entry->descriptor.type ||
      !inspect_body(entry->descriptor, record->statement.body)) {
    return fail(ErrorCode::corruption, "record 0");
  }
  const Result<GenesisFacts> facts = read_genesis(record->statement.body);
  return facts ? Result<CivilZone>(facts->zone) : fail(facts.error());
}

Rendering render(const CaseFile& file,
                 const std::vector<DisclosedField>& disclosed,
                 const RenderingFacts& facts) {
  const ParsedRecords records = parse_records(file);
  const KeyPeriods keys(records);
  const std::string& stream = file.streams.front().name;
  BodyCodec codec(catalogue());
  Page page;
  page.title("卷宗证据包 Evidence package");
  page.paragraph(
      "本页由记录原文生成,供阅读;能作证明的是记录原文与签名,核对方法见 VERIFY.md。"
      "This page is made from the records, to be read; what proves is their bytes and signatures, "
      "see VERIFY.md.");
  page.table("概要 Summary", package_rows(file, facts));
  std::vector<RecordRow> supporting;
  for (const auto& [index, record] : records) {
    if (!link_in(record, stream)) {
      supporting.push_back(
          {std::to_string(number(index)) + " · " + facts.zone.to_text(record.recorded_at),
           event_label(record.statement.type) + " · " + keys.staff_of(record.header.key_id)});
      continue;
    }
    std::vector<RecordRow> rows = head_rows(record, keys, facts.zone);
    for (RecordRow& row : rows_of(record, disclosed, codec)) {
      rows.push_back(std::move(row));
    }
    page.table(heading_of(record), rows);
  }
  page.table(
      "佐证记录 Supporting records: 密钥 keys, 人员 staff, 参数 policy, 运行 operation, 日结 close",
      supporting);
  return page.take(stream);
}

}  // namespace juanzong::evidence
