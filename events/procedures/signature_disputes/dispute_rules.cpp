// SPDX-License-Identifier: Apache-2.0
// Late signatures, denials, and what was decided about them.
#include "events/procedures/case_checks.h"
#include "events/procedures/list_keys.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/signature_disputes.h"
#include "events/procedures/signature_disputes/signature_disputes.h"
#include "events/procedures/signature_disputes/signature_disputes_generated.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

using AttachmentList = flatbuffers::Vector<flatbuffers::Offset<body::Attachment>>;

bool has_any(const AttachmentList* evidence) {
  return evidence != nullptr && evidence->size() > 0;
}

template <class Body>
bool stands_in(const Body& event, std::string_view stream) {
  return std::any_of(event.case_streams()->begin(),
                     event.case_streams()->end(),
                     [stream](const flatbuffers::String* name) { return view_of(name) == stream; });
}

// H-SIG-1, H-SIG-2: what is signed later, denied or decided is seen wherever the record is.
// nullptr: refused.
template <class Body>
const SignedRecordState* check_target(const Body& event,
                                      const EventContext& context,
                                      const World& world,
                                      Decision& decision) {
  const RecordIndex target = record_index(*event.target(), context);
  const auto* found =
      target < context.index ? world.find<SignedRecordState>(signed_record_key(target)) : nullptr;
  if (found == nullptr) {
    decision.refuse(signature_there_rule, {fact("target", signed_record_key(target))});
    return nullptr;
  }
  for (const std::string& stream : found->streams) {
    if (!stands_in(event, stream)) {
      decision.refuse(signature_streams_rule, {fact("missing_stream", stream)});
    }
  }
  return found;
}

// The block that a dispute speaks of; nullptr: refused.
template <class Body>
const SignedBlock* check_block(const Body& event,
                               const EventContext& context,
                               const World& world,
                               Decision& decision) {
  const SignedRecordState* record = check_target(event, context, world, decision);
  if (record == nullptr) {
    return nullptr;
  }
  if (event.position() >= record->blocks.size()) {
    decision.refuse(signature_there_rule,
                    {fact("position", std::to_string(event.position())),
                     fact("signatures", std::to_string(record->blocks.size()))});
    return nullptr;
  }
  return &record->blocks[event.position()];
}

template <class Body>
std::string key_of(const Body& event, const EventContext& context) {
  return signature_key(record_index(*event.target(), context), event.position());
}

// Whether this signer stands behind the record in this capacity already, undisputed.
bool has_signed(const World& world,
                RecordIndex record,
                std::string_view signer,
                body::Capacity capacity) {
  const auto is_his = [&](RecordIndex at, std::size_t position) {
    const SignedBlock* block = find_signature(world, at, position);
    return block != nullptr && block->signer == signer &&
           block->capacity == static_cast<std::uint8_t>(capacity) &&
           counts(standing_of(world, at, position));
  };
  const auto own = world.get<SignedRecordState>(signed_record_key(record));
  for (std::size_t position = 0; position < own.blocks.size(); ++position) {
    if (is_his(record, position)) {
      return true;
    }
  }
  const auto late = world.get<LateSignaturesState>(signed_record_key(record));
  return std::ranges::any_of(late.captured, [&](RecordIndex at) { return is_his(at, 0); });
}

void decide_captured(const body::SignatureCaptured& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const SignedRecordState* record = check_target(event, context, world, decision);
  const body::SignatureBlock& block = *event.signatures()->Get(0);
  if (event.signatures()->size() > 1) {
    decision.refuse_schema("signatures", "每次补充一个签名", "one signature at a time");
  }
  check_instant_passed(
      "signatures.signed_at", *parse_instant(view_of(block.signed_at())), context, world, decision);
  if (record != nullptr && has_signed(world,
                                      record_index(*event.target(), context),
                                      view_of(block.signer()),
                                      block.capacity())) {
    decision.refuse_schema("signatures", "该签名人已签名", "he has signed it already");
  }
}

void apply_captured(const body::SignatureCaptured& event,
                    const EventContext& context,
                    WorldChange& world) {
  const RecordIndex target = record_index(*event.target(), context);
  world.edit<LateSignaturesState>(signed_record_key(target)).captured.push_back(context.index);
}

