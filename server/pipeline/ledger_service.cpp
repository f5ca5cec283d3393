// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/ledger_service.h"

#include "crypto/hex.h"

#include "events/log/record.h"
#include "events/procedures/origins.h"
#include "events/procedures/parties.h"

#include "projections/state/admission.h"
#include "projections/state/assigned_codec.h"
#include "projections/state/ledger_list.h"

#include <algorithm>

namespace juanzong {
namespace {

std::string key_name(const KeyId& id) {
  return crypto::hex_encode(id.view());
}

}  // namespace

LedgerService::LedgerService(Parts parts) : parts_(std::move(parts)) {
  for (auto& [name, signer] : parts_.head_signers) {
    signers_.try_emplace(name, std::move(signer));
  }
  DataDirectory& data = parts_.data;
  eraser_ = std::make_unique<Eraser>(Eraser::Parts{
      data.rows(), data.journal(), data.person_keys(), data.blobs(), parts_.on_erasure_failed});
  WriterParts writer{{data.journal(),
                      data.anchor(),
                      data.rows(),
                      data.materialiser(),
                      [this](const std::vector<DurableSize>& sizes) {
                        for (const DurableSize& each : sizes) {
                          listeners_.tell(each.ledger, each.size);
                        }
                      }},
                     catalogue(),
                     data.person_keys(),
                     parts_.clock,
                     true,
                     parts_.clock_accepted,
                     parts_.on_fatal,
                     parts_.on_ledger_stopped,
                     std::move(parts_.server_keys),
                     data.recovery(),
                     [&data] { return forget_recovery(data.paths().log); },
                     parts_.random};
  writer.eraser = eraser_.get();
  writer_ = std::make_unique<Writer>(std::move(writer), data.take_ledgers());
}

LedgerService::~LedgerService() {
  writer_.reset();
  // A failed sync leaves the anchor at most 100 ms old, which is harmless.
  static_cast<void>(parts_.data.anchor().sync());
}

Result<LedgerSnapshot> LedgerService::snapshot(std::string_view ledger) const {
  return LedgerSnapshot::take(parts_.data.rows(), parts_.data.journal(), ledger);
}

Result<LedgerSnapshot> LedgerService::snapshot(LedgerOrdinal ordinal) const {
  return LedgerSnapshot::take(parts_.data.rows(), parts_.data.journal(), ordinal);
}

Result<LedgerFacts> LedgerService::facts_of(const RowReader& rows, LedgerOrdinal ordinal) const {
  const RecordReader reader(rows, parts_.data.journal(), ordinal);
  const Result<LedgerHead> head = reader.head();
  if (!head) {
    return fail(head.error());
  }
  const SnapshotWorld world(rows, ordinal, catalogue(), head->zone);
  return LedgerFacts{head->name, head->origin, log_key_in_force(world), head->size()};
}

Result<LedgerFacts> LedgerService::ledger(std::string_view name) const {
  const DerivedRows::Snapshot rows(parts_.data.rows());
  const Result<LedgerOrdinal> ordinal = find_ledger(rows, name);
  return ordinal ? facts_of(rows, *ordinal) : Result<LedgerFacts>(fail(ordinal.error()));
}

std::vector<LedgerFacts> LedgerService::ledgers() const {
  const DerivedRows::Snapshot rows(parts_.data.rows());
  std::vector<LedgerFacts> list;
  for (LedgerEntry& entry : list_ledgers(rows)) {
    list.push_back({std::move(entry.head.name),
                    std::move(entry.head.origin),
                    std::move(entry.verifier_key),
                    entry.head.size()});
  }
  return list;
}

Result<Principal> LedgerService::identify(std::string_view ledger,
                                          const crypto::PublicKey& key) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  const SnapshotWorld world(at->rows(), at->ordinal(), catalogue(), at->head().zone);
  const KeyId id = key_id_of(key);
  const auto* state = world.find<ActorKeyState>(key_name(id));
  if (state == nullptr || state->public_key != key.bytes) {
    return fail(ErrorCode::unknown_key, key_name(id));
  }
  if (!is_valid_key(world, *state)) {
    return fail(ErrorCode::key_not_valid, key_name(id));
  }
  if (state->staff == server_staff) {
    return fail(ErrorCode::not_permitted, "the server's own key is no login");
  }
  return Principal{at->head().name,
                   at->ordinal(),
                   at->head().origin,
                   state->staff,
                   world.get<StaffState>(state->staff).roles,
                   id,
                   at->head().id};
}

