// SPDX-License-Identifier: Apache-2.0
#include "projections/state/founding.h"

#include "crypto/hex.h"
#include "crypto/random_bytes.h"

#include "events/log/request_signing.h"
#include "events/log/statement.h"
#include "events/procedures/actor_keys/actor_keys_generated.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/registry/registry_generated.h"

namespace juanzong {
namespace {

constexpr std::int64_t valid_us = 24LL * 3600 * micros_per_second;

template <class Offset>
Bytes finish(flatbuffers::FlatBufferBuilder& builder, Offset root) {
  builder.Finish(root);
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

Bytes staff_body(const Founding& founding) {
  flatbuffers::FlatBufferBuilder builder;
  const auto staff = builder.CreateString(founding.facts.founder);
  const auto department = builder.CreateString("ADM");
  const auto badge = builder.CreateString(founding.founder_badge);
  const auto roles = builder.CreateString("ADM");
  return finish(builder, body::CreateStaffRegistered(builder, staff, department, badge, roles));
}

Bytes key_body(const Founding& founding) {
  flatbuffers::FlatBufferBuilder builder;
  const crypto::PublicKey& key = founding.facts.founder_key;
  const auto staff = builder.CreateString(founding.facts.founder);
  const auto bytes = builder.CreateVector(key.bytes.data(), key.bytes.size());
  const auto id = builder.CreateString(crypto::hex_encode(key_id_of(key).view()));
  return finish(builder,
                body::CreateActorKeyRegistered(builder, staff, bytes, id, body::KeyCustody::FILE));
}

Result<Bytes> statement_of(std::string_view event, Bytes body, UnixMicros now) {
  const CatalogueEntry* entry = catalogue().find(event);
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, body);
  if (!facts) {
    return fail(facts.error());
  }
  Statement statement;
  statement.type = entry->descriptor.type;
  statement.occurred_at = now;
  for (const std::string& stream : facts->streams) {
    statement.streams.push_back({stream, any_version});
  }
  statement.body = std::move(body);
  return encode_statement(statement);
}

}  // namespace

Result<SignedRequest> make_founding_request(Founding founding,
                                            const crypto::PrivateKey& founder_key,
                                            UnixMicros now) {
  founding.facts.founder_key = founder_key.public_key();
  RequestDraft draft;
  draft.origin = founding.facts.origin;
  draft.request_id = make_request_id(now.value / 1000, crypto::random_array<10>());
  draft.signed_at = now;
  draft.not_after = UnixMicros{now.value + valid_us};
  const Bytes genesis =
      make_genesis_body(founding.facts, founding.timezone, founding.tzdata_version);
  for (auto& [event, body] : {std::pair<std::string_view, Bytes>{"LedgerCreated", genesis},
                              {"StaffRegistered", staff_body(founding)},
                              {"ActorKeyRegistered", key_body(founding)}}) {
    Result<Bytes> statement = statement_of(event, body, now);
    if (!statement) {
      return fail(statement.error());
    }
    draft.statements.push_back(std::move(*statement));
  }
  const crypto::PrivateKey* keys[] = {&founder_key};
  return sign_request(std::move(draft), keys);
}

}  // namespace juanzong
