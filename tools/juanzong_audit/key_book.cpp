// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/key_book.h"

#include "crypto/hex.h"

#include "events/log/record.h"
#include "events/log/request.h"
#include "events/model/byte_io.h"
#include "events/procedures/actor_keys/actor_keys_generated.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/parties.h"
#include "events/procedures/procedure.h"
#include "events/procedures/succession/succession_generated.h"

#include <algorithm>

namespace juanzong::audit {
namespace {

constexpr std::string_view founding_event = "LedgerCreated";

ByteView bytes_in(const flatbuffers::Vector<std::uint8_t>* list) {
  return list == nullptr ? ByteView() : ByteView(list->data(), list->size());
}

std::optional<KeyId> key_id_from(std::string_view text) {
  const auto digest = crypto::digest_from_hex(text);
  return digest ? std::optional(KeyId{digest->bytes}) : std::nullopt;
}

AuditFinding key_finding(RecordIndex first, const KeyId& key, std::string kind, bool revoked) {
  const std::string name = crypto::hex_encode(key.view()).substr(0, 16);
  return {Check::actor_keys,
          number(first),
          std::move(kind),
          "请求所用密钥 " + name + (revoked ? " 此前已停用" : " 未登记"),
          "made with key " + name +
              (revoked ? ", which was revoked before" : ", which is not registered")};
}

}  // namespace

std::optional<AuditFinding> KeyBook::read(const RecordScan& scanned) {
  static const EventType founding = catalogue().find(founding_event)->descriptor.type;
  static const EventType key_events[] = {catalogue().find("ActorKeyRegistered")->descriptor.type,
                                         catalogue().find("ActorKeyRotated")->descriptor.type,
                                         catalogue().find("ActorKeyRevoked")->descriptor.type,
                                         recovery_declared_type,
                                         ledger_handed_over_type};
  const bool first = number(scanned.index) == 0;
  if (first != (scanned.type == founding)) {
    return AuditFinding{Check::actor_keys,
                        number(scanned.index),
                        "founding",
                        "卷宗建立记录只能是第 0 条",
                        "LedgerCreated is record 0 and no other"};
  }
  if (!first && std::ranges::find(key_events, scanned.type) == std::end(key_events)) {
    return std::nullopt;
  }
  // A scanned record stands at any offset of its frame: copy the body to where its scalars align.
  const Bytes body(scanned.body.begin(), scanned.body.end());
  RecordScan record = scanned;
  record.body = body;
  const CatalogueEntry* entry = catalogue().find(record.type);
  if (const auto facts = inspect_body(entry->descriptor, record.body); !facts) {
    return AuditFinding{Check::bodies,
                        number(record.index),
                        "body",
                        "事项内容不符合其模式:" + entry->descriptor.zh,
                        "the body does not fit its schema: " + facts.error().detail};
  }
  if (first) {
    return read_founding(record);
  }
  read_change(entry->descriptor.name, record);
  return std::nullopt;
}

std::optional<AuditFinding> KeyBook::read_founding(const RecordScan& record) {
  Result<GenesisFacts> facts = read_genesis(record.body);
  if (!facts || facts->origin != record.origin || key_id_of(facts->founder_key) != record.key_id) {
    return AuditFinding{Check::actor_keys,
                        0,
                        "founding",
                        "卷宗建立记录与其签署者或来源标识不符",
                        "LedgerCreated does not fit its signer or origin"};
  }
  keys_[record.key_id] = {facts->founder_key, facts->founder, std::nullopt};
  log_keys_.push_back({facts->origin, facts->verifier_key});
  genesis_ = std::move(*facts);
  return std::nullopt;
}

void KeyBook::read_change(std::string_view event, const RecordScan& record) {
  const std::uint8_t* body = record.body.data();
  if (event == "ActorKeyRegistered") {
    const auto& added = *flatbuffers::GetRoot<body::ActorKeyRegistered>(body);
    if (view_of(added.staff()) == server_staff) {
      replace_server_key(view_of(added.key_id()), number(record.index));
    }
    add(view_of(added.key_id()), view_of(added.staff()), bytes_in(added.public_key()));
  } else if (event == "ActorKeyRotated") {
    const auto& rotated = *flatbuffers::GetRoot<body::ActorKeyRotated>(body);
    revoke(view_of(rotated.old_key_id()), number(record.index));
    add(view_of(rotated.key_id()), view_of(rotated.staff()), bytes_in(rotated.public_key()));
  } else if (event == "RecoveryDeclared") {
    const auto& declared = *flatbuffers::GetRoot<body::RecoveryDeclared>(body);
    log_keys_.push_back({text_of(declared.origin()), text_of(declared.verifier_key())});
  } else if (event == "LedgerHandedOver") {
    const auto& handed = *flatbuffers::GetRoot<body::LedgerHandedOver>(body);
    log_keys_.push_back({text_of(handed.origin()), text_of(handed.verifier_key())});
    for (const auto& [id, entry] : keys_) {
      revoked_.emplace_back(id, number(record.index));
    }
    add(view_of(handed.founder_key_id()),
        view_of(handed.founder()),
        bytes_in(handed.founder_public_key()));
  } else {
    const auto& revoked = *flatbuffers::GetRoot<body::ActorKeyRevoked>(body);
    revoke(view_of(revoked.key_id()), number(record.index));
    claim(view_of(revoked.key_id()), view_of(revoked.compromised_since()), number(record.index));
  }
}

// A key id that is not that of the public key registers nothing: whoever signs with it is unknown.
void KeyBook::add(std::string_view key_id, std::string_view staff, ByteView public_key) {
  Entry entry;
  entry.staff = staff;
  const auto id = key_id_from(key_id);
  if (!id || public_key.size() != entry.key.bytes.size()) {
    return;
  }
  std::ranges::copy(public_key, entry.key.bytes.begin());
  if (key_id_of(entry.key) == *id && !keys_.contains(*id)) {
    added_.emplace(*id, std::move(entry));
  }
}

// The server has one valid key at a time.
void KeyBook::replace_server_key(std::string_view next, std::uint64_t index) {
  if (!server_key_.empty()) {
    revoke(server_key_, index);
  }
  server_key_ = next;
}

void KeyBook::revoke(std::string_view key_id, std::uint64_t index) {
  if (const auto id = key_id_from(key_id)) {
    revoked_.emplace_back(*id, index);
  }
}

void KeyBook::claim(std::string_view key_id, std::string_view since, std::uint64_t index) {
  const auto id = key_id_from(key_id);
  const auto instant = parse_instant(since);
  if (id && instant) {
    claims_.push_back({index, *id, staff_of(*id), *instant});
  }
}

std::optional<AuditFinding> KeyBook::find(RecordIndex first,
                                          const KeyId& id,
                                          crypto::PublicKey& key) const {
  const auto known = keys_.find(id);
  const auto added = added_.find(id);
  if (known != keys_.end() && known->second.revoked) {
    return key_finding(first, id, "revoked_key", true);
  }
  if (known == keys_.end() && added == added_.end()) {
    return key_finding(first, id, "unknown_key", false);
  }
  key = known != keys_.end() ? known->second.key : added->second.key;
  return std::nullopt;
}

std::optional<AuditFinding> KeyBook::resolve(RecordIndex first,
                                             const RecordScan& request,
                                             std::vector<crypto::PublicKey>& keys) const {
  if (request.signatures.empty()) {
    crypto::PublicKey unused;
    return find(first, request.key_id, unused);
  }
  ByteReader in(request.signatures);
  while (in.ok() && in.position() < request.signatures.size()) {
    const KeyId id{in.take_array<32>()};
    in.take_view(crypto::Signature::size_bytes);
    if (auto found = find(first, id, keys.emplace_back())) {
      return found;
    }
  }
  return std::nullopt;
}

void KeyBook::commit() {
  for (auto& [id, entry] : added_) {
    keys_.emplace(id, std::move(entry));
  }
  added_.clear();
  for (const auto& [id, index] : revoked_) {
    const auto found = keys_.find(id);
    if (found != keys_.end() && !found->second.revoked) {
      found->second.revoked = index;
    }
  }
  revoked_.clear();
}

std::string KeyBook::staff_of(const KeyId& key) const {
  const auto found = keys_.find(key);
  return found == keys_.end() ? std::string() : found->second.staff;
}

}  // namespace juanzong::audit
