// SPDX-License-Identifier: Apache-2.0
// Personal data (个人信息保护, PX): erasure of a person on request, legal holds, and the lock that
// takes erasure's place where the law wants the data kept. The records stay; what the server
// destroys is the key under which their openings lie (events/vault/person_keys.h).
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& personal_data_procedure();

// Key: person id.
struct PersonDataState {
  static constexpr StateKind kind = StateKind::person_data;
  std::vector<std::string> holds;         // legal holds that stand
  std::optional<RecordIndex> restricted;  // ProcessingRestricted in force
  std::string running;                    // erasure that is asked for and not answered
  std::optional<RecordIndex> erased;      // PersonErased
  template <class Ar>
  void visit(Ar& ar) {
    ar(holds, restricted, running, erased);
  }
};

// Key: erasure id.
struct ErasureState {
  static constexpr StateKind kind = StateKind::erasure;
  std::string person;
  RecordIndex requested{};
  CivilDate requested_on;
  std::string requested_by;  // staff who entered the request
  std::optional<RecordIndex> erased;
  std::optional<RecordIndex> completed;
  std::vector<std::string> waiting;  // of the key waiting_erasures only
  template <class Ar>
  void visit(Ar& ar) {
    ar(person, requested, requested_on, requested_by, erased, completed, waiting);
  }
};
// `waiting`: erasures that are decided and not carried out. No erasure id has a '*'.
inline constexpr std::string_view waiting_erasures = "*";

enum class ErasureStage : std::uint8_t { none, requested, withdrawn, refused, erased, completed };
inline constexpr std::string_view erasure_stream = "erasure";

// Whether PersonErased stands for this person; nothing new may be said under commitments of his.
[[nodiscard]] inline bool is_erased(const World& world, std::string_view person) {
  const auto* found = world.find<PersonDataState>(person);
  return found != nullptr && found->erased.has_value();
}
// Whether the person's data are kept but locked (受限).
[[nodiscard]] inline bool is_restricted(const World& world, std::string_view person) {
  const auto* found = world.find<PersonDataState>(person);
  return found != nullptr && found->restricted.has_value();
}

}  // namespace juanzong
