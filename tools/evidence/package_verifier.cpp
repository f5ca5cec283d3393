// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/package_verifier.h"

#include "crypto/cosignature.h"
#include "crypto/merkle_tree.h"
#include "crypto/signature.h"
#include "crypto/signed_note.h"

#include "events/log/request.h"
#include "events/procedures/parties.h"

#include "projections/state/stream_completeness.h"

#include "tools/evidence/case_file.h"
#include "tools/evidence/key_periods.h"
#include "tools/evidence/openings_file.h"
#include "tools/evidence/package_names.h"
#include "tools/evidence/public_key_pem.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace juanzong::evidence {
namespace {

Failure broken(std::string_view place, std::string_view zh, std::string_view en) {
  return fail(ErrorCode::proof_invalid,
              std::string(place) + ": " + std::string(zh) + " / " + std::string(en));
}

class Verifier {
 public:
  Verifier(const PackageFiles& files, const Trust& trust) : files_(files), trust_(trust) {}

  Result<Shown> run() {
    for (const auto step : {&Verifier::read_manifest,
                            &Verifier::check_manifest_signature,
                            &Verifier::read_proof,
                            &Verifier::check_checkpoint,
                            &Verifier::check_witnesses,
                            &Verifier::check_streams,
                            &Verifier::check_record_set,
                            &Verifier::check_records,
                            &Verifier::check_exporter,
                            &Verifier::check_openings,
                            &Verifier::check_attachments,
                            &Verifier::check_growth,
                            &Verifier::check_time_stamp}) {
      if (const Outcome held = (this->*step)(); !held) {
        return fail(held.error());
      }
    }
    return std::move(shown_);
  }

 private:
  [[nodiscard]] ByteView bytes(std::string_view name) const {
    const auto found = files_.find(std::string(name));
    return found == files_.end() ? ByteView() : ByteView(found->second);
  }
  [[nodiscard]] std::string_view text(std::string_view name) const { return text_of(bytes(name)); }
  [[nodiscard]] bool has(std::string_view name) const { return files_.contains(std::string(name)); }
  [[nodiscard]] std::size_t count_in(std::string_view folder) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        files_, [folder](const auto& file) { return file.first.starts_with(folder); }));
  }

  Outcome read_manifest();
  Outcome check_manifest_signature();
  Outcome read_proof();
  Outcome check_checkpoint();
  Outcome check_witnesses();
  Outcome check_streams();
  Outcome check_record_set();
  Outcome check_records();
  Outcome check_record(const RecordView& record);
  Outcome check_signatures(const RecordView& record, ByteView statement_signed);
  Outcome check_exporter();
  Outcome check_openings();
  Outcome check_attachments();
  Outcome check_growth();
  Outcome check_time_stamp();
  // The key's file, once its period is known; nullopt: a finding.
  [[nodiscard]] std::optional<crypto::PublicKey> key_of(const KeyId& id) const;
  [[nodiscard]] bool lists(std::string_view stream) const {
    return std::ranges::find(file_.streams, stream, &ListedStream::name) != file_.streams.end();
  }

  const PackageFiles& files_;
  const Trust& trust_;
  Manifest manifest_;
  CaseFile file_;
  std::string note_text_;
  ParsedRecords records_;
  std::optional<KeyPeriods> keys_;
  std::vector<DisclosedField> disclosed_;
  std::set<KeyId> used_;
  Shown shown_;
};

Outcome Verifier::read_manifest() {
  Result<Manifest> manifest = parse_manifest(text(manifest_name));
  if (!manifest) {
    return broken(manifest.error().detail, "清单缺失或写法不合规", "missing, or not in its form");
  }
  manifest_ = *std::move(manifest);
  return check_files(manifest_, files_);
}

// Whose key it is, check_exporter() asks once the key's records were proved.
Outcome Verifier::check_manifest_signature() {
  crypto::Signature signature;
  const ByteView stored = bytes(manifest_signature_name);
  const auto key = key_of(manifest_.key);
  if (stored.size() == signature.bytes.size()) {
    std::ranges::copy(stored, signature.bytes.begin());
  }
  const bool holds = stored.size() == signature.bytes.size() && key &&
                     crypto::verify(*key, bytes(manifest_name), signature);
  return holds ? Outcome(Done{})
               : broken(manifest_signature_name, "签名不成立", "the signature does not hold");
}

Outcome Verifier::read_proof() {
  Result<CaseFile> file = parse_proof_text(text(names::proof));
  if (!file) {
    return broken(file.error().detail, "证明文件写法不合规", "not in its form");
  }
  file_ = *std::move(file);
  file_.note = text(names::checkpoint);
  for (auto& [index, listed] : file_.records) {
    const ByteView content = bytes(names::record(index));
    listed.bytes.assign(content.begin(), content.end());
  }
  records_ = parse_records(file_);
  keys_.emplace(records_);
  return Done{};
}

