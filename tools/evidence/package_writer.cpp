// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/package_writer.h"

#include "crypto/sha256.h"

#include "events/log/request.h"
#include "events/procedures/actor_keys/actor_keys_generated.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"

#include "tools/evidence/key_periods.h"
#include "tools/evidence/package_names.h"
#include "tools/evidence/public_key_pem.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace juanzong::evidence {
namespace {

Bytes to_bytes(std::string_view text) {
  const ByteView view = bytes_of(text);
  return {view.begin(), view.end()};
}

Bytes to_bytes(ByteView view) {
  return {view.begin(), view.end()};
}

// The public key that a registration or rotation brings in.
std::optional<crypto::PublicKey> key_brought_in(const RecordView& record) {
  const CatalogueEntry* entry = catalogue().find(record.statement.type);
  if (entry == nullptr || !inspect_body(entry->descriptor, record.statement.body)) {
    return std::nullopt;
  }
  const std::uint8_t* body = record.statement.body.data();
  const auto* list = entry->descriptor.name == "ActorKeyRegistered"
                         ? flatbuffers::GetRoot<body::ActorKeyRegistered>(body)->public_key()
                     : entry->descriptor.name == "ActorKeyRotated"
                         ? flatbuffers::GetRoot<body::ActorKeyRotated>(body)->public_key()
                         : nullptr;
  crypto::PublicKey key;
  if (list == nullptr || list->size() != key.bytes.size()) {
    return std::nullopt;
  }
  std::copy(list->begin(), list->end(), key.bytes.begin());
  return key;
}

std::map<KeyId, crypto::PublicKey> keys_in(const ParsedRecords& records) {
  std::map<KeyId, crypto::PublicKey> keys;
  for (const auto& [index, record] : records) {
    if (const auto key = key_brought_in(record)) {
      keys.emplace(key_id_of(*key), *key);
    }
  }
  return keys;
}

// Every key that signs or speaks in the file, and the exporter's.
std::set<KeyId> signers_of(const ParsedRecords& records, const KeyId& exporter) {
  std::set<KeyId> signers{exporter};
  for (const auto& [index, record] : records) {
    signers.insert(record.header.key_id);
    for (const RequestSignature& signature : record.signatures) {
      signers.insert(signature.key_id);
    }
  }
  return signers;
}

void add_record(const RecordView& record, PackageFiles& files) {
  files[names::record(record.index)] = to_bytes(record.bytes);
  files[names::signed_bytes(record.index)] = signed_bytes_of(record.header_bytes);
  for (std::size_t i = 0; i < record.signatures.size(); ++i) {
    files[names::signature(record.index, i)] = to_bytes(record.signatures[i].signature.view());
  }
}

Outcome add_keys(const ParsedRecords& records, const KeyId& exporter, PackageFiles& files) {
  const std::map<KeyId, crypto::PublicKey> keys = keys_in(records);
  for (const KeyId& signer : signers_of(records, exporter)) {
    const auto found = keys.find(signer);
    if (found == keys.end()) {
      return fail(ErrorCode::corruption, names::key(signer) + ": not registered");
    }
    files[names::key(signer)] = to_bytes(public_key_pem(found->second));
  }
  return Done{};
}

void add_given(const PackageDraft& draft, PackageFiles& files) {
  const auto put = [&files](std::string_view name, Bytes content) {
    files[std::string(name)] = std::move(content);
  };
  put(names::proof, to_bytes(proof_text(draft.file)));
  put(names::checkpoint, to_bytes(draft.file.note));
  put(names::openings, to_bytes(openings_text(draft.disclosed)));
  if (draft.file.since) {
    put(names::since, to_bytes(draft.since_note));
  }
  if (!draft.time_stamp.empty()) {
    put(names::time_stamp, draft.time_stamp);
  }
  if (!draft.time_stamp_chain.empty()) {
    put(names::time_stamp_chain, draft.time_stamp_chain);
  }
  for (const Bytes& content : draft.attachments) {
    files[names::attachment(crypto::sha256(content))] = content;
  }
  for (const auto& [name, text] : draft.documents) {
    put(name, to_bytes(text));
  }
}

}  // namespace

Result<PackageFiles> write_package(const PackageDraft& draft, const crypto::PrivateKey& key) {
  const ParsedRecords records = parse_records(draft.file);
  const KeyId exporter = key_id_of(key.public_key());
  PackageFiles files;
  for (const auto& [index, record] : records) {
    add_record(record, files);
  }
  if (const Outcome added = add_keys(records, exporter, files); !added) {
    return fail(added.error());
  }
  add_given(draft, files);
  const std::string manifest = to_text(manifest_of(draft.staff, exporter, files));
  files[std::string(manifest_name)] = to_bytes(manifest);
  files[std::string(manifest_signature_name)] = to_bytes(key.sign(bytes_of(manifest)).view());
  return files;
}

}  // namespace juanzong::evidence