Result<KeyChainHead> LedgerService::key_chain(const Principal& who) const {
  const DerivedRows::Snapshot rows(parts_.data.rows());
  const SnapshotWorld world(rows, who.ordinal, catalogue(), CivilZone());
  const auto* state = world.find<ActorKeyState>(key_name(who.key_id));
  if (state == nullptr) {
    return fail(ErrorCode::unknown_key, key_name(who.key_id));
  }
  return KeyChainHead{state->key_seq, state->last_request};
}

// A running server has no key of the next origin. Attachments are durable before an append may name
// them; person keys before their first use.
Outcome LedgerService::prepare(const LedgerId& ledger, const AdmittedRequest& request) const {
  std::vector<PersonId> people;
  for (const AdmittedStatement& statement : request.statements) {
    if (changes_origin(statement.view.type)) {
      return fail(ErrorCode::not_permitted,
                  "停服后用 juanzong recover 或 handover 办理 / by juanzong recover or handover, "
                  "with the server stopped: the next log key must be in place");
    }
    for (const CommitmentField& field : statement.facts.commitments) {
      if (field.is_attachment && !parts_.data.blobs().has(field.blob)) {
        return fail(ErrorCode::attachment_missing, field.path);
      }
      people.push_back(field.subject);
    }
  }
  std::ranges::sort(people);
  const auto repeats = std::ranges::unique(people);
  people.erase(repeats.begin(), repeats.end());
  return people.empty() ? Outcome(Done{}) : parts_.data.person_keys().ensure(ledger, people);
}

// A repeat was recognised by its id alone; the receipt is read back from the records.
AppendResult LedgerService::complete(const Principal& who, AppendResult result) const {
  auto* receipt = std::get_if<AppendReceipt>(&result);
  if (receipt == nullptr || !receipt->repeated) {
    return result;
  }
  const DerivedRows::Snapshot rows(parts_.data.rows());
  const RecordReader reader(rows, parts_.data.journal(), who.ordinal);
  const Result<std::vector<Bytes>> records = reader.records(receipt->first, receipt->count);
  if (!records) {
    return records.error();
  }
  for (const Bytes& bytes : *records) {
    const Result<RecordView> record = parse_record(bytes);
    if (!record) {
      return record.error();
    }
    receipt->recorded_at = record->recorded_at;
    receipt->leaves.push_back(crypto::leaf_hash(bytes));
    const Result<AssignedValues> assigned = decode_assigned(record->assigned);
    receipt->assigned.push_back(assigned ? *assigned : AssignedValues{});
  }
  return result;
}

void LedgerService::append(const Principal& who,
                           SignedRequest request,
                           std::vector<crypto::PublicKey> keys,
                           AppendDone done) {
  Result<AdmittedRequest> admitted =
      admit_request(std::move(request), keys, catalogue(), Openings::required);
  if (!admitted) {
    done(admitted.error());
    return;
  }
  if (admitted->header.key_id != who.key_id) {
    done(Error{ErrorCode::not_permitted, "the session's key signs first"});
    return;
  }
  if (const Outcome ready = prepare(who.ledger_id, *admitted); !ready) {
    done(ready.error());
    return;
  }
  WriteTask task;
  task.ledger = who.ledger;
  task.request = std::make_unique<AdmittedRequest>(std::move(*admitted));
  task.done = [this, who, done](AppendResult result) { done(complete(who, std::move(result))); };
  if (!writer_->push(task)) {
    done(Error{writer_->stopped() ? ErrorCode::writes_stopped : ErrorCode::busy, ""});
  }
}

std::uint64_t LedgerService::add_durable_listener(DurableListener listener) {
  return listeners_.add(std::move(listener));
}

void LedgerService::remove_durable_listener(std::uint64_t id) {
  listeners_.remove(id);
}

}  // namespace juanzong
