// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/procedure.h"

#include <algorithm>

namespace juanzong {
namespace {

bool is_case_of(const CaseMachine& machine, std::string_view stream) {
  return stream.size() > machine.stream.size() && stream.starts_with(machine.stream) &&
         stream[machine.stream.size()] == ':';
}

std::string names_of(const CaseMachine& machine, std::uint32_t stages) {
  std::string names;
  for (std::size_t at = 0; at < machine.stages.size(); ++at) {
    if ((stages >> at & 1U) != 0) {
      names.append(names.empty() ? "" : ", ").append(machine.stages[at].code);
    }
  }
  return names;
}

void check_step(const CaseUse& use,
                std::string_view stream,
                const World& world,
                Decision& decision) {
  const auto* file = world.find<CaseFileState>(stream);
  const unsigned stage = file == nullptr ? 0 : file->stage;
  if ((use.step->accepted_in >> stage & 1U) != 0) {
    return;
  }
  const std::string accepted = names_of(*use.machine, use.step->accepted_in);
  const std::string_view found = use.machine->stages[stage].code;
  if (use.step->otherwise != nullptr && stage != 0) {
    decision.refuse(*use.step->otherwise, {fact("state", found), fact("accepted_in", accepted)});
  } else {
    decision.refuse_state(found, accepted);
  }
}

void mark(CaseFileState& file, EventType type, RecordIndex index, UnixMicros at) {
  auto found = std::ranges::find(file.marks, type, &CaseMark::event);
  if (found == file.marks.end()) {
    found = file.marks.insert(file.marks.end(), CaseMark{type, index, at, 0});
  }
  found->index = index;
  found->at = at;
  ++found->count;
}

void take_step(const CaseUse& use,
               EventType type,
               const EventView& event,
               std::string_view stream,
               WorldChange& world) {
  const UnixMicros at = moment_of_fact(event.context, world);
  CaseFileState& file = world.edit<CaseFileState>(stream);
  if (file.stage == 0) {
    file.opened = event.context.index;
    file.opened_at = at;
    file.unit = unit_of(event.streams);
  }
  const std::uint8_t to =
      use.step->goes_to == nullptr ? use.step->to : use.step->goes_to(event.body);
  file.stage = to == CaseStep::stays ? file.stage : to;
  file.last = event.context.index;
  file.last_at = at;
  mark(file, type, event.context.index, at);
}

}  // namespace

std::string unit_of(std::span<const std::string_view> streams) {
  constexpr std::string_view prefix = "unit:";
  const auto found =
      std::ranges::find_if(streams, [](std::string_view name) { return name.starts_with(prefix); });
  return found == streams.end() ? std::string() : std::string(found->substr(prefix.size()));
}

const CaseFileState* find_case(const World& world, std::string_view prefix, std::string_view id) {
  return world.find<CaseFileState>(std::string(prefix).append(":").append(id));
}

const CaseMark* find_mark(const CaseFileState& file, EventType event) {
  const auto found = std::ranges::find(file.marks, event, &CaseMark::event);
  return found == file.marks.end() ? nullptr : &*found;
}

std::vector<CaseUse> case_uses(std::span<const CaseMachine> machines, std::string_view event) {
  std::vector<CaseUse> uses;
  for (const CaseMachine& machine : machines) {
    for (const CaseStep& step : machine.steps) {
      if (step.event == event) {
        uses.push_back({&machine, &step});
      }
    }
  }
  return uses;
}

void check_cases(std::span<const CaseUse> uses,
                 const EventView& event,
                 const World& world,
                 Decision& decision) {
  for (const CaseUse& use : uses) {
    for (const std::string_view stream : event.streams) {
      if (is_case_of(*use.machine, stream)) {
        check_step(use, stream, world, decision);
      }
    }
  }
}

void follow_cases(std::span<const CaseUse> uses,
                  EventType type,
                  const EventView& event,
                  WorldChange& world) {
  for (const CaseUse& use : uses) {
    for (const std::string_view stream : event.streams) {
      if (is_case_of(*use.machine, stream)) {
        take_step(use, type, event, stream, world);
      }
    }
  }
}

}  // namespace juanzong