Outcome Verifier::check_checkpoint() {
  const auto note = crypto::parse_note(file_.note);
  const auto checkpoint = crypto::open_checkpoint(file_.note, trust_.log);
  if (!note || !checkpoint) {
    return broken(
        names::checkpoint, "不是由该日志公钥签署", "not signed by the log's key that you gave");
  }
  note_text_ = note->text;
  shown_.checkpoint = *checkpoint;
  return Done{};
}

Outcome Verifier::check_witnesses() {
  const auto note = crypto::parse_note(file_.note);
  for (const crypto::VerifierKey& witness : trust_.witnesses) {
    std::optional<std::uint64_t> at;
    for (const crypto::NoteSignature& signature : note->signatures) {
      at = at ? at : crypto::verify_cosignature(witness, note_text_, signature);
    }
    if (!at) {
      return broken(names::checkpoint,
                    "缺少见证人 " + witness.name() + " 的有效副署",
                    "no good cosignature by " + witness.name());
    }
    shown_.cosigners.emplace(witness.name(), *at);
  }
  const crypto::Cosigners cosigners = trust_.policy.cosigners_of(file_.note);
  if (!trust_.policy.is_satisfied_by(cosigners)) {
    return broken(names::checkpoint, "见证人不足", "too few witnesses cosigned it");
  }
  shown_.cosigners.insert(cosigners.begin(), cosigners.end());
  return Done{};
}

Outcome Verifier::check_streams() {
  std::set<std::string_view> names_seen;
  for (const ListedStream& stream : file_.streams) {
    if (!names_seen.insert(stream.name).second) {
      return broken(stream.name, "案卷重复列出", "the stream is listed twice");
    }
    const Result<StreamCompleteness> whole =
        verify_stream(stream_proof_of(file_, stream), trust_.log);
    if (!whole) {
      return broken(stream.name, whole.error().detail, "");
    }
    if (&stream == &file_.streams.front()) {
      shown_.stream = stream.name;
      shown_.records = whole->records;
      shown_.day = whole->day;
      shown_.size = whole->size;
    }
  }
  return Done{};
}

// No record that no listed stream explains, no file that no record or signer explains.
Outcome Verifier::check_record_set() {
  std::size_t files = 0;
  for (const auto& [index, listed] : file_.records) {
    const auto record = records_.find(index);
    const bool explained = record != records_.end() && record->second.index == index &&
                           (index == file_.close ||
                            (number(index) < shown_.size &&
                             std::ranges::any_of(file_.streams, [&](const ListedStream& stream) {
                               return link_in(record->second, stream.name).has_value();
                             })));
    if (!explained) {
      return broken(names::record(index), "不属于所列案卷", "of none of the listed streams");
    }
    files += 2 + record->second.signatures.size();
    used_.insert(record->second.header.key_id);
    for (const RequestSignature& signature : record->second.signatures) {
      used_.insert(signature.key_id);
    }
  }
  used_.insert(manifest_.key);
  shown_.supporting = file_.records.size() - shown_.records.size();
  if (files != count_in(names::records_folder) || used_.size() != count_in(names::keys_folder)) {
    return broken("records/, keys/", "有多余或缺少的文件", "files too many or too few");
  }
  for (const KeyId& key : used_) {
    const KeyPeriod* period = keys_->find(key);
    if (period == nullptr || !key_of(key) || !lists(key_stream(key)) ||
        (period->staff == server_staff && !lists(staff_stream(server_staff)))) {
      return broken(
          names::key(key), "密钥未登记或其案卷不全", "not registered, or not wholly shown");
    }
  }
  return Done{};
}

std::optional<crypto::PublicKey> Verifier::key_of(const KeyId& id) const {
  const auto key = parse_public_key_pem(text(names::key(id)));
  return key && key_id_of(*key) == id ? key : std::nullopt;
}

Outcome Verifier::check_records() {
  for (const auto& [index, record] : records_) {
    if (Outcome held = check_record(record); !held) {
      return held;
    }
  }
  return Done{};
}

Outcome Verifier::check_record(const RecordView& record) {
  const Bytes stated = signed_bytes_of(record.header_bytes);
  const std::string name = names::signed_bytes(record.index);
  if (!std::ranges::equal(stated, bytes(name)) ||
      record.header.origin != shown_.checkpoint.origin) {
    return broken(name, "与记录内的请求头不符", "not the header in the record");
  }
  const bool in_request = crypto::verify_inclusion(record.statement_number,
                                                   record.header.statement_count,
                                                   crypto::leaf_hash(record.statement.bytes),
                                                   record.path,
                                                   record.header.statements_root);
  if (!in_request) {
    return broken(names::record(record.index),
                  "事项不在所签请求之内",
                  "the statement is not under the signed request");
  }
  return check_signatures(record, stated);
}

