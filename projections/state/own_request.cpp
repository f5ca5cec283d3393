// SPDX-License-Identifier: Apache-2.0
#include "projections/state/own_request.h"

#include "events/log/request_signing.h"
#include "events/log/statement.h"
#include "events/model/check.h"
#include "events/procedures/actor_keys/actor_keys_generated.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/origins.h"
#include "events/procedures/parties.h"

#include "projections/state/key_name.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::int64_t valid_us = micros_per_day;

}  // namespace

Result<Bytes> encode_own_statement(const OwnStatement& own, UnixMicros now) {
  const CatalogueEntry* entry = catalogue().find(own.event);
  check(entry != nullptr, "the server states events of the catalogue");
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, own.body);
  if (!facts) {
    return fail(facts.error());
  }
  Statement statement;
  statement.type = entry->descriptor.type;
  statement.occurred_at = now;
  for (const std::string& stream : facts->streams) {
    statement.streams.push_back({stream, any_version});
  }
  statement.body = own.body;
  return encode_statement(statement);
}

OwnStatement key_statement(std::string_view staff, const crypto::PublicKey& key) {
  flatbuffers::FlatBufferBuilder builder;
  const auto holder = builder.CreateString(staff);
  const auto bytes = builder.CreateVector(key.bytes.data(), key.bytes.size());
  const auto id = builder.CreateString(std::string_view(KeyName(key_id_of(key))));
  return {"ActorKeyRegistered",
          finished_body(
              builder,
              body::CreateActorKeyRegistered(builder, holder, bytes, id, body::KeyCustody::FILE))};
}

Result<AdmittedRequest> make_own_request(const LedgerMachine& machine,
                                         std::span<const crypto::PrivateKey* const> signers,
                                         std::span<const OwnStatement> statements,
                                         UnixMicros now,
                                         const crypto::RandomSource& random) {
  const KeyName name(key_id_of(signers.front()->public_key()));
  const auto* state = machine.world().find<ActorKeyState>(name);
  if (state == nullptr || !is_valid_key(machine.world(), *state)) {
    return fail(ErrorCode::unknown_key, std::string(name));
  }
  RequestDraft draft;
  draft.origin = machine.head().origin;
  draft.request_id = make_request_id(now.value / 1000, crypto::random_array<10>(random));
  draft.key_seq = state->key_seq + 1;
  draft.prev_request = state->last_request;
  draft.signed_at = now;
  // Judged at the time of its record, which a clock that was ahead may have left in the future.
  draft.not_after = UnixMicros{std::max(now, machine.head().last_recorded_at).value + valid_us};
  for (const OwnStatement& own : statements) {
    Result<Bytes> statement = encode_own_statement(own, now);
    if (!statement) {
      return fail(statement.error());
    }
    draft.statements.push_back(std::move(*statement));
  }
  std::vector<crypto::PublicKey> keys;
  for (const crypto::PrivateKey* signer : signers) {
    keys.push_back(signer->public_key());
  }
  return admit_request(
      sign_request(std::move(draft), signers), keys, catalogue(), Openings::required);
}

}  // namespace juanzong
