// SPDX-License-Identifier: Apache-2.0
// Procedure: the shape of one folder of the business. A slice names its schema, its rules (with
// the clause they come from) and, per event, two pure functions:
//
//   decide(body, context, world, decision)   a ladder of guards; refuses, or assigns what only the
//                                            server can know (receipt numbers). Changes nothing.
//   apply(body, context, change)             folds an accepted event. Cannot fail.
//
// Neither reads a clock, random numbers, locale, environment, storage or another thread. Every
// guard is asked, so that all broken rules are reported and not only the first.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/model/refusal.h"
#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/duties.h"
#include "events/procedures/roles.h"
#include "events/procedures/world.h"

#include <flatbuffers/flatbuffers.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace juanzong {

// A rule of the business, quoted in every refusal.
struct Rule {
  std::string_view id;      // "H-DEC-13"
  std::string_view clause;  // "S0§2.18"
  std::string_view zh;
  std::string_view en;
};

// What is known about a statement besides its body.
struct EventContext {
  RecordIndex index{};          // the record it becomes
  RecordIndex request_first{};  // index of the request's first statement
  UnixMicros recorded_at;
  UnixMicros occurred_at;
  CivilDate today;  // civil date of recorded_at in the ledger's zone
  bool back_entry = false;
  std::span<const KeyId> signers;  // every key that signed the request
  std::string_view actor;          // staff id behind the key
  RoleSet roles;                   // of the actor at this index
  // Event name of the record that the body's `target` names, looked up by the caller; empty: not
  // looked up, the client's word stands (corrections).
  std::string_view target_event;
  // apply only: what decide assigned, as it stands in the record.
  std::string_view receipt_no;
};

// An event that is offered or was accepted, in its streams.
struct EventView {
  const std::uint8_t* body = nullptr;
  const EventContext& context;
  std::span<const std::string_view> streams;
};

// What the server decides with a record and the audit recomputes.
struct AssignedValues {
  std::string receipt_no;
  std::optional<CivilDate> not_before;
  bool operator==(const AssignedValues&) const = default;
};

class Decision {
 public:
  void refuse(const Rule& rule,
              std::vector<Fact> facts = {},
              std::optional<CivilDate> earliest = std::nullopt) {
    refusals_.push_back({std::string(rule.id),
                         std::string(rule.zh),
                         std::string(rule.en),
                         std::string(rule.clause),
                         std::move(facts),
                         earliest});
  }
  // The state machine has no transition: say in which states the event is accepted.
  void refuse_state(std::string_view state, std::string_view accepted_in);
  // A mandatory field is missing or has a value that no rule allows.
  void refuse_schema(std::string_view field, std::string_view zh, std::string_view en);

  [[nodiscard]] bool refused() const { return !refusals_.empty(); }
  [[nodiscard]] const Refusals& refusals() const { return refusals_; }
  [[nodiscard]] Refusals take_refusals() { return std::move(refusals_); }

  AssignedValues assigned;

 private:
  Refusals refusals_;
};

// The outcome of asking "may this event be appended now?", free of the type of its body.
struct EventHandler {
  std::string_view event;  // table name in the slice's schema
  void (*decide)(const std::uint8_t* body, const EventContext&, const World&, Decision&);
  void (*apply)(const std::uint8_t* body, const EventContext&, WorldChange&);
};

template <class Body>
using DecideFunction = void (*)(const Body&, const EventContext&, const World&, Decision&);
template <class Body>
using ApplyFunction = void (*)(const Body&, const EventContext&, WorldChange&);

// event<body::UnitRegistered, decide_unit_registered, apply_unit_registered>("UnitRegistered")
template <class Body, DecideFunction<Body> decide, ApplyFunction<Body> apply>
constexpr EventHandler event(std::string_view name) {
  return {name,
          [](const std::uint8_t* body,
             const EventContext& context,
             const World& world,
             Decision& decision) {
            decide(*flatbuffers::GetRoot<Body>(body), context, world, decision);
          },
          [](const std::uint8_t* body, const EventContext& context, WorldChange& change) {
            apply(*flatbuffers::GetRoot<Body>(body), context, change);
          }};
}

// For events that only need to stand in their streams.
template <class Body>
void decide_nothing(const Body&, const EventContext&, const World&, Decision&) {}
template <class Body>
void apply_nothing(const Body&, const EventContext&, WorldChange&) {}

// For events of which attributes and the machine of their case say everything.
constexpr EventHandler plain(std::string_view name) {
  return {name,
          [](const std::uint8_t*, const EventContext&, const World&, Decision&) {},
          [](const std::uint8_t*, const EventContext&, WorldChange&) {}};
}

struct Procedure {
  std::string_view code;  // "P02"
  std::string_view name;  // folder: "decoration"
  std::string_view zh;
  std::string_view en;
  std::span<const std::uint8_t> (*schema)();  // binary schema of the folder's .fbs
  std::span<const EventHandler> handlers;
  std::span<const Rule> rules;
  std::span<const StateType> states;
  std::span<const DeadlineRule> deadlines = {};
  std::span<const CaseMachine> cases = {};
  std::span<const DutyRule> duties = {};
};

// Helpers for rule code -----------------------------------------------------------------------

[[nodiscard]] inline std::string_view view_of(const flatbuffers::String* text) {
  return text == nullptr ? std::string_view{} : std::string_view{text->c_str(), text->size()};
}
[[nodiscard]] inline std::string text_of(const flatbuffers::String* text) {
  return std::string(view_of(text));
}
// Fields whose format admission checked; a missing optional field gives nullopt.
[[nodiscard]] inline std::optional<CivilDate> date_of(const flatbuffers::String* text) {
  return text == nullptr ? std::nullopt : parse_date(view_of(text));
}
// The record that a RecordRef of the schema means; the rule checks that it lies before.
template <class Ref>
[[nodiscard]] RecordIndex record_index(const Ref& ref, const EventContext& context) {
  return ref.same_request() ? RecordIndex{number(context.request_first) + ref.position()}
                            : RecordIndex{ref.index()};
}
[[nodiscard]] inline Fact fact(std::string_view name, std::string_view value) {
  return {std::string(name), std::string(value)};
}
[[nodiscard]] inline Fact fact(std::string_view name, CivilDate value) {
  return {std::string(name), to_text(value)};
}
[[nodiscard]] inline Fact fact(std::string_view name, Fen value) {
  return {std::string(name), to_text(value)};
}

}  // namespace juanzong
