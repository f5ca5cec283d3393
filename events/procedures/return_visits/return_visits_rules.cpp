// SPDX-License-Identifier: Apache-2.0
// Who may visit whom for what, and what the answer does to the case (S0§8, §7.8, §13.4).
#include "events/procedures/case_checks.h"
#include "events/procedures/complaint_cases.h"
#include "events/procedures/obligations.h"
#include "events/procedures/repair_cases.h"
#include "events/procedures/return_visits/return_visits.h"
#include "events/procedures/return_visits/return_visits_generated.h"
#include "events/procedures/return_visits/return_visits_schema.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>
#include <set>

namespace juanzong {
namespace {

using body::VisitLevel;
using body::VisitSource;

constexpr std::string_view rework_rule = "D-RV-5";

// Streams of the sources, by the number of their kind. Cases of a rescue have no procedure yet.
constexpr std::array<std::string_view, 8> source_streams{
    "", "repair", "complaint", "request", "request", "incident", "activity", "service"};

std::string_view id_of(std::string_view source) {
  return source.substr(std::min(source.size(), source.find(':') + 1));
}

bool is_of(std::string_view source, std::string_view prefix) {
  return source.substr(0, source.find(':')) == prefix;
}

void check_source(const body::ReturnVisitCompleted& event, const World& world, Decision& decision) {
  const std::string_view source = view_of(event.source());
  if (!is_of(source, source_streams[static_cast<std::size_t>(event.kind())])) {
    decision.refuse_schema("source", "与回访种类不符", "it is not of the kind that is visited");
  } else if (event.kind() != VisitSource::RESCUE && world.find<CaseFileState>(source) == nullptr) {
    decision.refuse_schema("source", "所指对象未登记", "it names what is not registered");
  }
}

void check_is_visited(std::string_view source, const World& world, Decision& decision) {
  if (world.find<CaseFileState>(source) == nullptr && !is_of(source, "incident")) {
    decision.refuse_schema("source", "所指对象未登记", "it names what is not registered");
  }
}

bool is_for_quality(VisitLevel level) {
  return level == VisitLevel::QD_SAMPLE || level == VisitLevel::QD_MONTHLY;
}

// The front desk visits, or whom it asked to (S0§8.3, §13.4).
bool may_visit(const body::ReturnVisitCompleted& event,
               const EventContext& context,
               const World& world) {
  if (is_for_quality(event.level())) {
    return context.roles.has(Role::qd);
  }
  if (event.level() == VisitLevel::PROVIDER) {
    return !context.roles.has(Role::csa) && !context.roles.has(Role::qd);
  }
  const auto state = world.get<ReturnVisitState>(view_of(event.source()));
  const bool delegated = std::ranges::find(state.delegates, context.actor) != state.delegates.end();
  return context.roles.has(Role::csa) || context.roles.has(Role::csm) || delegated;
}

bool has_provider(VisitSource kind) {
  return kind == VisitSource::REPAIR || kind == VisitSource::PAID_SERVICE;
}

void check_level(const body::ReturnVisitCompleted& event,
                 const EventContext& context,
                 const World& world,
                 Decision& decision) {
  if (!may_visit(event, context, world)) {
    decision.refuse_schema("level",
                           "此级回访不由该岗位进行,也未受委托",
                           "this visit is another role's, and was not delegated");
  }
  if (event.level() != VisitLevel::PROVIDER) {
    return;
  }
  if (!has_provider(event.kind())) {
    decision.refuse_schema("level", "初级回访仅用于维修和服务", "only repairs and services");
  }
  check_signature_blocks(event.signatures(), decision);
  check_signature(signed_in_capacity(event.signatures(), body::Capacity::CUSTOMER),
                  "初级回访须客户签字",
                  "the customer signs for the provider's visit",
                  decision);
}

// What was visited already is visited again by the quality department only.
void check_complaint(const body::ReturnVisitCompleted& event,
                     const World& world,
                     Decision& decision) {
  const ComplaintStage stage = complaint_stage(world, id_of(view_of(event.source())));
  if (stage >= ComplaintStage::visited && !is_for_quality(event.level())) {
    decision.refuse_state(stage == ComplaintStage::closed ? "CLOSED" : "VISITED",
                          "REPLIED, OPINION_SIGNED");
  }
}

void check_repair(const body::ReturnVisitCompleted& event, const World& world, Decision& decision) {
  const RepairStage stage = repair_stage(world, id_of(view_of(event.source())));
  const bool visited = stage == RepairStage::visited || stage == RepairStage::closed;
  if (visited && event.level() == VisitLevel::CSA) {
    decision.refuse_state(code_of(stage), "COMPLETED, RETURNED");
  }
}

void decide_completed(const body::ReturnVisitCompleted& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_source(event, world, decision);
  check_level(event, context, world, decision);
  if (event.kind() == VisitSource::COMPLAINT) {
    check_complaint(event, world, decision);
  } else if (event.kind() == VisitSource::REPAIR) {
    check_repair(event, world, decision);
  }
}

void follow_repair(const body::ReturnVisitCompleted& event,
                   const EventContext& context,
                   WorldChange& world) {
  const std::string_view source = view_of(event.source());
  const UnixMicros at = moment_of_fact(context, world);
  const bool special = event.level() == VisitLevel::SPECIAL;
  if (special) {
    meet_obligation(rework_rule, source, context.index, at, world);
  }
  if (special || event.level() == VisitLevel::CSA) {
    meet_obligation("D-RPR-3", source, context.index, at, world);
    visit_repair(world, id_of(source), at);
  }
}

void apply_completed(const body::ReturnVisitCompleted& event,
                     const EventContext& context,
                     WorldChange& world) {
  ReturnVisitState& state = world.edit<ReturnVisitState>(view_of(event.source()));
  state.visits.push_back({static_cast<std::uint8_t>(event.kind()),
                          static_cast<std::uint8_t>(event.level()),
                          static_cast<std::uint8_t>(event.channel()),
                          event.handled(),
                          event.satisfied(),
                          *parse_instant(view_of(event.at())),
                          context.index,
                          std::string(context.actor)});
  state.attempts = 0;
  state.delegates.clear();
  if (event.kind() == VisitSource::COMPLAINT) {
    visit_complaint(world, id_of(view_of(event.source())), event.satisfied());
  } else if (event.kind() == VisitSource::REPAIR) {
    follow_repair(event, context, world);
  }
}

void decide_delegated(const body::ReturnVisitDelegated& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_is_visited(view_of(event.source()), world, decision);
  if (view_of(event.from()) == view_of(event.to())) {
    decision.refuse_schema("to", "须委托他人", "somebody else visits");
  }
}

void apply_delegated(const body::ReturnVisitDelegated& event,
                     const EventContext&,
                     WorldChange& world) {
  world.edit<ReturnVisitState>(view_of(event.source())).delegates.push_back(text_of(event.to()));
}

void decide_failed(const body::ReturnVisitFailed& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_is_visited(view_of(event.source()), world, decision);
  const auto state = world.get<ReturnVisitState>(view_of(event.source()));
  if (event.attempt_no() != state.attempts + 1) {
    decision.refuse_schema("attempt_no", "次数不连续", "attempts are counted one by one");
  }
}

void apply_failed(const body::ReturnVisitFailed& event,
                  const EventContext& context,
                  WorldChange& world) {
  const std::string_view source = view_of(event.source());
  ReturnVisitState& state = world.edit<ReturnVisitState>(source);
  ++state.attempts;
  ++state.failures;
  const auto enough = policy_number(world, "returnvisit.attempts", context.today).value_or(3);
  if (is_of(source, complaint_stream) && state.attempts >= enough) {
    give_up_visiting(world, id_of(source));
  }
}

void decide_sample(const body::ReturnVisitSampleDrawn& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  const std::string key = "return_visit_sample:" + text_of(event.week());
  if (world.find<ReturnVisitState>(key) != nullptr) {
    decision.refuse_schema("week", "该周已抽样", "the week's sample was drawn already");
  }
  std::set<std::string_view> drawn;
  for (const auto* id : *event.sample()) {
    drawn.insert(view_of(id));
    if (find_case(world, repair_stream, view_of(id)) == nullptr) {
      decision.refuse_schema("sample", "所指维修单未登记", "no such repair order");
    }
  }
  if (drawn.size() != event.sample()->size() || drawn.size() > event.population()) {
    decision.refuse_schema("sample", "抽样重复或多于总数", "doubled, or beyond the total");
  }
}

void apply_sample(const body::ReturnVisitSampleDrawn& event,
                  const EventContext&,
                  WorldChange& world) {
  auto& state = world.edit<ReturnVisitState>("return_visit_sample:" + text_of(event.week()));
  state.population = event.population();
  for (const auto* id : *event.sample()) {
    state.sample.push_back(text_of(id));
  }
}

// A complaint that a repair failed began the same duty already; it is not begun twice.
void apply_rework(const body::ReworkOrdered& event,
                  const EventContext& context,
                  WorldChange& world) {
  const std::string stream = std::string(repair_stream) + ":" + text_of(event.repair_id());
  rework_repair(world, view_of(event.repair_id()));
  if (running_obligation(world, rework_rule, stream) != nullptr) {
    return;
  }
  const UnixMicros at = moment_of_fact(context, world);
  const auto hours = policy_number(world, "returnvisit.rework_h", context.today).value_or(24);
  const CaseFileState* file = find_case(world, repair_stream, view_of(event.repair_id()));
  const std::string unit = file == nullptr ? std::string() : file->unit;
  begin_obligation({rework_rule, stream, unit, at, after_hours(at, hours)}, context.index, world);
}

void apply_follow_up(const body::DefectFollowUpVisited& event,
                     const EventContext&,
                     WorldChange& world) {
  const std::string stream = std::string(repair_stream) + ":" + text_of(event.repair_id());
  ++world.edit<ReturnVisitState>(stream).follow_ups;
}

constexpr std::array deadlines{
    DeadlineRule{.id = rework_rule,
                 .clause = "S3/003",
                 .zh = "返修后 24 小时内特殊回访",
                 .en = "a special visit within 24 hours of the complaint about a repair",
                 .begins = "ComplaintReceived",
                 .stream = repair_stream,
                 .clock = DeadlineClock::hours,
                 .limit = 24,
                 .limit_policy = "returnvisit.rework_h",
                 .responsible = Role::csa},
};

constexpr std::array states{state_type<ReturnVisitState>("return_visit")};

constexpr std::array handlers{
    event<body::ReturnVisitCompleted, decide_completed, apply_completed>("ReturnVisitCompleted"),
    event<body::ReturnVisitDelegated, decide_delegated, apply_delegated>("ReturnVisitDelegated"),
    event<body::ReturnVisitFailed, decide_failed, apply_failed>("ReturnVisitFailed"),
    event<body::ReturnVisitSampleDrawn, decide_sample, apply_sample>("ReturnVisitSampleDrawn"),
    event<body::ReworkOrdered, decide_nothing<body::ReworkOrdered>, apply_rework>("ReworkOrdered"),
    event<body::DefectFollowUpVisited,
          decide_nothing<body::DefectFollowUpVisited>,
          apply_follow_up>("DefectFollowUpVisited"),
};

}  // namespace

const Procedure& return_visits_procedure() {
  static const Procedure procedure{.code = "P08",
                                   .name = "return_visits",
                                   .zh = "回访",
                                   .en = "Return visits",
                                   .schema = return_visits_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = states,
                                   .deadlines = deadlines,
                                   .duties = return_visit_duties()};
  return procedure;
}

}  // namespace juanzong
