// SPDX-License-Identifier: Apache-2.0
#include "crypto/hex.h"

#include "events/procedures/actor_keys/actor_keys.h"
#include "events/procedures/actor_keys/actor_keys_generated.h"
#include "events/procedures/actor_keys/actor_keys_schema.h"
#include "events/procedures/parties.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule staff_rule{"H-KEYS-1",
                          "PX",
                          "密钥只能登记给已登记的员工",
                          "a key belongs to a registered member of staff"};
constexpr Rule once_rule{"H-KEYS-2", "PX", "该密钥已登记过", "this key was registered before"};
constexpr Rule possession_rule{
    "H-KEYS-3", "PX", "新密钥必须同时签署本请求", "the new key must sign the same request"};
constexpr Rule old_key_rule{"H-KEYS-4",
                            "PX",
                            "须由本人现用的密钥更换",
                            "only the holder's valid key can be rotated, by itself"};
constexpr Rule revoked_rule{
    "H-KEYS-5", "PX", "密钥未登记或已停用", "the key is unknown or revoked already"};
constexpr Rule server_key_rule{
    "H-KEYS-6",
    "PX",
    "服务器的密钥不能停用,只能由系统管理员登记新密钥替换",
    "the server's key is not revoked: an administrator registers the next, which replaces it"};

using PublicKeyBytes = flatbuffers::Vector<std::uint8_t>;

bool has_signed(const EventContext& context, std::string_view key_id) {
  return std::ranges::any_of(context.signers, [key_id](const KeyId& signer) {
    return crypto::hex_encode(signer.view()) == key_id;
  });
}

// Public key length, name, first use and proof of possession, the same for both events.
void check_new_key(const PublicKeyBytes& key,
                   std::string_view key_id,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  if (key.size() != 32) {
    decision.refuse_schema("public_key", "公钥须为 32 字节", "a public key has 32 bytes");
  }
  if (world.find<ActorKeyState>(key_id) != nullptr) {
    decision.refuse(once_rule, {fact("key_id", key_id)});
  }
  if (!has_signed(context, key_id)) {
    decision.refuse(possession_rule, {fact("key_id", key_id)});
  }
}

void add_key(WorldChange& world,
             std::string_view key_id,
             const std::string& staff,
             const PublicKeyBytes& key,
             RecordIndex index) {
  StaffState& holder = world.edit<StaffState>(staff);
  if (staff == server_staff && !holder.newest_key.empty()) {
    // The server has one key at a time.
    ActorKeyState& replaced = world.edit<ActorKeyState>(holder.newest_key);
    replaced.revoked = replaced.revoked.value_or(index);
  }
  holder.newest_key = key_id;
  ActorKeyState& state = world.edit<ActorKeyState>(key_id);
  state.staff = staff;
  std::copy_n(key.begin(), std::min<std::size_t>(key.size(), 32), state.public_key.begin());
  state.registered = index;
}

void decide_registered(const body::ActorKeyRegistered& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const auto* staff = world.find<StaffState>(view_of(event.staff()));
  if (staff == nullptr || !staff->registered) {
    decision.refuse(staff_rule, {fact("staff", view_of(event.staff()))});
  }
  if (view_of(event.staff()) == server_staff && !context.roles.has(Role::adm)) {
    decision.refuse(server_key_rule, {fact("allowed", code_of(Role::adm))});
  }
  check_new_key(*event.public_key(), view_of(event.key_id()), context, world, decision);
}

void apply_registered(const body::ActorKeyRegistered& event,
                      const EventContext& context,
                      WorldChange& world) {
  add_key(
      world, view_of(event.key_id()), text_of(event.staff()), *event.public_key(), context.index);
}

void decide_rotated(const body::ActorKeyRotated& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const auto* old_key = world.find<ActorKeyState>(view_of(event.old_key_id()));
  const bool own_valid_key =
      old_key != nullptr && !old_key->revoked && old_key->staff == view_of(event.staff()) &&
      context.actor == view_of(event.staff()) && has_signed(context, view_of(event.old_key_id()));
  if (!own_valid_key) {
    decision.refuse(old_key_rule, {fact("old_key_id", view_of(event.old_key_id()))});
  }
  check_new_key(*event.public_key(), view_of(event.key_id()), context, world, decision);
}

void apply_rotated(const body::ActorKeyRotated& event,
                   const EventContext& context,
                   WorldChange& world) {
  world.edit<ActorKeyState>(view_of(event.old_key_id())).revoked = context.index;
  add_key(
      world, view_of(event.key_id()), text_of(event.staff()), *event.public_key(), context.index);
}

void decide_revoked(const body::ActorKeyRevoked& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  const auto* key = world.find<ActorKeyState>(view_of(event.key_id()));
  if (key == nullptr || key->revoked || key->staff != view_of(event.staff())) {
    decision.refuse(revoked_rule, {fact("key_id", view_of(event.key_id()))});
  }
  if (view_of(event.staff()) == server_staff) {
    decision.refuse(server_key_rule);
  }
}

void apply_revoked(const body::ActorKeyRevoked& event,
                   const EventContext& context,
                   WorldChange& world) {
  world.edit<ActorKeyState>(view_of(event.key_id())).revoked = context.index;
}

constexpr std::array handlers{
    event<body::ActorKeyRegistered, decide_registered, apply_registered>("ActorKeyRegistered"),
    event<body::ActorKeyRotated, decide_rotated, apply_rotated>("ActorKeyRotated"),
    event<body::ActorKeyRevoked, decide_revoked, apply_revoked>("ActorKeyRevoked"),
};

constexpr std::array rules{
    staff_rule, once_rule, possession_rule, old_key_rule, revoked_rule, server_key_rule};

constexpr std::array states{state_type<ActorKeyState>("actor_key")};

}  // namespace

const Procedure& actor_keys_procedure() {
  static constexpr Procedure procedure{
      "PX-K", "actor_keys", "操作密钥", "Actor keys", actor_keys_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