// Who may say that he did not sign: the signer himself, as staff under his own key; anybody through
// the customer-centre head, who has it signed by the signer or has something to show.
bool may_deny(const body::SignatureDisputed& event,
              const SignedBlock& block,
              const EventContext& context) {
  const bool is_signer = view_of(event.claimant()) == block.signer;
  if (is_signer && context.actor == block.signer) {
    return true;
  }
  const bool signed_by_claimant =
      event.signatures() != nullptr &&
      std::any_of(event.signatures()->begin(),
                  event.signatures()->end(),
                  [&event](const body::SignatureBlock* each) {
                    return view_of(each->signer()) == view_of(event.claimant());
                  });
  return context.roles.has(Role::csm) &&
         (has_any(event.evidence()) || (is_signer && signed_by_claimant));
}

void decide_disputed(const body::SignatureDisputed& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const SignedBlock* block = check_block(event, context, world, decision);
  if (block == nullptr) {
    return;
  }
  if (!may_deny(event, *block, context)) {
    decision.refuse(denier_rule, {fact("target", key_of(event, context))});
  }
  const auto standing =
      standing_of(world, record_index(*event.target(), context), event.position());
  if (!counts(standing)) {
    decision.refuse_state(code_of(standing), "VALID, CONFIRMED");
  }
}

void apply_disputed(const body::SignatureDisputed& event,
                    const EventContext& context,
                    WorldChange& world) {
  const std::string key = key_of(event, context);
  auto& state = world.edit<SignatureDisputeState>(key);
  state.before = state.standing;
  state.standing = SignatureStanding::disputed;
  state.claimant = text_of(event.claimant());
  state.disputed.push_back(context.index);
  const std::string about = "signature:" + key;
  tie_person(world, state.claimant, about);
  const RecordIndex target = record_index(*event.target(), context);
  if (const SignedBlock* block = find_signature(world, target, event.position());
      block != nullptr && block->signer != view_of(event.claimant())) {
    tie_person(world, std::string(block->signer), about);
  }
  world.put_row(dispute_list, dated_key(context.today, context.index, key), {});
}

// H-SIG-4: neither the staff whose signature it is nor who denies it.
void check_judge(const body::SignatureDisputeResolved& event,
                 const SignedBlock& block,
                 const SignatureDisputeState& state,
                 const EventContext& context,
                 Decision& decision) {
  const auto is_party = [&](std::string_view who) {
    return who == block.signer || who == state.claimant;
  };
  const auto* signatures = event.signatures();
  const bool party_signs =
      signatures != nullptr &&
      std::any_of(signatures->begin(), signatures->end(), [&](const body::SignatureBlock* each) {
        return each->capacity() == body::Capacity::STAFF && is_party(view_of(each->signer()));
      });
  if (is_party(context.actor) || party_signs) {
    decision.refuse(judge_rule, {fact("target", key_of(event, context))});
  }
}

void decide_resolved(const body::SignatureDisputeResolved& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const SignedBlock* block = check_block(event, context, world, decision);
  if (block == nullptr) {
    return;
  }
  const auto state = world.get<SignatureDisputeState>(key_of(event, context));
  if (state.standing != SignatureStanding::disputed) {
    decision.refuse_state(code_of(state.standing), "DISPUTED");
    return;
  }
  check_judge(event, *block, state, context, decision);
}

SignatureStanding after(body::DisputeResult result, SignatureStanding before) {
  switch (result) {
    case body::DisputeResult::DENIAL_UPHELD:
      return SignatureStanding::denied;
    case body::DisputeResult::SIGNATURE_CONFIRMED:
      return SignatureStanding::confirmed;
    default:
      return before;
  }
}

void apply_resolved(const body::SignatureDisputeResolved& event,
                    const EventContext& context,
                    WorldChange& world) {
  const std::string key = key_of(event, context);
  auto& state = world.edit<SignatureDisputeState>(key);
  state.standing = after(event.result(), state.before);
  state.resolved.push_back(context.index);
  world.put_row(dispute_list, dated_key(context.today, context.index, key), {});
}

constexpr std::array handlers{
    event<body::SignatureCaptured, decide_captured, apply_captured>("SignatureCaptured"),
    event<body::SignatureDisputed, decide_disputed, apply_disputed>("SignatureDisputed"),
    event<body::SignatureDisputeResolved, decide_resolved, apply_resolved>(
        "SignatureDisputeResolved"),
};

}  // namespace

std::span<const EventHandler> signature_dispute_handlers() {
  return handlers;
}

}  // namespace juanzong
