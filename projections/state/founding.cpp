// SPDX-License-Identifier: Apache-2.0
#include "projections/state/founding.h"

#include "crypto/hex.h"
#include "crypto/random_bytes.h"

#include "events/log/request_signing.h"
#include "events/log/statement.h"
#include "events/model/limits.h"
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

// Names stand in the paths of tiles and of key files: none that a path would read as a folder.
Outcome check_free(const LedgerSet& ledgers, const GenesisFacts& facts) {
  if (facts.name.starts_with('.')) {
    return fail(ErrorCode::environment, "卷宗名不能以点开头 / a name begins with no dot");
  }
  const std::vector<const LedgerMachine*> all = ledgers.all();
  if (all.size() >= limits::ledgers_max) {
    return fail(ErrorCode::limit_exceeded, std::to_string(limits::ledgers_max));
  }
  for (const LedgerMachine* machine : all) {
    if (machine->head().name == facts.name) {
      return fail(ErrorCode::ledger_name_taken, facts.name);
    }
    if (machine->head().id == ledger_id_of(facts.origin)) {
      return fail(ErrorCode::ledger_origin_taken, facts.origin);
    }
  }
  return Done{};
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

Result<LedgerBatch> found_ledger(LedgerSet& ledgers,
                                 Founding founding,
                                 const crypto::PrivateKey& founder_key,
                                 UnixMicros now) {
  if (const Outcome free = check_free(ledgers, founding.facts); !free) {
    return fail(free.error());
  }
  const LedgerId id = ledger_id_of(founding.facts.origin);
  Result<SignedRequest> request = make_founding_request(std::move(founding), founder_key, now);
  if (!request) {
    return fail(request.error());
  }
  const crypto::PublicKey signers[] = {founder_key.public_key()};
  const Result<AdmittedRequest> admitted =
      admit_request(std::move(*request), signers, catalogue(), Openings::required);
  if (!admitted) {
    return fail(admitted.error());
  }
  LedgerMachine& machine = ledgers.create(id);
  BatchDraft draft;
  machine.begin_batch(draft);
  const AppendResult result = machine.submit(*admitted, now, draft);
  machine.finish_batch(draft);
  if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    return fail(ErrorCode::environment, refused->refusals.front().zh);
  }
  if (const auto* error = std::get_if<Error>(&result)) {
    return fail(*error);
  }
  return std::move(draft.batch);
}

}  // namespace juanzong
