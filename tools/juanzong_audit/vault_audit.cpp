// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/vault_audit.h"

#include "crypto/sha256.h"

#include "events/log/commitment.h"
#include "events/log/flat_index.h"
#include "events/log/frame.h"
#include "events/log/record_scan.h"
#include "events/model/byte_io.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/storage/durable_file.h"
#include "events/vault/sealed_opening.h"

#include <algorithm>
#include <map>
#include <utility>

namespace juanzong::audit {
namespace {

using OpeningKey = std::pair<std::uint64_t, std::string>;  // index and path
using OpeningsOfBatch = std::map<OpeningKey, SealedOpening>;

class VaultPass {
 public:
  VaultPass(const LedgerId& ledger, const Vault& vault) : ledger_(ledger), vault_(vault) {}

  bool judge(const Frame& frame) {
    for (const BatchHead& batch : frame.batches) {
      if (batch.ledger == ledger_ && !judge_batch(frame, batch)) {
        return false;
      }
    }
    return true;
  }
  [[nodiscard]] std::uint64_t records() const { return records_; }
  VaultVerdict take() { return std::move(verdict_); }
  bool unreadable(std::uint64_t index, const Error& error) {
    return stop(Check::openings,
                index,
                "unreadable",
                "保险库内容无法读取:" + to_text(error),
                "the vault's part of the journal cannot be read: " + error.detail);
  }

 private:
  bool stop(Check check, std::uint64_t index, std::string kind, std::string zh, std::string en) {
    verdict_.finding = AuditFinding{check, index, std::move(kind), std::move(zh), std::move(en)};
    return false;
  }
  bool stop_at(Check check,
               const RecordScan& scan,
               const std::string& path,
               std::string kind,
               std::pair<std::string, std::string> words) {
    return stop(check,
                number(scan.index),
                std::move(kind),
                "字段 " + path + ":" + words.first,
                "field " + path + ": " + words.second);
  }

  bool judge_batch(const Frame& frame, const BatchHead& batch) {
    OpeningsOfBatch openings;
    const std::size_t records_end = std::size_t{batch.first_chunk} + batch.record_chunks;
    for (std::size_t i = 0; i < batch.opening_chunks; ++i) {
      Result<OpeningChunk> chunk = parse_opening_chunk(frame.chunks[records_end + i]);
      if (!chunk) {
        return unreadable(number(batch.first), chunk.error());
      }
      for (SealedOpening& opening : chunk->openings) {
        OpeningKey key{number(opening.index), opening.path};
        openings.emplace(std::move(key), std::move(opening));
      }
    }
    for (std::size_t chunk = batch.first_chunk; chunk < records_end; ++chunk) {
      const Result<RecordChunk> parsed = parse_record_chunk(frame.chunks[chunk]);
      if (!parsed) {
        return unreadable(number(batch.first), parsed.error());
      }
      for (const ByteView bytes : parsed->records) {
        if (!judge_record(bytes, openings)) {
          return false;
        }
        ++records_;
      }
    }
    return openings.empty() || extra_opening(openings.begin()->first);
  }

  bool extra_opening(const OpeningKey& key) {
    return stop(Check::openings,
                key.first,
                "opening_extra",
                "保险库有该记录未承诺的内容:字段 " + key.second,
                "the vault has an opening that the record does not commit to: field " + key.second);
  }

  // Takes the record's openings out of the batch's.
  bool judge_record(ByteView bytes, OpeningsOfBatch& openings) {
    RecordScan scan;
    const CatalogueEntry* entry = scan_record(bytes, scan) ? catalogue().find(scan.type) : nullptr;
    if (entry == nullptr) {  // an event of a newer program: its fields are not known here
      const auto first = openings.lower_bound({number(scan.index), {}});
      openings.erase(first, openings.lower_bound({number(scan.index) + 1, {}}));
      return true;
    }
    // A record stands at any offset of its chunk: copied to where its scalars align.
    const Bytes body(scan.body.begin(), scan.body.end());
    const Result<BodyFacts> facts = inspect_body(entry->descriptor, body);
    if (!facts) {
      return unreadable(number(scan.index), facts.error());
    }
    for (const CommitmentField& field : facts->commitments) {
      const auto found = openings.find({number(scan.index), field.path});
      const bool there = found != openings.end() && found->second.subject == field.subject;
      if (!judge_field(scan, field, there ? &found->second : nullptr)) {
        return false;
      }
      if (there) {
        openings.erase(found);
      }
    }
    return true;
  }