Outcome Verifier::check_signatures(const RecordView& record, ByteView statement_signed) {
  for (std::size_t i = 0; i < record.signatures.size(); ++i) {
    const RequestSignature& each = record.signatures[i];
    const std::string name = names::signature(record.index, i);
    const auto key = key_of(each.key_id);
    if (!std::ranges::equal(bytes(name), each.signature.view()) || !key ||
        !crypto::verify(*key, statement_signed, each.signature)) {
      return broken(name, "签名不成立", "the signature does not hold");
    }
    if (!keys_->find(each.key_id)->covers_request(record)) {
      return broken(name, "签名时密钥未登记或已停用", "the key was not in force then");
    }
  }
  if (record.signatures.empty()) {
    ++shown_.unsigned_records;
  }
  const bool header_signs =
      record.signatures.empty() || record.signatures.front().key_id == record.header.key_id;
  return header_signs && keys_->find(record.header.key_id)->covers_request(record)
             ? Outcome(Done{})
             : broken(names::record(record.index),
                      "经办密钥未签署或未生效",
                      "the actor's key did not sign, or was not in force");
}

Outcome Verifier::check_exporter() {
  const KeyPeriod* period = keys_->find(manifest_.key);
  if (period->ended || period->staff != manifest_.staff) {
    return broken(manifest_signature_name,
                  "制作人密钥已停用,或不属于清单所称的人",
                  "the exporter's key is no longer in force, or not his");
  }
  shown_.exporter = manifest_.staff;
  return Done{};
}

Outcome Verifier::check_openings() {
  Result<std::vector<DisclosedField>> fields = parse_openings(text(names::openings));
  if (!fields) {
    return broken(fields.error().detail, "披露文件写法不合规", "not in its form");
  }
  disclosed_ = *std::move(fields);
  shown_.disclosed = disclosed_.size();
  for (const DisclosedField& field : disclosed_) {
    const auto record = records_.find(field.index);
    if (record == records_.end() || !is_committed(record->second, field)) {
      return broken(
          names::openings,
          "记录 " + std::to_string(number(field.index)) + " 未承诺 " + field.path + " 的所示值",
          "not what record " + std::to_string(number(field.index)) + " committed to at " +
              field.path);
    }
  }
  return Done{};
}

Outcome Verifier::check_attachments() {
  std::set<std::string> explained;
  for (const DisclosedField& field : disclosed_) {
    const auto facts = attachment_facts(field.value);
    const std::string name = facts ? names::attachment(facts->digest) : std::string();
    if (has(name) && bytes(name).size() == facts->size) {
      explained.insert(name);
    }
  }
  // That a file's content is what its name says, the manifest has shown.
  for (const ManifestLine& line : manifest_.lines) {
    if (line.path.starts_with(names::attachments_folder) &&
        (line.path != names::attachment(line.digest) || !explained.contains(line.path))) {
      return broken(line.path, "没有记录承诺该附件", "no record committed to this file");
    }
  }
  return Done{};
}

Outcome Verifier::check_growth() {
  if (file_.since.has_value() != has(names::since)) {
    return broken(names::since, "缺少检查点或其证明", "the checkpoint or its proof is missing");
  }
  if (!file_.since) {
    return Done{};
  }
  const auto old = crypto::open_checkpoint(text(names::since), trust_.log);
  if (!old || old->size != file_.since->old_size ||
      !crypto::verify_consistency(old->size,
                                  shown_.checkpoint.size,
                                  file_.since->hashes,
                                  old->root,
                                  shown_.checkpoint.root)) {
    return broken(names::since,
                  "不是该日志的检查点,或日志其后被改写",
                  "no checkpoint of the log, or the log was rewritten since");
  }
  shown_.since = old->size;
  return Done{};
}

Outcome Verifier::check_time_stamp() {
  if (!trust_.time_stamp) {
    return Done{};
  }
  const Result<UnixMicros> at =
      trust_.time_stamp(bytes(names::time_stamp), bytes(names::time_stamp_chain), note_text_);
  if (!at) {
    return broken(names::time_stamp, "时间戳不成立", at.error().detail);
  }
  shown_.stamped = *at;
  return Done{};
}

}  // namespace

Result<Shown> verify_package(const PackageFiles& files, const Trust& trust) {
  return Verifier(files, trust).run();
}

}  // namespace juanzong::evidence
