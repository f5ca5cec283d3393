// SPDX-License-Identifier: Apache-2.0
#include "projections/state/succession.h"

#include "crypto/hex.h"
#include "crypto/note_key.h"

#include "events/log/record.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/procedure.h"
#include "events/procedures/succession/succession_generated.h"

#include "projections/state/key_name.h"

#include <algorithm>

namespace juanzong {
namespace {

std::string origin_id(std::string_view origin) {
  return crypto::hex_encode(ledger_id_of(origin).view());
}

Outcome differs(std::string_view field) {
  return fail(ErrorCode::schema_violation, std::string(field));
}

// Both tables begin with the same fields.
template <class Event>
Outcome check_event(const Event& event, const LedgerHead& head) {
  const crypto::Digest root = head.tree.root();
  const auto& stated = *event.old_root();
  const auto key = crypto::VerifierKey::parse(view_of(event.verifier_key()));
  if (view_of(event.former_origin()) != head.origin) {
    return differs("former_origin");
  }
  if (!key || key->name() != view_of(event.origin()) ||
      key->type() != crypto::NoteKeyType::ed25519) {
    return differs("verifier_key");
  }
  if (view_of(event.origin_id()) != origin_id(view_of(event.origin()))) {
    return differs("origin_id");
  }
  if (event.old_size() != head.size()) {
    return differs("old_size");
  }
  return std::ranges::equal(stated, root.bytes) ? Outcome(Done{}) : differs("old_root");
}

Outcome check_founder(const body::LedgerHandedOver& event) {
  crypto::PublicKey key;
  if (event.founder_public_key()->size() != key.bytes.size()) {
    return differs("founder_public_key");
  }
  std::ranges::copy(*event.founder_public_key(), key.bytes.begin());
  const bool named = std::string_view(KeyName(key_id_of(key))) == view_of(event.founder_key_id());
  return crypto::is_acceptable(key) && named ? Outcome(Done{}) : differs("founder_key_id");
}

flatbuffers::Offset<flatbuffers::String> put(flatbuffers::FlatBufferBuilder& builder,
                                             std::string_view text) {
  return builder.CreateString(text.data(), text.size());
}

template <std::size_t size>
flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> put(
    flatbuffers::FlatBufferBuilder& builder, const std::array<std::uint8_t, size>& bytes) {
  return builder.CreateVector(bytes.data(), bytes.size());
}

}  // namespace

Outcome check_succession(const AdmittedRequest& request, const LedgerHead& head) {
  for (const AdmittedStatement& statement : request.statements) {
    if (!changes_origin(statement.view.type)) {
      continue;
    }
    if (request.statements.size() != 1) {
      return differs("a change of origin is alone in its request");
    }
    const std::uint8_t* body = statement.view.body.data();
    if (statement.view.type == recovery_declared_type) {
      return check_event(*flatbuffers::GetRoot<body::RecoveryDeclared>(body), head);
    }
    const auto& event = *flatbuffers::GetRoot<body::LedgerHandedOver>(body);
    const Outcome fits = check_event(event, head);
    return fits ? check_founder(event) : fits;
  }
  return Done{};
}

Bytes make_recovery_body(const LedgerHead& head,
                         const NextOrigin& next,
                         const KnownHead& known,
                         LossReason reason) {
  flatbuffers::FlatBufferBuilder builder;
  const auto former = put(builder, head.origin);
  const auto origin = put(builder, next.origin);
  const auto id = put(builder, origin_id(next.origin));
  const auto key = put(builder, next.verifier_key);
  const auto old_root = put(builder, head.tree.root().bytes);
  const auto known_root = put(builder, known.root.bytes);
  return finished_body(builder,
                       body::CreateRecoveryDeclared(builder,
                                                    former,
                                                    origin,
                                                    id,
                                                    key,
                                                    head.size(),
                                                    old_root,
                                                    known.size,
                                                    known_root,
                                                    static_cast<body::LossReason>(reason)));
}

Bytes make_handed_over_body(const LedgerHead& head,
                            const NextOrigin& next,
                            const Successor& successor) {
  flatbuffers::FlatBufferBuilder builder;
  const auto former = put(builder, head.origin);
  const auto origin = put(builder, next.origin);
  const auto id = put(builder, origin_id(next.origin));
  const auto key = put(builder, next.verifier_key);
  const auto old_root = put(builder, head.tree.root().bytes);
  const auto name = put(builder, successor.name);
  const auto founder = put(builder, successor.founder);
  const auto founder_key = put(builder, successor.founder_key.bytes);
  const auto founder_key_id =
      put(builder, std::string_view(KeyName(key_id_of(successor.founder_key))));
  return finished_body(builder,
                       body::CreateLedgerHandedOver(builder,
                                                    former,
                                                    origin,
                                                    id,
                                                    key,
                                                    head.size(),
                                                    old_root,
                                                    name,
                                                    founder,
                                                    founder_key,
                                                    founder_key_id));
}

}  // namespace juanzong
