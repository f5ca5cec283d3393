// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/erasure_file.h"

#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/personal_data/personal_data_generated.h"

#include <utility>

namespace juanzong::cli {
namespace {

// The name of the record's event; its body is checked against the schema before it is read.
Result<std::string_view> event_of(const RecordView& record) {
  const CatalogueEntry* entry = catalogue().find(record.statement.type);
  if (entry == nullptr) {
    return fail(ErrorCode::unknown_event_type, std::to_string(number(record.statement.type)));
  }
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, record.statement.body);
  return facts ? Result<std::string_view>(entry->descriptor.name) : fail(facts.error());
}

template <class Body>
const Body& body_of(const ErasureRecord& record) {
  return *flatbuffers::GetRoot<Body>(record.view.statement.body.data());
}

Result<ErasureRecord> open_record(const ErasureSource& source, Bytes bytes) {
  ErasureRecord record;
  record.bytes = std::move(bytes);
  const Result<RecordView> view = parse_record(record.bytes);
  if (!view) {
    return fail(view.error());
  }
  record.view = *view;
  for (const RequestSignature& signature : record.view.signatures) {
    Result<std::string> staff = source.staff(signature.key_id);
    if (!staff) {
      return fail(staff.error());
    }
    record.signers.push_back(*std::move(staff));
  }
  return record;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text.append(text.empty() ? "" : ", ").append(name);
  }
  return text;
}

std::string lines_of(std::string_view what, const ErasureRecord& record) {
  std::string text(what);
  text += "\n  记录 record " + std::to_string(number(record.view.index));
  text += "  " + to_rfc3339(record.view.recorded_at);
  text += "\n  签署 signed by " + joined(record.signers);
  text += "\n  SHA-256 " + crypto::hex_encode(crypto::leaf_hash(record.bytes).view());
  return text + "\n";
}

std::string destroyed_text(const ErasureFile& file) {
  const std::string openings = std::to_string(file.openings);
  const std::string blobs = std::to_string(file.blobs);
  return "\n已销毁 What was destroyed\n  - 该人的密钥:该人在本卷宗的 " + openings +
         " 项个人信息再也无法读取。\n    The person's key: " + openings +
         " personal values in this ledger can be read by nobody any more.\n  - " + blobs +
         " 个附件文件。\n    The files of " + blobs + " attachments.\n";
}

constexpr std::string_view limits_text = R"(
未删除的内容 What was not destroyed
  - 记录本身及其中的承诺值;没有密钥和随机盐,无人能说明其内容。
    The records and the commitments in them; without key and salts nobody can say of what.
  - 个人、房屋、案卷的随机编号或编号。
    The ids of people, units and cases.
  - 此前已导出、打印、复制、交付的资料,不在本系统控制之内。
    What was exported, printed, copied or handed out before; it is out of the system's reach.
  - 备份中的密钥副本随备份在 30 日内失效。
    Copies of the key in backups lapse with the backups within 30 days.
  - 本证明只及于上述卷宗。
    This certificate is of the ledger named above and of no other.

核验 How to verify, offline, with the log's verifier key
)";

}  // namespace

Result<ErasureFile> read_erasure(const ErasureSource& source, const std::string& id) {
  Result<std::vector<Bytes>> records = source.stream("erasure:" + id);
  if (!records) {
    return fail(records.error());
  }
  ErasureFile file;
  file.id = id;
  for (Bytes& bytes : *records) {
    Result<ErasureRecord> record = open_record(source, std::move(bytes));
    const Result<std::string_view> event = record ? event_of(record->view) : fail(record.error());
    if (!event) {
      return fail(event.error());
    }
    if (*event == "ErasureRequested") {
      file.person = body_of<body::ErasureRequested>(*record).person()->str();
      file.requested = *std::move(record);
    } else if (*event == "PersonErased") {
      file.erased = *std::move(record);
    } else if (*event == "ErasureCompleted") {
      const auto& body = body_of<body::ErasureCompleted>(*record);
      file.openings = body.openings();
      file.blobs = body.blobs();
      file.completed = *std::move(record);
    }
  }
  return file.person.empty() ? Result<ErasureFile>(fail(ErrorCode::not_found, "erasure:" + id))
                             : Result<ErasureFile>(std::move(file));
}

std::string certificate_text(const ErasureFile& file, std::string_view origin) {
  std::string text = "个人信息删除证明 / Certificate of erasure\n\n卷宗 ledger  ";
  text.append(origin).append("\n个人 person  ").append(file.person);
  text.append("\n申请 erasure ").append(file.id).append("\n\n");
  text += lines_of("申请 Asked for (个人信息删除申请 ErasureRequested)", file.requested);
  text += lines_of("决定 Decided (个人信息删除 PersonErased)", *file.erased);
  text += lines_of("完成 Carried out (个人信息删除完成 ErasureCompleted)", *file.completed);
  return text.append(destroyed_text(file)).append(limits_text);
}

}  // namespace juanzong::cli
