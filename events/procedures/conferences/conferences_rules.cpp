// SPDX-License-Identifier: Apache-2.0
// The stages of a reception, its tea and rounds by the clock, and what was carried in and out.
#include "events/procedures/conferences/conferences.h"
#include "events/procedures/conferences/conferences_generated.h"
#include "events/procedures/conferences/conferences_schema.h"
#include "events/procedures/policy.h"

#include <array>

namespace juanzong {
namespace {

using Stage = ConferenceStage;
constexpr std::array<CaseStage, 5> stages{{{"NONE", "未登记"},
                                           {"REQUESTED", "已通知"},
                                           {"PREPARED", "已准备"},
                                           {"SEATED", "接待中"},
                                           {"CLOSED", "已结束"}}};
constexpr StageSet<Stage> seated{Stage::seated};
constexpr std::array steps{
    opens("ConferenceRequested", Stage::requested),
    step("ConferencePrepared", from_to(Stage::requested, Stage::prepared), Stage::prepared),
    step("ConferenceGuestsSeated", from_to(Stage::requested, Stage::prepared), Stage::seated),
    note("TeaServed", seated),
    note("ConferenceRoundMade", seated),
    step("ConferenceClosed", seated, Stage::closed),
};

constexpr std::string_view readers = "CSA CSM PS PM ENV CONF CL MDM AUD";
constexpr std::array machines{
    CaseMachine{"conference", "会务接待", "Conferences", readers, stages, steps},
};

UnixMicros before_arrival(const std::uint8_t* body, const World& world) {
  const auto& event = *flatbuffers::GetRoot<body::ConferenceRequested>(body);
  const UnixMicros arrival = *parse_instant(view_of(event.arrival()));
  const std::int64_t minutes =
      policy_number(world, "conference.prepare_min", world.zone().date_of(arrival)).value_or(30);
  return {arrival.value - minutes * 60 * micros_per_second};
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-CNF-1",
                 .clause = "S2·2§4.1.2",
                 .zh = "客人到达 30 分钟前做好会务准备",
                 .en = "the room is ready half an hour before the guests arrive",
                 .begins = "ConferenceRequested",
                 .ends = {"ConferencePrepared"},
                 .stream = "conference",
                 .clock = DeadlineClock::minutes,
                 .limit = 30,
                 .limit_policy = "conference.prepare_min",
                 .responsible = Role::csm,
                 .lapses = {"ConferenceClosed"},
                 .due_at = before_arrival},
    DeadlineRule{.id = "D-CNF-2",
                 .clause = "S2·2§4.2.3",
                 .zh = "客人入座后 5 分钟内上茶水香巾",
                 .en = "tea and towels within five minutes after the guests sit",
                 .begins = "ConferenceGuestsSeated",
                 .ends = {"TeaServed"},
                 .stream = "conference",
                 .clock = DeadlineClock::minutes,
                 .limit = 5,
                 .limit_policy = "conference.tea_min",
                 .responsible = Role::conf,
                 .lapses = {"ConferenceClosed"}},
    DeadlineRule{.id = "D-CNF-3",
                 .clause = "S2·2§4.2.4",
                 .zh = "会务中每 15 分钟入场服务",
                 .en = "the first round a quarter of an hour after the guests sit",
                 .begins = "ConferenceGuestsSeated",
                 .ends = {"ConferenceRoundMade"},
                 .stream = "conference",
                 .clock = DeadlineClock::minutes,
                 .limit = 15,
                 .limit_policy = "conference.round_min",
                 .responsible = Role::conf,
                 .lapses = {"ConferenceClosed"}},
    DeadlineRule{.id = "D-CNF-3-NEXT",
                 .clause = "S2·2§4.2.4",
                 .zh = "会务中每 15 分钟入场服务",
                 .en = "a round every quarter of an hour",
                 .begins = "ConferenceRoundMade",
                 .ends = {"ConferenceRoundMade"},
                 .stream = "conference",
                 .clock = DeadlineClock::minutes,
                 .limit = 15,
                 .limit_policy = "conference.round_min",
                 .responsible = Role::conf,
                 .lapses = {"ConferenceClosed"}},
};

using Utensils = flatbuffers::Vector<flatbuffers::Offset<body::ConferenceUtensil>>;

void check_utensils(std::string_view field, const Utensils& utensils, Decision& decision) {
  for (const auto* each : utensils) {
    if (each->quantity() < 0) {
      decision.refuse_schema(field, "数量须为正数", "a quantity is positive");
    }
  }
}

std::int64_t count_of(const Utensils& utensils) {
  std::int64_t count = 0;
  for (const auto* each : utensils) {
    count += each->quantity();
  }
  return count;
}

template <class Body>
ConferenceState& edit(const Body& event, WorldChange& world) {
  return world.edit<ConferenceState>(conference_key(view_of(event.conf_id())));
}

void decide_requested(const body::ConferenceRequested& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  if (event.persons() < 0) {
    decision.refuse_schema("persons", "人数须为正数", "a number of people is positive");
  }
}

void apply_requested(const body::ConferenceRequested& event,
                     const EventContext&,
                     WorldChange& world) {
  ConferenceState& conference = edit(event, world);
  conference.organisation = text_of(event.organisation());
  conference.persons = event.persons();
  conference.arrival = *parse_instant(view_of(event.arrival()));
}

void decide_prepared(const body::ConferencePrepared& event,
                     const EventContext&,
                     const World&,
                     Decision& decision) {
  if (*parse_instant(view_of(event.ready_at())) <
      *parse_instant(view_of(event.env_notified_at()))) {
    decision.refuse_schema("ready_at", "准备完成早于通知环境部", "ready before anybody was told");
  }
}

void apply_prepared(const body::ConferencePrepared& event,
                    const EventContext&,
                    WorldChange& world) {
  ConferenceState& conference = edit(event, world);
  conference.env_notified_at = *parse_instant(view_of(event.env_notified_at()));
  conference.ready_at = *parse_instant(view_of(event.ready_at()));
}

void apply_seated(const body::ConferenceGuestsSeated& event,
                  const EventContext&,
                  WorldChange& world) {
  edit(event, world).seated_at = *parse_instant(view_of(event.at()));
}

// Nothing is served or looked after before the guests sit.
template <class Body>
void check_after_seated(const Body& event, const World& world, Decision& decision) {
  const auto* conference = world.find<ConferenceState>(conference_key(view_of(event.conf_id())));
  if (conference != nullptr && conference->seated_at &&
      *parse_instant(view_of(event.at())) < *conference->seated_at) {
    decision.refuse_schema("at", "早于客人入座", "before the guests sat down");
  }
}

void decide_tea(const body::TeaServed& event,
                const EventContext&,
                const World& world,
                Decision& decision) {
  check_after_seated(event, world, decision);
  check_utensils("utensils.quantity", *event.utensils(), decision);
}

void apply_tea(const body::TeaServed& event, const EventContext&, WorldChange& world) {
  ConferenceState& conference = edit(event, world);
  conference.tea_at = conference.tea_at.value_or(*parse_instant(view_of(event.at())));
  conference.utensils_out += count_of(*event.utensils());
}

void decide_round(const body::ConferenceRoundMade& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  check_after_seated(event, world, decision);
}

void apply_round(const body::ConferenceRoundMade& event, const EventContext&, WorldChange& world) {
  ++edit(event, world).rounds;
}

// What is missing is shown in the list of conferences; more than was carried in cannot come back.
void decide_closed(const body::ConferenceClosed& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_utensils("utensils_returned.quantity", *event.utensils_returned(), decision);
  const auto conference = world.get<ConferenceState>(conference_key(view_of(event.conf_id())));
  if (count_of(*event.utensils_returned()) > conference.utensils_out) {
    decision.refuse_schema(
        "utensils_returned", "回收数多于出单数", "more comes back than was carried in");
  }
}

void apply_closed(const body::ConferenceClosed& event, const EventContext&, WorldChange& world) {
  edit(event, world).utensils_back = count_of(*event.utensils_returned());
}

constexpr std::array handlers{
    event<body::ConferenceRequested, decide_requested, apply_requested>("ConferenceRequested"),
    event<body::ConferencePrepared, decide_prepared, apply_prepared>("ConferencePrepared"),
    event<body::ConferenceGuestsSeated, decide_nothing<body::ConferenceGuestsSeated>, apply_seated>(
        "ConferenceGuestsSeated"),
    event<body::TeaServed, decide_tea, apply_tea>("TeaServed"),
    event<body::ConferenceRoundMade, decide_round, apply_round>("ConferenceRoundMade"),
    event<body::ConferenceClosed, decide_closed, apply_closed>("ConferenceClosed"),
};

constexpr std::array states{state_type<ConferenceState>("conference")};

}  // namespace

std::string conference_key(std::string_view id) {
  return "conference:" + std::string(id);
}

const Procedure& conferences_procedure() {
  static constexpr Procedure procedure{.code = "P40",
                                       .name = "conferences",
                                       .zh = "会务接待",
                                       .en = "Conference reception",
                                       .schema = conferences_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = states,
                                       .deadlines = deadlines,
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
