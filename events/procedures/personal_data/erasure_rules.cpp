// SPDX-License-Identifier: Apache-2.0
// From the request of a person to the erasure, or to its refusal.
#include "crypto/hex.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/parties.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/personal_data/personal_data_generated.h"
#include "events/procedures/personal_data/personal_data_rules.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::personal_data {
namespace {

using body::Capacity;
using body::ErasureGround;

bool speaks_for(const body::SignatureBlock& block, std::string_view person) {
  const bool himself = block.capacity() != Capacity::STAFF && view_of(block.signer()) == person;
  const bool agent = block.capacity() == Capacity::OWNER_AGENT && block.authority_doc() != nullptr;
  return himself || agent;
}

// H-PI-6.
void check_asker(const SignatureList* signatures, std::string_view person, Decision& decision) {
  check_signature_blocks(signatures, decision);
  const bool asks = std::any_of(
      signatures->begin(), signatures->end(), [person](const body::SignatureBlock* block) {
        return speaks_for(*block, person);
      });
  if (!asks) {
    decision.refuse(asker_rule, {fact("person", person)});
  }
}

// SCHEMA where the erasure is of another person.
ErasureState erasure_of(std::string_view id,
                        std::string_view person,
                        const World& world,
                        Decision& decision) {
  auto state = world.get<ErasureState>(id);
  if (state.person != person) {
    decision.refuse_schema("person", "与申请人不符", "the request is of another person");
  }
  return state;
}

void decide_requested(const body::ErasureRequested& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const std::string_view person = view_of(event.person());
  check_asker(event.signatures(), person, decision);
  const auto data = world.get<PersonDataState>(person);
  if (data.erased || !data.running.empty()) {
    decision.refuse(once_rule,
                    {fact(data.erased ? "erased" : "running",
                          data.erased ? std::to_string(number(*data.erased)) : data.running)});
  }
}

void apply_requested(const body::ErasureRequested& event,
                     const EventContext& context,
                     WorldChange& world) {
  ErasureState& erasure = world.edit<ErasureState>(view_of(event.erasure_id()));
  erasure.person = text_of(event.person());
  erasure.requested = context.index;
  erasure.requested_on = context.today;
  erasure.requested_by = context.actor;
  world.edit<PersonDataState>(view_of(event.person())).running = text_of(event.erasure_id());
}

void decide_withdrawn(const body::ErasureWithdrawn& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_asker(event.signatures(), view_of(event.person()), decision);
  static_cast<void>(
      erasure_of(view_of(event.erasure_id()), view_of(event.person()), world, decision));
}

template <class Body>
void apply_answered(const Body& event, const EventContext&, WorldChange& world) {
  world.edit<PersonDataState>(view_of(event.person())).running.clear();
}

// H-PI-8: what the ledger can see, it must say as it is.
bool is_there(ErasureGround ground,
              std::string_view person,
              const EventContext& context,
              const World& world) {
  const Obstacles obstacles = obstacles_of(world, person, context.today);
  switch (ground) {
    case ErasureGround::RELATION:
      return !obstacles.relations.empty();
    case ErasureGround::DISPUTE:
      return std::ranges::any_of(obstacles.relations, [](const Fact& relation) {
        return relation.value.starts_with("signature:") || relation.value.starts_with("complaint:");
      });
    case ErasureGround::RETENTION:
      return obstacles.retained_until && context.today < *obstacles.retained_until;
    case ErasureGround::LEGAL_HOLD:
      return !world.get<PersonDataState>(person).holds.empty();
    default:
      return true;
  }
}

void decide_refused(const body::ErasureRefused& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const std::string_view person = view_of(event.person());
  static_cast<void>(erasure_of(view_of(event.erasure_id()), person, world, decision));
  const bool explained = event.ground() != ErasureGround::OTHER || event.reason() != nullptr;
  if (!explained || !is_there(event.ground(), person, context, world)) {
    decision.refuse(ground_rule, {fact("ground", EnumNameErasureGround(event.ground()))});
  }
}

// H-PI-5. That two people signed, the two-person rule asks; that one of them is not who entered the
// request, this does.
void check_signers(const ErasureState& erasure,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const bool entered = std::ranges::any_of(context.signers, [&](const KeyId& signer) {
    const auto* key = world.find<ActorKeyState>(crypto::hex_encode(signer.view()));
    return key != nullptr && key->staff == erasure.requested_by;
  });
  if (entered || context.actor == erasure.requested_by) {
    decision.refuse(people_rule, {fact("requested_by", erasure.requested_by)});
  }
}

// H-PI-1 to H-PI-4.
void check_obstacles(const ErasureState& erasure,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  for (const std::string& hold : world.get<PersonDataState>(erasure.person).holds) {
    decision.refuse(hold_rule, {fact("hold", hold)});
  }
  const Obstacles obstacles = obstacles_of(world, erasure.person, context.today);
  if (!obstacles.relations.empty()) {
    decision.refuse(relation_rule, obstacles.relations);
  }
  if (obstacles.retained_until && context.today < *obstacles.retained_until) {
    decision.refuse(retention_rule,
                    {fact("retained_until", *obstacles.retained_until)},
                    obstacles.retained_until);
  }
  const auto cooling = policy_number(world, "personal_data.cooling_days", erasure.requested_on);
  const CivilDate earliest = add_days(erasure.requested_on, static_cast<int>(cooling.value_or(0)));
  if (context.today < earliest) {
    decision.refuse(cooling_rule, {fact("requested_on", erasure.requested_on)}, earliest);
  }
}

void decide_erased(const body::PersonErased& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const ErasureState erasure =
      erasure_of(view_of(event.erasure_id()), view_of(event.person()), world, decision);
  if (record_index(*event.request(), context) != erasure.requested) {
    decision.refuse_schema("request", "须引用该申请的记录", "name the record of the request");
  }
  check_signers(erasure, context, world, decision);
  check_obstacles(erasure, context, world, decision);
}

void apply_erased(const body::PersonErased& event,
                  const EventContext& context,
                  WorldChange& world) {
  const std::string id = text_of(event.erasure_id());
  PersonDataState& data = world.edit<PersonDataState>(view_of(event.person()));
  data.running.clear();
  data.erased = context.index;
  world.edit<ErasureState>(id).erased = context.index;
  world.edit<ErasureState>(waiting_erasures).waiting.push_back(id);
}

void decide_completed(const body::ErasureCompleted& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const ErasureState erasure =
      erasure_of(view_of(event.erasure_id()), view_of(event.person()), world, decision);
  if (record_index(*event.erased(), context) != erasure.erased) {
    decision.refuse_schema("erased", "须引用该删除的记录", "name the record of the erasure");
  }
}

void apply_completed(const body::ErasureCompleted& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<ErasureState>(view_of(event.erasure_id())).completed = context.index;
  std::erase(world.edit<ErasureState>(waiting_erasures).waiting, view_of(event.erasure_id()));
}

constexpr std::array handlers{
    event<body::ErasureRequested, decide_requested, apply_requested>("ErasureRequested"),
    event<body::ErasureWithdrawn, decide_withdrawn, apply_answered<body::ErasureWithdrawn>>(
        "ErasureWithdrawn"),
    event<body::ErasureRefused, decide_refused, apply_answered<body::ErasureRefused>>(
        "ErasureRefused"),
    event<body::PersonErased, decide_erased, apply_erased>("PersonErased"),
    event<body::ErasureCompleted, decide_completed, apply_completed>("ErasureCompleted"),
};

}  // namespace

Obstacles obstacles_of(const World& world, std::string_view person, CivilDate today) {
  Obstacles obstacles;
  const auto days = policy_number(world, "personal_data.retention_days", today).value_or(0);
  for (const PersonTie& tie : ties_of(world, person, today)) {
    if (tie.holds) {
      obstacles.relations.push_back(fact("relation", tie.about));
    } else if (tie.ended) {
      const CivilDate until = add_days(*tie.ended, static_cast<int>(days));
      obstacles.retained_until = std::max(obstacles.retained_until.value_or(until), until);
    }
  }
  return obstacles;
}

std::span<const EventHandler> erasure_handlers() {
  return handlers;
}

}  // namespace juanzong::personal_data
