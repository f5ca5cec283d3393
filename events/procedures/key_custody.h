// SPDX-License-Identifier: Apache-2.0
// Keys (钥匙): where each one is, for whom it is kept, and how it moves (DOMAIN 4.6). One holder
// per key at any time. The state stands here because handing keys to office clients and taking them
// back moves the same keys as the procedure of keys does.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/stage_set.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class KeyStage : std::uint8_t {
  none,          // no such key
  unregistered,  // received or entrusted, not yet in the register
  in_custody,    // in the cabinet
  with_owner,    // with the owner, or with the customer who had entrusted it
  lent,          // with a member of staff
  with_client,   // with an office client
  lost,
};
inline constexpr int key_stage_count = 7;
[[nodiscard]] std::string_view name_of(KeyStage stage);

using KeyStages = StageSet<KeyStage>;
constexpr KeyStages operator|(KeyStage a, KeyStage b) {
  return KeyStages(a) | KeyStages(b);
}

enum class KeyOrigin : std::uint8_t {
  unspecified,
  developer,            // delivered for a unit that was handed over before
  not_yet_handed_over,  // delivered for a unit that its owner has not taken over
  entrusted,
  rectification,
};

// The last time the key went out of the house.
struct KeyHandOut {
  RecordIndex index{};
  CivilDate on;
  std::string to;
  std::uint8_t id_checked = 0;  // body::IdCheck
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, on, to, id_checked);
  }
};

struct KeyLoan {
  RecordIndex index{};
  std::string purpose;
  UnixMicros due;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, purpose, due);
  }
};

struct KeyViewings {
  std::uint32_t count = 0;
  RecordIndex last{};
  UnixMicros last_until;
  template <class Ar>
  void visit(Ar& ar) {
    ar(count, last, last_until);
  }
};

struct KeyLoss {
  RecordIndex index{};
  CivilDate on;
  KeyStage from = KeyStage::none;   // where it was
  std::vector<std::string> liable;  // staff
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, on, from, liable);
  }
};

struct KeyCompensation {
  RecordIndex index{};
  std::uint8_t cause = 0;  // body::KeyCompensationCause
  std::string payer;
  Fen amount;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, cause, payer, amount);
  }
};

// Key: key number ("K-0001"). The unit of a key never changes.
struct KeyState {
  static constexpr StateKind kind = StateKind::key;
  std::string unit;
  KeyStage stage = KeyStage::none;
  KeyOrigin origin = KeyOrigin::unspecified;
  std::int32_t copies = 0;
  RecordIndex received{};
  std::optional<RecordIndex> registered;
  std::optional<CivilDate> registered_on;
  std::string cabinet;
  std::string holder;                // of a key that is out: person, company or member of staff
  RecordIndex moved{};               // the record since which it is where it is
  UnixMicros moved_at;               // when that happened
  std::string entruster;             // while it is kept for whoever entrusted it: only he gets it
  bool by_owner = false;             // he was the unit's owner; a new owner takes his place
  bool was_out = false;              // an owner had it in hand once
  std::vector<std::string> defects;  // for whose rectification it is kept
  std::optional<KeyHandOut> hand_out;
  std::optional<KeyLoan> loan;  // while it is lent
  KeyViewings viewings;
  std::optional<KeyLoss> loss;
  std::vector<KeyCompensation> compensations;  // since it went out last
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit,
       stage,
       origin,
       copies,
       received,
       registered,
       registered_on,
       cabinet,
       holder,
       moved,
       moved_at,
       entruster,
       by_owner,
       was_out,
       defects,
       hand_out,
       loan,
       viewings,
       loss,
       compensations);
  }
};

inline constexpr Rule key_register_rule{"H-KEY-7",
                                        "S0§23.2(1), S0§23.3(1)",
                                        "钥匙须按序编号、上锁,并全部登记入册",
                                        "keys are numbered in sequence, locked away and all "
                                        "entered in the register"};

// SCHEMA if the key is another unit's, and the state machine: H-KEY-7 where the key is not in the
// register though only registered ones are accepted, else STATE.
void check_key(const World& world,
               std::string_view key_no,
               std::string_view unit,
               KeyStages accepted,
               Decision& decision);

// Who may collect the key: the customer who entrusted it, else the unit's owner at this moment.
[[nodiscard]] std::string entitled_to_key(const World& world, const KeyState& key);

// The record that moves a key, and when that happened.
struct KeyMove {
  RecordIndex index{};
  UnixMicros at;
};
[[nodiscard]] KeyMove move_of(const EventContext& context, const World& world);
// The key leaves the cabinet, or comes back to it.
void move_key(KeyState& key, KeyStage stage, std::string_view holder, const KeyMove& move);
// To the owner, the entrusting customer or an office client. What it was kept for ends.
void hand_key_out(KeyState& key, KeyStage stage, const KeyHandOut& to, const KeyMove& move);
void lose_key(KeyState& key,
              std::vector<std::string> liable,
              const KeyMove& move,
              CivilDate reported_on);

}  // namespace juanzong
