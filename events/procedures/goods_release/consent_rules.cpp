// SPDX-License-Identifier: Apache-2.0
// Calls to owner and company, and refusals: facts of a slip until its goods have left. The latest
// word counts.
#include "events/procedures/case_checks.h"
#include "events/procedures/goods_release/rules.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::goods_release {
namespace {

// The slip, if its goods have not left yet.
template <class Body>
const ReleaseSlipState* open_slip(const Body& event, const World& world, Decision& decision) {
  const ReleaseSlipState* slip =
      find_slip(world, view_of(event.slip_id()), view_of(event.unit()), decision);
  if (slip != nullptr && slip->stage() == ReleaseStage::released) {
    decision.refuse_state("RELEASED", "REQUESTED REFUSED ISSUED STOPPED");
  }
  return slip;
}

void check_called_at(const flatbuffers::String* called_at,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  if (called_at == nullptr) {
    decision.refuse(call_rule, {fact("missing", "called_at")});
  } else {
    check_instant_passed("called_at", *parse_instant(view_of(called_at)), context, world, decision);
  }
}

template <class Body>
void check_call(const Body& event,
                const EventContext& context,
                const World& world,
                Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_called_at(event.called_at(), context, world, decision);
  if (event.opinion() == nullptr) {
    decision.refuse(call_rule, {fact("missing", "opinion")});
  }
}

template <class Predicate>
bool recorded_call_of(const SignatureList* signatures, Predicate predicate) {
  return signatures != nullptr &&
         std::any_of(
             signatures->begin(), signatures->end(), [&](const body::SignatureBlock* block) {
               return block->method() == body::SignatureMethod::PHONE_RECORDED && predicate(*block);
             });
}

void decide_owner_word(const body::OwnerReleaseConsentRecorded& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  open_slip(event, world, decision);
  check_call(event, context, world, decision);
  const std::string owner = world.get<UnitState>(view_of(event.unit())).owner;
  const bool called = recorded_call_of(event.signatures(), [&](const body::SignatureBlock& block) {
    return is_signature_of_owner(block, owner);
  });
  check_signature(called, "须有业主的电话记录", "the owner's recorded call is missing", decision);
}

void decide_company_word(const body::CompanyReleaseConsentRecorded& event,
                         const EventContext& context,
                         const World& world,
                         Decision& decision) {
  open_slip(event, world, decision);
  check_call(event, context, world, decision);
  const bool called = recorded_call_of(event.signatures(), [](const body::SignatureBlock& block) {
    return block.capacity() == body::Capacity::COMPANY_REP;
  });
  check_signature(called,
                  "须有公司负责人的电话记录",
                  "the recorded call of the company's responsible person is missing",
                  decision);
}

template <class Body>
ReleaseWord word_of(const Body& event, const EventContext& context) {
  ReleaseWord word{
      context.index, *parse_instant(view_of(event.called_at())), event.consented(), {}};
  for (std::uint32_t i = 0; event.not_to_remove() != nullptr && i < event.not_to_remove()->size();
       ++i) {
    word.not_to_remove.push_back(text_of(event.not_to_remove()->Get(i)));
  }
  return word;
}

void apply_owner_word(const body::OwnerReleaseConsentRecorded& event,
                      const EventContext& context,
                      WorldChange& world) {
  world.edit<ReleaseSlipState>(view_of(event.slip_id())).owner_word = word_of(event, context);
}

void apply_company_word(const body::CompanyReleaseConsentRecorded& event,
                        const EventContext& context,
                        WorldChange& world) {
  world.edit<ReleaseSlipState>(view_of(event.slip_id())).company_word = word_of(event, context);
}

void decide_failed(const body::OwnerContactFailed& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  open_slip(event, world, decision);
  check_called_at(event.called_at(), context, world, decision);
  if (event.attempts() < 0) {
    decision.refuse_schema("attempts", "次数须大于 0", "at least one attempt");
  }
}

void apply_failed(const body::OwnerContactFailed& event,
                  const EventContext& context,
                  WorldChange& world) {
  ReleaseSlipState& slip = world.edit<ReleaseSlipState>(view_of(event.slip_id()));
  const std::int64_t before = slip.failed_calls ? slip.failed_calls->attempts : 0;
  slip.failed_calls = FailedCalls{
      context.index, *parse_instant(view_of(event.called_at())), before + event.attempts()};
}

void decide_refused(const body::GoodsReleaseRefused& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  if (event.slip_id() == nullptr) {
    check_unit_registered(world, view_of(event.unit()), decision);
  } else {
    open_slip(event, world, decision);
  }
}

void apply_refused(const body::GoodsReleaseRefused& event,
                   const EventContext& context,
                   WorldChange& world) {
  if (event.slip_id() != nullptr) {
    world.edit<ReleaseSlipState>(view_of(event.slip_id()))
        .refusals.push_back({context.index, static_cast<std::uint8_t>(event.reason())});
  }
}

constexpr std::array handlers{
    event<body::OwnerReleaseConsentRecorded, decide_owner_word, apply_owner_word>(
        "OwnerReleaseConsentRecorded"),
    event<body::CompanyReleaseConsentRecorded, decide_company_word, apply_company_word>(
        "CompanyReleaseConsentRecorded"),
    event<body::OwnerContactFailed, decide_failed, apply_failed>("OwnerContactFailed"),
    event<body::GoodsReleaseRefused, decide_refused, apply_refused>("GoodsReleaseRefused"),
};

}  // namespace

std::span<const EventHandler> consent_handlers() {
  return handlers;
}

}  // namespace juanzong::goods_release
