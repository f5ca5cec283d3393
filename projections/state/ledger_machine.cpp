// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_machine.h"

#include "crypto/merkle_tree.h"

#include "events/model/check.h"
#include "events/procedures/corrections/corrections.h"
#include "events/procedures/operation/operation.h"
#include "events/procedures/origins.h"
#include "events/procedures/parties.h"
#include "events/procedures/policy.h"

#include "projections/state/assigned_codec.h"
#include "projections/state/fold.h"
#include "projections/state/genesis.h"
#include "projections/state/key_name.h"
#include "projections/state/succession.h"

#include <algorithm>

namespace juanzong {

LedgerMachine::LedgerMachine(const DerivedRows& durable,
                             LedgerOrdinal ordinal,
                             const Catalogue& catalogue,
                             LedgerHead head)
    : catalogue_(catalogue),
      ordinal_(ordinal),
      head_(std::move(head)),
      index_(durable, ordinal, head_.size()),
      world_(durable, ordinal, catalogue, head_.zone) {}

EventContext LedgerMachine::context_of(const AdmittedRequest& request,
                                       const AdmittedStatement& statement,
                                       const Actor& actor,
                                       std::size_t number,
                                       UnixMicros recorded_at) const {
  EventContext context;
  context.index = RecordIndex{head_.size() + number};
  context.request_first = RecordIndex{head_.size()};
  context.recorded_at = recorded_at;
  context.occurred_at = statement.view.occurred_at;
  context.today = head_.zone.date_of(recorded_at);
  context.back_entry = statement.view.back_entry != BackEntry::none;
  context.signers = request.signers;
  context.actor = actor.staff;
  context.roles = actor.roles;
  context.target_event = target_event_of(request, statement, context);
  return context;
}

// Event name of the record that a correction speaks of: in the log, or earlier in its request.
std::string_view LedgerMachine::target_event_of(const AdmittedRequest& request,
                                                const AdmittedStatement& statement,
                                                const EventContext& context) const {
  const auto target =
      correction_target(statement.entry->descriptor.name, statement.view.body.data(), context);
  if (!target || *target >= context.index) {
    return {};
  }
  if (*target >= context.request_first) {
    return request.statements[number(*target) - head_.size()].entry->descriptor.name;
  }
  const auto type = index_.type_of(*target);
  const CatalogueEntry* entry = type ? catalogue_.find(*type) : nullptr;
  return entry == nullptr ? std::string_view() : std::string_view(entry->descriptor.name);
}

// recorded_at never falls, except from a ClockCorrected to the record after it.
UnixMicros LedgerMachine::earliest_stamp() const {
  const auto* operation = world_.find<OperationState>(operation_key);
  const bool corrected = operation != nullptr && operation->clock_corrected &&
                         number(*operation->clock_corrected) + 1 == head_.size();
  return corrected ? operation->true_time : head_.last_recorded_at;
}

// Before the first record of a civil day is judged, the duties begin of that day and of the days
// since the last record.
void LedgerMachine::turn_day(UnixMicros recorded_at) {
  if (head_.size() == 0) {
    return;
  }
  const CivilDate last = head_.zone.date_of(head_.last_recorded_at);
  const CivilDate today = head_.zone.date_of(recorded_at);
  if (last < today) {
    begin_duties(catalogue_.duties(), last, today, RecordIndex{head_.size()}, world_);
  }
}

AppendResult LedgerMachine::submit(const AdmittedRequest& request,
                                   UnixMicros now,
                                   BatchDraft& draft) {
  if (auto repeat = check_repeat(request)) {
    return *std::move(repeat);
  }
  if (const Outcome follows = check_succession(request, head_); !follows) {
    return follows.error();
  }
  const bool is_genesis = head_.size() == 0;
  // Judged at the time that the record carries, also where a clock fell back: an audit knows no
  // other.
  const UnixMicros recorded_at = stamp_at(now);
  if (const Outcome is_signed = check_signed(request, recorded_at); !is_signed) {
    return is_signed.error();
  }
  Result<Actor> actor = is_genesis ? check_genesis(request) : check_header(request, recorded_at);
  if (!actor) {
    return actor.error();
  }
  if (is_genesis) {
    draft.batch.prev_leaf = head_.last_leaf;
  }
  AppendReceipt receipt;
  receipt.recorded_at = recorded_at;
  world_.begin_request(request.statements.size() > 1);
  StreamHeads heads;
  std::vector<Decided> decided;
  decided.reserve(request.statements.size());
  for (std::size_t i = 0; i < request.statements.size(); ++i) {
    const AdmittedStatement& statement = request.statements[i];
    Decided& step = decided.emplace_back();
    step.context = context_of(request, statement, *actor, i, receipt.recorded_at);
    world_.begin_record(step.context.index);
    if (i == 0) {
      turn_day(receipt.recorded_at);
    }
    Decision decision;
    const auto refusal =
        check_statement(request, statement, *actor, heads, step.context.index, step.links);
    if (!refusal) {
      decide_statement(*statement.entry, statement.view, step.context, world_, decision);
    }
    if (refusal || decision.refused()) {
      world_.roll_back_request();
      return RefusedRequest{static_cast<std::uint16_t>(i),
                            refusal ? Refusals{*refusal} : decision.take_refusals()};
    }
    step.assigned = std::move(decision.assigned);
    step.context.receipt_no = step.assigned.receipt_no;
    apply_statement(*statement.entry, statement.view, step.context, world_);
  }
  record_request(request, decided, draft, receipt);
  return receipt;
}

void LedgerMachine::record_request(const AdmittedRequest& request,
                                   const std::vector<Decided>& decided,
                                   BatchDraft& draft,
                                   AppendReceipt& receipt) {
  receipt.first = RecordIndex{head_.size()};
  receipt.count = static_cast<std::uint16_t>(decided.size());
  collect_openings(request, receipt.first, draft);
  for (std::size_t i = 0; i < decided.size(); ++i) {
    const Bytes assigned = encode_assigned(decided[i].assigned);
    RecordDraft record;
    record.index = decided[i].context.index;
    record.recorded_at = receipt.recorded_at;
    record.prev = head_.last_leaf;
    record.rules_version = head_.rules_version;
    record.policy_version = head_.policy_version;
    record.header = request.request.header;
    record.signatures = request.request.signatures;
    record.statement_number = static_cast<std::uint16_t>(i);
    record.path = request.statements[i].path;
    record.links = decided[i].links;
    record.assigned = assigned;
    record.statement = request.request.statements[i];
    Bytes bytes = encode_record(record);
    const crypto::Digest leaf = crypto::leaf_hash(bytes);
    enter_record(request.header, request.statements[i].view, receipt.recorded_at, leaf);
    draft.batch.records.push_back(std::move(bytes));
    receipt.leaves.push_back(leaf);
    receipt.assigned.push_back(decided[i].assigned);
  }
  receipt.tree_size = head_.size();
  enter_request(request.header, request.hash, RecordIndex{head_.size() - 1});
}

void LedgerMachine::enter_record(const RequestHeader& header,
                                 const StatementView& statement,
                                 UnixMicros recorded_at,
                                 const crypto::Digest& leaf) {
  const RecordIndex index{head_.size()};
  changed_ = true;
  for (const StreamView& stream : statement.streams) {
    index_.append_to_stream(stream.name, index);
  }
  index_.append_type(statement.type);
  const CivilDate day = head_.zone.date_of(recorded_at);
  if (recorded_at < head_.last_recorded_at) {
    index_.void_days(day, head_.zone.date_of(head_.last_recorded_at));
  }
  index_.set_day(day, index);
  head_.tree.append(leaf, [this](unsigned height, const crypto::Digest& root) {
    index_.append_subtree(height, root);
  });
  head_.last_leaf = leaf;
  head_.last_recorded_at = recorded_at;
  head_.origin = header.origin;
}

// After the last statement of a request: its id for ever, the chain of its key, the policy, the
// rules and the origin that the next record stands under.
void LedgerMachine::enter_request(const RequestHeader& header,
                                  const crypto::Digest& hash,
                                  RecordIndex last) {
  const RecordIndex first{number(last) + 1 - header.statement_count};
  index_.add_request(header.request_id, {first, header.statement_count, hash});
  ActorKeyState& key = world_.edit<ActorKeyState>(KeyName(header.key_id));
  key.key_seq = header.key_seq;
  key.last_request = hash;
  const auto* policy = world_.find<PolicyState>(policy_key);
  if (policy != nullptr && !policy->versions.empty()) {
    head_.policy_version = policy->versions.back().version;
  }
  if (const auto* operation = world_.find<OperationState>(operation_key)) {
    head_.rules_version = operation->rules_version;
  }
  if (const auto* origin = world_.find<OriginState>(origin_key)) {
    head_.origin = origin->origin;
  }
}

void LedgerMachine::collect_openings(const AdmittedRequest& request,
                                     RecordIndex first,
                                     BatchDraft& draft) const {
  for (const Opening& opening : request.request.openings) {
    const auto& commitments = request.statements[opening.statement].facts.commitments;
    const auto field = std::ranges::find(commitments, opening.path, &CommitmentField::path);
    check(field != commitments.end(), "an admitted opening has its commitment");
    draft.openings.push_back(
        {RecordIndex{number(first) + opening.statement}, field->subject, &opening});
  }
}

Outcome LedgerMachine::replay(const RecordView& record) {
  if (record.index != RecordIndex{head_.size()}) {
    return fail(ErrorCode::corruption, "record index");
  }
  if (head_.size() == 0) {
    if (record.statement.type != catalogue_.find(genesis_event)->descriptor.type) {
      return fail(ErrorCode::corruption, "record 0 is not LedgerCreated");
    }
    Result<GenesisFacts> facts = read_genesis(record.statement.body);
    if (!facts) {
      return fail(facts.error());
    }
    head_.name = facts->name;
    head_.zone = facts->zone;
    head_.last_leaf = genesis_link(facts->origin);
    world_.set_zone(facts->zone);
  }
  if (record.prev != head_.last_leaf) {
    return fail(ErrorCode::corruption, "chain broken at index " + std::to_string(head_.size()));
  }
  world_.begin_request(false);
  world_.begin_record(record.index);
  turn_day(record.recorded_at);
  const auto* key = world_.find<ActorKeyState>(KeyName(record.header.key_id));
  // A copy: what is applied next may change the key's state.
  const std::string actor = key == nullptr ? std::string() : key->staff;
  if (const Outcome folded = fold_record(catalogue_, record, actor, world_); !folded) {
    return folded;
  }
  enter_record(
      record.header, record.statement, record.recorded_at, crypto::leaf_hash(record.bytes));
  if (record.statement_number + 1 == record.header.statement_count) {
    enter_request(record.header, request_hash(record.header_bytes), record.index);
  }
  return Done{};
}

void LedgerMachine::begin_batch(BatchDraft& draft) const {
  draft.batch.ledger = head_.id;
  draft.batch.first = RecordIndex{head_.size()};
  draft.batch.prev_leaf = head_.last_leaf;
}

void LedgerMachine::finish_batch(BatchDraft& draft) const {
  draft.batch.last_leaf = head_.last_leaf;
  draft.batch.tree_size = head_.size();
  draft.batch.root = head_.tree.root();
}

void LedgerMachine::drain(RowBatch& rows, std::uint64_t generation) {
  if (!changed_) {
    return;
  }
  changed_ = false;
  world_.drain(rows, generation);
  index_.drain(rows, generation);
  rows.put(ledger_head_key(ordinal_), encode_ledger_head(head_));
}

void LedgerMachine::durable(std::uint64_t generation) {
  world_.durable(generation);
  index_.durable(generation);
}

}  // namespace juanzong
