// SPDX-License-Identifier: Apache-2.0
#include "crypto/hex.h"

#include "events/procedures/origins.h"
#include "events/procedures/succession/succession.h"
#include "events/procedures/succession/succession_generated.h"
#include "events/procedures/succession/succession_schema.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule origin_rule{"H-SUC-1",
                           "PX",
                           "新的来源标识不得用过:一个标识下不能有两种历史",
                           "the new origin was never used: no origin stands for two histories"};
constexpr Rule loss_rule{"H-SUC-2",
                         "PX",
                         "没有丢失记录时不得声明恢复",
                         "a recovery is declared only where records were lost"};
constexpr Rule founder_rule{"H-SUC-3",
                            "PX",
                            "接管单位管理员的编号与密钥须是新的",
                            "the successor's administrator has an id and a key that are new here"};

using DigestBytes = flatbuffers::Vector<std::uint8_t>;

void check_length(std::string_view field, const DigestBytes& bytes, Decision& decision) {
  if (bytes.size() != crypto::Digest::size_bytes) {
    decision.refuse_schema(field, "须为 32 字节", "32 bytes");
  }
}

template <class Event>
void check_origin(const Event& event, const World& world, Decision& decision) {
  check_length("old_root", *event.old_root(), decision);
  const std::string_view origin = view_of(event.origin());
  const auto state = world.get<OriginState>(origin_key);
  const bool used =
      origin == view_of(event.former_origin()) ||
      std::ranges::find(state.former, origin, &FormerOrigin::origin) != state.former.end();
  if (used) {
    decision.refuse(origin_rule, {fact("origin", origin)});
  }
}

template <class Event>
OriginState& change_origin(const Event& event, const EventContext& context, WorldChange& world) {
  OriginState& state = world.edit<OriginState>(origin_key);
  state.former.push_back({text_of(event.former_origin()), context.index});
  state.origin = text_of(event.origin());
  state.verifier_key = text_of(event.verifier_key());
  return state;
}

void decide_recovery(const body::RecoveryDeclared& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_origin(event, world, decision);
  check_length("known_root", *event.known_root(), decision);
  if (event.known_size() <= event.old_size()) {
    decision.refuse(loss_rule,
                    {fact("old_size", std::to_string(event.old_size())),
                     fact("known_size", std::to_string(event.known_size()))});
  }
}

void apply_recovery(const body::RecoveryDeclared& event,
                    const EventContext& context,
                    WorldChange& world) {
  change_origin(event, context, world);
}

void decide_handed_over(const body::LedgerHandedOver& event,
                        const EventContext&,
                        const World& world,
                        Decision& decision) {
  check_origin(event, world, decision);
  check_length("founder_public_key", *event.founder_public_key(), decision);
  if (is_staff(world, view_of(event.founder())) ||
      world.find<ActorKeyState>(view_of(event.founder_key_id())) != nullptr) {
    decision.refuse(founder_rule, {fact("founder", view_of(event.founder()))});
  }
}

// The successor's administrator is the only one left who can act.
void apply_handed_over(const body::LedgerHandedOver& event,
                       const EventContext& context,
                       WorldChange& world) {
  change_origin(event, context, world).handed_over = context.index;
  StaffState& founder = world.edit<StaffState>(view_of(event.founder()));
  founder.registered = true;
  founder.department = "ADM";
  founder.roles.add(Role::adm);
  founder.since = context.index;
  founder.newest_key = text_of(event.founder_key_id());
  ActorKeyState& key = world.edit<ActorKeyState>(view_of(event.founder_key_id()));
  key.staff = text_of(event.founder());
  const DigestBytes& bytes = *event.founder_public_key();
  std::copy_n(bytes.begin(), std::min<std::size_t>(bytes.size(), 32), key.public_key.begin());
  key.registered = context.index;
}

constexpr std::array handlers{
    event<body::RecoveryDeclared, decide_recovery, apply_recovery>("RecoveryDeclared"),
    event<body::LedgerHandedOver, decide_handed_over, apply_handed_over>("LedgerHandedOver"),
};

constexpr std::array rules{origin_rule, loss_rule, founder_rule};

constexpr std::array states{state_type<OriginState>("origin")};

}  // namespace

const Procedure& succession_procedure() {
  static constexpr Procedure procedure{
      "PX-U", "succession", "卷宗存续", "Succession", succession_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
