// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/package_documents.h"

#include "crypto/hex.h"

#include "events/procedures/catalogue.h"
#include "events/procedures/catalogue_digest.h"

#include "tools/evidence/key_periods.h"
#include "tools/evidence/package_names.h"
#include "tools/evidence/package_texts.h"

#include <boost/json.hpp>

namespace juanzong::evidence {
namespace {

constexpr std::string_view operation_stream = "ledger";

// Rules that came into force, repairs of the storage, clocks that were wrong.
std::string system_json(const CaseFile& file, const ExportFacts& facts) {
  boost::json::array operation;
  const ParsedRecords records = parse_records(file);
  for (const auto& [index, record] : records) {
    if (!link_in(record, operation_stream)) {
      continue;
    }
    const CatalogueEntry* entry = catalogue().find(record.statement.type);
    operation.push_back({{"index", number(index)},
                         {"event", entry == nullptr ? "" : entry->descriptor.name},
                         {"recorded_at", to_rfc3339(record.recorded_at)}});
  }
  const boost::json::object system{
      {"program", facts.program},
      {"rules_version", program_rules_version},
      {"catalogue_digest", crypto::to_hex(catalogue_digest(catalogue()))},
      {"operation", std::move(operation)}};
  return boost::json::serialize(system) + "\n";
}

std::string procedure_text(const RenderingFacts& rendering,
                           const ExportFacts& facts,
                           const PackageDraft& draft) {
  std::string text = "制作人 made by: " + draft.staff +
                     "\n密钥 key: " + crypto::hex_encode(facts.key.view()) +
                     "\n制作时间 made at: " + rendering.zone.to_text(facts.at) +
                     "\n程序 program: " + facts.program + "\n命令 command: " + facts.command + "\n";
  text += facts.on_record
              ? "经服务器制作,交出前已登记 EvidenceExported 记录,载明清单摘要与用途。\n"
                "Made through the server; before it was handed out, an EvidenceExported record "
                "named the digest of its manifest and the purpose.\n"
              : "由操作员自数据目录离线制作,未作记录。\n"
                "Made offline from the data directory by an operator; nothing was recorded.\n";
  text += "披露 disclosed: " + std::to_string(draft.disclosed.size()) + "\n";
  for (const DisclosedField& field : draft.disclosed) {
    text += "  " + std::to_string(number(field.index)) + " " + field.path + "\n";
  }
  return text;
}

}  // namespace

Outcome add_documents(const RenderingFacts& rendering,
                      const ExportFacts& facts,
                      PackageDraft& draft) {
  if (!draft.file.records.contains(RecordIndex{0})) {
    return fail(ErrorCode::corruption, "record 0");
  }
  Rendering pages = render(draft.file, draft.disclosed, rendering);
  const auto put = [&draft](std::string_view name, std::string text) {
    draft.documents[std::string(name)] = std::move(text);
  };
  put(names::rendering_html, std::move(pages.html));
  put(names::rendering_text, std::move(pages.text));
  put(names::system, system_json(draft.file, facts));
  put(names::procedure, procedure_text(rendering, facts, draft));
  put(names::guide, std::string(package_verify_md()));
  put(names::script, std::string(package_verify_sh()));
  return Done{};
}

}  // namespace juanzong::evidence
