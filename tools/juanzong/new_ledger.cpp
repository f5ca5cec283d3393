// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/new_ledger.h"

#include "crypto/key_file.h"

#include "projections/state/founding.h"

#include "tools/juanzong/zone_table.h"

namespace juanzong::cli {

Result<NewKeys> make_keys(const NewLedger& wanted) {
  auto log = crypto::SignerKey::create(wanted.origin, crypto::PrivateKey::generate());
  if (!log) {
    return fail(ErrorCode::environment, "origin: no spaces, no '+'");
  }
  return NewKeys{*std::move(log), crypto::PrivateKey::generate(), crypto::PrivateKey::generate()};
}

Outcome write_keys(const LedgerKeyFiles& files, const NewKeys& keys) {
  const bool written = !crypto::write_private_key(files.log_key, keys.log.private_key()) &&
                       !crypto::write_verifier_key(files.verifier_key, keys.log.verifier()) &&
                       !crypto::write_private_key(files.founder_key, keys.founder) &&
                       !crypto::write_private_key(files.server_key, keys.server);
  return written ? Outcome(Done{}) : Outcome(fail(ErrorCode::io_failure, files.log_key.string()));
}

Result<LedgerBatch> found(LedgerSet& ledgers, const NewLedger& wanted, const NewKeys& keys) {
  Result<ZoneTable> table = make_zone_table(wanted.timezone);
  if (!table) {
    return fail(table.error());
  }
  Founding founding;
  founding.facts.name = wanted.ledger;
  founding.facts.origin = wanted.origin;
  founding.facts.verifier_key = keys.log.verifier().text();
  founding.facts.founder = wanted.founder;
  founding.facts.zone = table->zone;
  founding.timezone = wanted.timezone;
  founding.tzdata_version = table->tzdata_version;
  founding.founder_badge = wanted.founder;
  founding.random = wanted.random;
  return found_ledger(ledgers, std::move(founding), {keys.founder, &keys.server}, wanted.now);
}

Result<LedgerBatch> decide_own(LedgerMachine& machine,
                               std::span<const crypto::PrivateKey* const> signers,
                               std::span<const OwnStatement> statements,
                               UnixMicros now) {
  const Result<AdmittedRequest> request = make_own_request(machine, signers, statements, now);
  if (!request) {
    return fail(request.error());
  }
  BatchDraft draft;
  machine.begin_batch(draft);
  const AppendResult result = machine.submit(*request, now, draft);
  machine.finish_batch(draft);
  if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    return fail(ErrorCode::not_permitted,
                refused->refusals.front().zh + " / " + refused->refusals.front().en);
  }
  const auto* error = std::get_if<Error>(&result);
  return error == nullptr ? Result<LedgerBatch>(std::move(draft.batch)) : fail(*error);
}

Outcome append_frame(Journal& journal, Anchor& anchor, LedgerBatch batch, UnixMicros now) {
  const JournalHead before = journal.head();
  FrameHead head;
  head.position = before.next_position;
  head.prev_tip = before.tip;
  head.wall_time = now;
  const Frame frame = seal_frame(head, {std::move(batch)});
  if (journal.append(frame) != AppendOutcome::ok) {
    return fail(ErrorCode::outcome_unknown, "the journal did not confirm the founding records");
  }
  return anchor.write(journal.head()) && anchor.sync()
             ? Outcome(Done{})
             : Outcome(fail(ErrorCode::io_failure, "anchor; the founding records are stored"));
}

}  // namespace juanzong::cli
