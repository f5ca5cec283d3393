// SPDX-License-Identifier: Apache-2.0
// Versions of work instructions and the standing of service processes.
#include "events/procedures/service_planning/service_planning.h"

#include "events/procedures/register_numbers.h"
#include "events/procedures/service_planning/service_planning_generated.h"
#include "events/procedures/service_planning/service_planning_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Instruction : std::uint8_t { none, published };
constexpr std::array<CaseStage, 2> instruction_stages{
    {{"NONE", "未发布"}, {"PUBLISHED", "已发布"}}};
constexpr std::array instruction_steps{
    step("WorkInstructionPublished",
         from_to(Instruction::none, Instruction::published),
         Instruction::published),
};

enum class Process : std::uint8_t { none, confirmed, unfit };
constexpr std::array<CaseStage, 3> process_stages{
    {{"NONE", "未确认"}, {"CONFIRMED", "已确认"}, {"UNFIT", "不具备条件"}}};

template <class Body>
std::uint8_t after_confirmation(const std::uint8_t* body) {
  const auto* event = flatbuffers::GetRoot<Body>(body);
  const bool fit = event->facility_ok() && event->staff_qualified();
  return static_cast<std::uint8_t>(fit ? Process::confirmed : Process::unfit);
}

constexpr std::array process_steps{
    CaseStep{"ServiceProcessConfirmed",
             1,
             CaseStep::stays,
             after_confirmation<body::ServiceProcessConfirmed>},
    CaseStep{"ServiceProcessReconfirmed",
             from_to(Process::confirmed, Process::unfit).bits,
             CaseStep::stays,
             after_confirmation<body::ServiceProcessReconfirmed>},
};

constexpr std::array machines{
    CaseMachine{"instruction",
                "作业指导书",
                "Work instructions",
                "*",
                instruction_stages,
                instruction_steps},
    CaseMachine{
        "service_process", "服务过程", "Service processes", "*", process_stages, process_steps},
};

std::string version_key(const body::WorkInstructionPublished& event) {
  return register_key("instruction/" + text_of(event.doc_id()), view_of(event.version()));
}

void decide_published(const body::WorkInstructionPublished& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  if (world.find<RegisterNumberState>(version_key(event)) != nullptr) {
    decision.refuse_schema("version", "该版本已发布", "this version was published before");
  }
}

void apply_published(const body::WorkInstructionPublished& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<RegisterNumberState>(version_key(event)).holder =
      std::to_string(number(context.index));
}

constexpr std::array handlers{
    event<body::WorkInstructionPublished, decide_published, apply_published>(
        "WorkInstructionPublished"),
    plain("ServiceProcessConfirmed"),
    plain("ServiceProcessReconfirmed"),
};

}  // namespace

const Procedure& service_planning_procedure() {
  static constexpr Procedure procedure{.code = "P24",
                                       .name = "service_planning",
                                       .zh = "服务提供过程的策划与确认",
                                       .en = "Planning of service processes",
                                       .schema = service_planning_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
