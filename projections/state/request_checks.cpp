// SPDX-License-Identifier: Apache-2.0
// What LedgerMachine asks of a request before any procedure does: repeated, signed, whose, in the
// chain of its key, streams as expected, role.
#include "events/model/limits.h"
#include "events/procedures/origins.h"
#include "events/procedures/parties.h"
#include "events/procedures/policy.h"

#include "projections/state/genesis.h"
#include "projections/state/key_name.h"
#include "projections/state/ledger_machine.h"

#include <algorithm>

namespace juanzong {
namespace {

Refusal role_refusal(const EventDescriptor& event) {
  return {"ROLE",
          "该岗位无权登记此事项",
          "this role may not append this event",
          "岗位权限/roles",
          {fact("event", event.name), fact("allowed", to_text(event.append))},
          std::nullopt};
}

Refusal second_person_refusal(const EventDescriptor& event) {
  return {"SECOND_PERSON",
          "此事项须另一位有权人员共同签署",
          "another person must sign the same request",
          "双人复核/two-person rule",
          {fact("event", event.name), fact("second", to_text(event.second))},
          std::nullopt};
}

Refusal version_refusal(std::string_view stream, StreamVersion expected, StreamVersion actual) {
  return {"VERSION_CONFLICT",
          "案卷已有新记录,请重新载入后再办理",
          "the stream has newer records; reload and try again",
          "并发控制/expected version",
          {fact("stream", stream),
           fact("expected", std::to_string(number(expected))),
           fact("actual", std::to_string(number(actual)))},
          std::nullopt};
}

// Whether some statement of the request registers this key: its stream is "key:<id>".
bool registers_key(const AdmittedRequest& request, std::string_view key) {
  return std::ranges::any_of(request.statements, [key](const AdmittedStatement& statement) {
    return std::ranges::any_of(statement.view.streams, [key](const StreamView& stream) {
      return stream.name.starts_with("key:") && stream.name.substr(4) == key;
    });
  });
}

}  // namespace

std::optional<AppendResult> LedgerMachine::check_repeat(const AdmittedRequest& request) const {
  const auto known = index_.find_request(request.header.request_id);
  if (!known) {
    return std::nullopt;
  }
  if (known->hash != request.hash) {
    return Error{ErrorCode::request_id_reused, to_text(request.header.request_id)};
  }
  AppendReceipt receipt;
  receipt.first = known->first;
  receipt.count = known->count;
  receipt.tree_size = number(known->first) + known->count;
  receipt.repeated = true;
  return receipt;
}

// Record 0 names its own key and founder, who acts as system administrator.
Result<LedgerMachine::Actor> LedgerMachine::check_genesis(const AdmittedRequest& request) {
  if (request.statements.front().entry->descriptor.name != genesis_event) {
    return fail(ErrorCode::unknown_ledger, "record 0 is LedgerCreated");
  }
  Result<GenesisFacts> facts = read_genesis(request.statements.front().view.body);
  if (!facts) {
    return fail(facts.error());
  }
  const bool own_key = key_id_of(facts->founder_key) == request.header.key_id &&
                       facts->origin == request.header.origin && request.header.key_seq == 1 &&
                       request.header.prev_request == crypto::Digest{};
  if (!own_key) {
    return fail(ErrorCode::unknown_key, "record 0 is signed by the founder's key");
  }
  head_.name = facts->name;
  head_.origin = facts->origin;
  head_.zone = facts->zone;
  head_.last_leaf = genesis_link(facts->origin);
  world_.set_zone(facts->zone);
  Actor founder{facts->founder, {}};
  founder.roles.add(Role::adm);
  return founder;
}

// Without signatures only where the policy in force lets the session vouch, and never for what
// decides who may do what.
Outcome LedgerMachine::check_signed(const AdmittedRequest& request, UnixMicros now) const {
  if (!request.signers.empty()) {
    return Done{};
  }
  for (const AdmittedStatement& statement : request.statements) {
    if (statement.entry->descriptor.always_signed) {
      return fail(ErrorCode::signature_required, statement.entry->descriptor.name);
    }
  }
  return session_vouches(world_, head_.zone.date_of(now))
             ? Outcome(Done{})
             : Outcome(fail(ErrorCode::signature_required, "policy statement.signature"));
}

Outcome LedgerMachine::check_signers(const AdmittedRequest& request) const {
  for (const KeyId& signer : request.signers) {
    const KeyName name(signer);
    const auto* key = world_.find<ActorKeyState>(name);
    if (key == nullptr && !registers_key(request, name)) {
      return fail(ErrorCode::unknown_key, std::string(name));
    }
    if (key != nullptr && !is_valid_key(world_, *key)) {
      return fail(ErrorCode::key_not_valid, std::string(name));
    }
  }
  return Done{};
}

Result<LedgerMachine::Actor> LedgerMachine::check_header(const AdmittedRequest& request,
                                                         UnixMicros now) const {
  const RequestHeader& header = request.header;
  if (header.origin != head_.origin) {
    return fail(ErrorCode::origin_mismatch, head_.origin);
  }
  if (header.not_after < now) {
    return fail(ErrorCode::request_expired, to_rfc3339(header.not_after));
  }
  const auto made_at_ms = unix_ms_of(header.request_id);
  if (!made_at_ms || *made_at_ms > now.value / 1000 + limits::request_id_ahead_ms_max) {
    return fail(ErrorCode::request_id_not_acceptable, to_text(header.request_id));
  }
  if (const Outcome signers = check_signers(request); !signers) {
    return fail(signers.error());
  }
  const KeyName name(header.key_id);
  const auto* key = world_.find<ActorKeyState>(name);
  if (key == nullptr) {
    return fail(ErrorCode::unknown_key, std::string(name));
  }
  if (!is_valid_key(world_, *key)) {  // nobody among the signers where the session vouches
    return fail(ErrorCode::key_not_valid, std::string(name));
  }
  if (header.key_seq != key->key_seq + 1 || header.prev_request != key->last_request) {
    return fail(ErrorCode::actor_chain_conflict,
                "next key_seq " + std::to_string(key->key_seq + 1));
  }
  const auto* staff = world_.find<StaffState>(key->staff);
  return Actor{key->staff, staff == nullptr ? RoleSet() : staff->roles};
}

// Whether somebody else than the actor, with one of these roles, signed the request too.
bool LedgerMachine::second_person_signed(const AdmittedRequest& request,
                                         const Actor& actor,
                                         RoleSet roles) const {
  return std::ranges::any_of(request.signers, [&](const KeyId& signer) {
    const auto* key = world_.find<ActorKeyState>(KeyName(signer));
    const auto* staff =
        key == nullptr || key->staff == actor.staff ? nullptr : world_.find<StaffState>(key->staff);
    return staff != nullptr && staff->roles.intersects(roles);
  });
}

std::optional<Refusal> LedgerMachine::check_statement(const AdmittedRequest& request,
                                                      const AdmittedStatement& statement,
                                                      const Actor& actor,
                                                      StreamHeads& heads,
                                                      RecordIndex index,
                                                      std::vector<StreamLink>& links) {
  std::optional<Refusal> refusal;
  for (const StreamView& stream : statement.view.streams) {
    const auto [found, is_new] = heads.try_emplace(stream.name);
    if (is_new) {
      found->second = index_.stream_head(stream.name);
    }
    StreamHead& head = found->second;
    if (stream.expected != any_version && stream.expected != head.version && !refusal) {
      refusal = version_refusal(stream.name, stream.expected, head.version);
    }
    links.push_back({StreamVersion{number(head.version) + 1}, head.last});
    head = {StreamVersion{number(head.version) + 1}, index};
  }
  if (!actor.roles.intersects(statement.entry->descriptor.append)) {
    return role_refusal(statement.entry->descriptor);
  }
  const RoleSet second = statement.entry->descriptor.second;
  if (second.bits != 0 && !second_person_signed(request, actor, second)) {
    return second_person_refusal(statement.entry->descriptor);
  }
  return refusal;
}

}  // namespace juanzong
