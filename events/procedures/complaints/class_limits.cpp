// SPDX-License-Identifier: Apache-2.0
// What a complaint's class says about time (S0§7.6(4)). The class is known later than the moment
// from which its limits count, so they are begun here and not by the events alone.
#include "events/procedures/case_checks.h"
#include "events/procedures/complaints/complaints_rules.h"
#include "events/procedures/obligations.h"

#include <array>

namespace juanzong::complaints {
namespace {

constexpr std::array<std::string_view, 6> class_limits{
    "D-CMP-2", "D-CMP-3", "D-CMP-4", "D-CMP-5a", "D-CMP-5b", "D-CMP-9"};

// One limit to begin, with what has met it already.
struct Limit {
  std::string_view rule;
  UnixMicros from;
  UnixMicros due;
  std::optional<UnixMicros> met_at;
};

std::int64_t number_of(const World& world, std::string_view key, CivilDate on) {
  return policy_number(world, key, on).value_or(0);
}

UnixMicros due_of_minor(const ComplaintState& complaint, const World& world, CivilDate on) {
  if (complaint.customer_term) {
    return *complaint.customer_term;
  }
  return after_office_minutes(
      world, complaint.counts_from, number_of(world, "complaint.minor_h", on) * 60);
}

std::vector<Limit> limits_of(const ComplaintState& complaint,
                             const World& world,
                             UnixMicros judged_at,
                             bool judged_again) {
  const UnixMicros from = complaint.counts_from;
  const CivilDate on = world.zone().date_of(from);
  const auto hours = [&](std::string_view key, std::int64_t unit) {
    return after_hours(from, number_of(world, key, on) * unit);
  };
  std::vector<Limit> limits;
  switch (complaint.severity) {
    case ComplaintSeverity::minor:
      limits.push_back({"D-CMP-3", from, due_of_minor(complaint, world, on), {}});
      break;
    case ComplaintSeverity::important:
      limits.push_back({"D-CMP-4", from, hours("complaint.important_h", 1), {}});
      break;
    case ComplaintSeverity::major:
      limits.push_back({"D-CMP-5b", from, hours("complaint.major_solve_d", 24), {}});
      limits.push_back(
          {"D-CMP-5a", from, hours("complaint.major_answer_d", 24), complaint.definite_at});
      break;
    default:
      return limits;
  }
  limits.push_back({"D-CMP-9", from, hours("complaint.escalate_unsolved_d", 24), {}});
  if (complaint.severity != ComplaintSeverity::minor) {
    // What becomes serious later is reported from then on, nobody could before.
    const UnixMicros known = judged_again ? judged_at : from;
    limits.push_back({"D-CMP-2",
                      known,
                      after_minutes(known, number_of(world, "complaint.escalate_min", on)),
                      complaint.escalated_at});
  }
  return limits;
}

}  // namespace

std::string_view handling_limit_of(ComplaintSeverity severity) {
  constexpr std::array<std::string_view, 4> rules{"", "D-CMP-5b", "D-CMP-4", "D-CMP-3"};
  return rules[static_cast<std::size_t>(severity)];
}

void begin_class_limits(WorldChange& world,
                        std::string_view complaint_id,
                        const EventContext& context,
                        bool judged_again) {
  const auto complaint = world.get<ComplaintState>(complaint_id);
  const std::string stream = stream_of(complaint_id);
  for (const std::string_view rule : class_limits) {
    lapse_obligation(rule, stream, context.index, world);
  }
  const CaseFileState* file = find_case(world, complaint_stream, complaint_id);
  const std::string unit = file == nullptr ? std::string() : file->unit;
  std::optional<UnixMicros> due;
  for (const Limit& limit :
       limits_of(complaint, world, moment_of_fact(context, world), judged_again)) {
    begin_obligation({limit.rule, stream, unit, limit.from, limit.due}, context.index, world);
    if (limit.rule == handling_limit_of(complaint.severity)) {
      due = limit.due;
    }
    // Handled before it was judged again: nothing is left to be solved in time.
    const bool solving = limit.rule != "D-CMP-2" && limit.rule != "D-CMP-5a";
    const auto met_at = solving ? complaint.handled_at : limit.met_at;
    if (met_at) {
      meet_obligation(limit.rule, stream, context.index, *met_at, world);
    }
  }
  world.edit<ComplaintState>(complaint_id).due_at = due;
}

}  // namespace juanzong::complaints
