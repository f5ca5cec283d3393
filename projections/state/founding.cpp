// SPDX-License-Identifier: Apache-2.0
#include "projections/state/founding.h"

#include "events/log/request_signing.h"
#include "events/model/limits.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/parties.h"
#include "events/procedures/registry/registry_generated.h"

#include "projections/state/own_request.h"

namespace juanzong {
namespace {

Bytes staff_body(std::string_view code, std::string_view badge_no, Role role) {
  flatbuffers::FlatBufferBuilder builder;
  const auto staff = builder.CreateString(code);
  const auto department = builder.CreateString(code_of(role));
  const auto badge = builder.CreateString(badge_no);
  const auto roles = builder.CreateString(code_of(role));
  return finished_body(builder,
                       body::CreateStaffRegistered(builder, staff, department, badge, roles));
}

std::vector<OwnStatement> founding_statements(const Founding& founding, const FoundingKeys& keys) {
  std::vector<OwnStatement> list{
      {genesis_event,
       make_genesis_body(founding.facts, founding.timezone, founding.tzdata_version)},
      {"StaffRegistered", staff_body(founding.facts.founder, founding.founder_badge, Role::adm)},
      key_statement(founding.facts.founder, founding.facts.founder_key)};
  if (keys.server != nullptr) {
    list.push_back({"StaffRegistered", staff_body(server_staff, server_staff, Role::sys)});
    list.push_back(key_statement(server_staff, keys.server->public_key()));
  }
  return list;
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
                                            const FoundingKeys& keys,
                                            UnixMicros now) {
  founding.facts.founder_key = keys.founder.public_key();
  RequestDraft draft;
  draft.origin = founding.facts.origin;
  draft.request_id = make_request_id(now.value / 1000, crypto::random_array<10>(founding.random));
  draft.signed_at = now;
  draft.not_after = UnixMicros{now.value + micros_per_day};
  for (const OwnStatement& own : founding_statements(founding, keys)) {
    Result<Bytes> statement = encode_own_statement(own, now);
    if (!statement) {
      return fail(statement.error());
    }
    draft.statements.push_back(std::move(*statement));
  }
  const crypto::PrivateKey* signers[] = {&keys.founder, keys.server};
  return sign_request(std::move(draft), std::span(signers, keys.server == nullptr ? 1 : 2));
}

Result<LedgerBatch> found_ledger(LedgerSet& ledgers,
                                 Founding founding,
                                 const FoundingKeys& keys,
                                 UnixMicros now) {
  if (const Outcome free = check_free(ledgers, founding.facts); !free) {
    return fail(free.error());
  }
  const LedgerId id = ledger_id_of(founding.facts.origin);
  Result<SignedRequest> request = make_founding_request(std::move(founding), keys, now);
  if (!request) {
    return fail(request.error());
  }
  std::vector<crypto::PublicKey> signers{keys.founder.public_key()};
  if (keys.server != nullptr) {
    signers.push_back(keys.server->public_key());
  }
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