  bool judge_field(const RecordScan& scan, const CommitmentField& field, const SealedOpening* at) {
    if (vault_.keys().is_erased({ledger_, field.subject})) {
      ++verdict_.counts.erased;
      return true;
    }
    if (at == nullptr) {
      return stop_at(Check::openings,
                     scan,
                     field.path,
                     "opening_missing",
                     {"保险库中没有承诺的内容,也没有删除记载",
                      "the vault has no opening, and the person was not erased"});
    }
    const auto key = vault_.keys().find({ledger_, field.subject});
    if (!key) {
      return stop_at(Check::openings,
                     scan,
                     field.path,
                     "person_key_missing",
                     {"该人员的密钥缺失或损坏,且没有删除记载",
                      "the person's key is missing or damaged, and the person was not erased"});
    }
    const auto opened =
        open_opening(*key, {ledger_, scan.index, field.subject, field.path}, at->sealed);
    if (!opened) {
      return stop_at(Check::openings,
                     scan,
                     field.path,
                     "opening_damaged",
                     {"保险库内容被改动:用该人员密钥无法打开",
                      "the opening was altered: it does not open under the person's key"});
    }
    return judge_opened(scan, field, *opened) &&
           (!field.is_attachment || judge_attachment(scan, field, *key, opened->value));
  }

  bool judge_opened(const RecordScan& scan,
                    const CommitmentField& field,
                    const OpenedValue& opened) {
    const FieldPlace place{
        scan.origin, field.subject, scan.request_id, scan.statement_number, field.path};
    if (commitment_of(place, opened.salt, opened.value) != field.hash) {
      return stop_at(Check::openings,
                     scan,
                     field.path,
                     "opening_differs",
                     {"保险库内容与记录中的承诺不符:内容被替换",
                      "the opening is not what the record commits to: it was replaced"});
    }
    ++verdict_.counts.openings;
    // Half a salt is enough to tell random ones apart.
    RequestId half;
    std::copy_n(opened.salt.begin(), half.bytes.size(), half.bytes.begin());
    if (half == RequestId{} || !salts_.insert(half)) {
      return stop_at(Check::salts,
                     scan,
                     field.path,
                     "weak_salt",
                     {"盐值全零或此前已用过:承诺的内容可被猜出",
                      "the salt is zero or was used before: the value can be guessed"});
    }
    ++verdict_.counts.salts;
    return true;
  }

  bool judge_attachment(const RecordScan& scan,
                        const CommitmentField& field,
                        const crypto::SecretKey& key,
                        const Bytes& value) {
    const BlobStore* blobs = vault_.blobs();
    if (blobs == nullptr || !blobs->has(field.blob)) {
      return stop_at(Check::attachments,
                     scan,
                     field.path,
                     "attachment_missing",
                     {"附件缺失,也没有删除记载",
                      "the attachment is not there, and the person was not erased"});
    }
    const Result<Bytes> content = blobs->load(field.blob, key);
    if (!content) {
      return stop_at(Check::attachments,
                     scan,
                     field.path,
                     "attachment_damaged",
                     {"附件被改动或无法打开", "the attachment was altered or does not open"});
    }
    ByteReader in(value);
    const crypto::Digest digest = in.take_digest();
    const auto length = in.take<std::uint64_t>();
    if (!in.ok() || length != content->size() || crypto::sha256(*content) != digest) {
      return stop_at(Check::attachments,
                     scan,
                     field.path,
                     "attachment_differs",
                     {"附件不是当时提交的文件", "the attachment is not the file committed to"});
    }
    ++verdict_.counts.attachments;
    return true;
  }

  LedgerId ledger_;
  const Vault& vault_;
  RequestIdSet salts_;
  std::uint64_t records_ = 0;
  VaultVerdict verdict_;
};

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& data,
                                           const std::filesystem::path& kek) {
  Result<Bytes> bytes = read_file(kek, crypto::SecretKey::size_bytes);
  if (!bytes || bytes->size() != crypto::SecretKey::size_bytes) {
    return fail(ErrorCode::environment,
                kek.string() + ": 不是 32 字节的保险库主密钥 / not a vault key of 32 bytes");
  }
  crypto::SecretKey key;
  std::ranges::copy(*bytes, key.writable().begin());
  crypto::wipe(*bytes);
  std::unique_ptr<Vault> vault(new Vault());
  auto keys = PersonKeys::open(data / "vault" / "person_keys", std::move(key));
  if (!keys) {
    return fail(keys.error());
  }
  vault->keys_ = std::move(*keys);
  if (std::filesystem::is_directory(data / "blobs")) {  // an audit creates nothing
    vault->blobs_.emplace(data / "blobs");
  }
  return vault;
}

VaultVerdict audit_vault(const Journal& journal,
                         const LedgerId& ledger,
                         const Vault& vault,
                         const std::function<void(std::uint64_t)>& progress) {
  VaultPass pass(ledger, vault);
  const auto cursor = journal.tail(0);
  bool good = true;
  while (good) {
    const Result<std::optional<Frame>> frame = cursor->next();
    if (!frame) {
      good = pass.unreadable(pass.records(), frame.error());
    } else if (!frame->has_value()) {
      break;
    } else {
      good = pass.judge(**frame);
      if (progress) {
        progress(pass.records());
      }
    }
  }
  return pass.take();
}

}  // namespace juanzong::audit
