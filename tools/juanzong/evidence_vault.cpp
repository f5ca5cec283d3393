// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/evidence_vault.h"

#include "crypto/sha256.h"

#include "events/procedures/body_inspection.h"
#include "events/vault/blob_store.h"
#include "events/vault/person_keys.h"
#include "events/vault/sealed_opening.h"

#include "tools/evidence/key_periods.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace juanzong::cli {
namespace {

constexpr std::string_view person_word = "person:";

bool means(const std::string& wanted, RecordIndex index, const CommitmentField& field) {
  return wanted == field.path || wanted == std::to_string(number(index)) + ":" + field.path ||
         wanted == std::string(person_word) + hex_of(field.subject.bytes);
}

class Discloser {
 public:
  Discloser(const OfflineLedger& ledger, PersonKeys& keys, bool with_attachments)
      : ledger_(ledger),
        keys_(keys),
        blobs_(ledger.paths().blobs),
        with_attachments_(with_attachments) {}

  Outcome add(const RecordView& record, const std::vector<std::string>& wanted) {
    const CatalogueEntry* entry = catalogue().find(record.statement.type);
    if (entry == nullptr) {
      return Done{};
    }
    const Result<BodyFacts> facts = inspect_body(entry->descriptor, record.statement.body);
    if (!facts) {
      return fail(facts.error());
    }
    const std::vector<CommitmentField>& fields = facts->commitments;
    for (const CommitmentField& field : fields) {
      for (const std::string& each : wanted) {
        if (!means(each, record.index, field)) {
          continue;
        }
        if (Outcome opened = open(record, field); !opened) {
          return opened;
        }
        used_.insert(each);
        break;
      }
    }
    return Done{};
  }
  [[nodiscard]] bool has_used(const std::string& wanted) const { return used_.contains(wanted); }
  Disclosure take() {
    std::ranges::sort(made_.fields, {}, [](const evidence::DisclosedField& field) {
      return std::pair(field.index, field.path);
    });
    return std::move(made_);
  }

 private:
  Outcome open(const RecordView& record, const CommitmentField& field) {
    const std::string place = std::to_string(number(record.index)) + ":" + field.path;
    const Result<std::vector<SealedOpening>> openings = ledger_.reader().openings(record.index);
    if (!openings) {
      return fail(openings.error());
    }
    const auto sealed = std::ranges::find(*openings, field.path, &SealedOpening::path);
    const auto key =
        sealed == openings->end() ? std::nullopt : keys_.find({ledger_.head().id, field.subject});
    auto opened = key ? open_opening(*key,
                                     {ledger_.head().id, record.index, field.subject, field.path},
                                     sealed->sealed)
                      : std::nullopt;
    if (!opened) {
      return fail(ErrorCode::not_found, place + ": 已删除 / erased");
    }
    evidence::DisclosedField made{
        record.index, field.path, field.subject, opened->salt, std::move(opened->value)};
    if (!evidence::is_committed(record, made)) {
      return fail(ErrorCode::corruption, place);
    }
    if (field.is_attachment && with_attachments_) {
      Result<Bytes> content = blobs_.load(field.blob, *key);
      const auto facts = evidence::attachment_facts(made.value);
      if (!content || !facts || crypto::sha256(*content) != facts->digest) {
        return fail(ErrorCode::corruption, place);
      }
      made_.attachments.push_back(*std::move(content));
    }
    made_.fields.push_back(std::move(made));
    return Done{};
  }

  const OfflineLedger& ledger_;
  PersonKeys& keys_;
  BlobStore blobs_;
  const bool with_attachments_;
  std::set<std::string> used_;
  Disclosure made_;
};

}  // namespace

Result<Disclosure> disclose(const OfflineLedger& ledger,
                            const evidence::CaseFile& file,
                            const std::vector<std::string>& wanted,
                            bool with_attachments) {
  if (wanted.empty()) {
    return Disclosure{};
  }
  Result<crypto::SecretKey> secret = read_secret_key(ledger.paths().keys / "vault.kek");
  if (!secret) {
    return fail(secret.error());
  }
  const Result<std::unique_ptr<PersonKeys>> keys =
      PersonKeys::open(ledger.paths().person_keys, std::move(*secret));
  if (!keys) {
    return fail(keys.error());
  }
  Discloser discloser(ledger, **keys, with_attachments);
  const evidence::ParsedRecords records = evidence::parse_records(file);
  for (const auto& [index, record] : records) {
    if (!evidence::link_in(record, file.streams.front().name)) {
      continue;
    }
    if (const Outcome added = discloser.add(record, wanted); !added) {
      return fail(added.error());
    }
  }
  for (const std::string& each : wanted) {
    if (!discloser.has_used(each)) {
      return fail(ErrorCode::not_found, "--open " + each + ": 案卷中没有 / not in the case");
    }
  }
  return discloser.take();
}

}  // namespace juanzong::cli
