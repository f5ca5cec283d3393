// SPDX-License-Identifier: Apache-2.0
// A check of conduct: what has a figure in the seeds is judged by its figure.
#include "events/procedures/case_checks.h"
#include "events/procedures/conduct/conduct.h"
#include "events/procedures/conduct/conduct_generated.h"
#include "events/procedures/conduct/conduct_schema.h"

#include <array>

namespace juanzong {
namespace {

constexpr Rule figure_rule{"H-CND-1",
                           "S0§5, S3/001§五",
                           "电话铃声、证件送还须记数,结果须与标准相符",
                           "rings and seconds are counted, and the result follows from them"};

enum class Check : std::uint8_t { none, met, not_met };
constexpr std::array<CaseStage, 3> stages{
    {{"NONE", "未登记"}, {"MET", "符合"}, {"NOT_MET", "不符合"}}};

std::uint8_t checked_stage(const std::uint8_t* body) {
  const auto result = flatbuffers::GetRoot<body::ConductChecked>(body)->result();
  return static_cast<std::uint8_t>(result == body::ConductResult::MET ? Check::met
                                                                      : Check::not_met);
}
constexpr std::array steps{CaseStep{"ConductChecked", 1, CaseStep::stays, checked_stage}};
constexpr std::array machines{
    CaseMachine{"conduct", "服务礼仪检查", "Checks of conduct", "*", stages, steps}};

// The most that is allowed; nullopt: nothing is counted.
std::optional<std::int64_t> most_of(body::ConductStandard standard,
                                    const World& world,
                                    CivilDate on) {
  switch (standard) {
    case body::ConductStandard::PHONE:
      return policy_number(world, "phone.rings", on).value_or(3);
    case body::ConductStandard::DOCUMENT_RETURN:
      return policy_number(world, "doc_return_s", on).value_or(25);
    default:
      return std::nullopt;
  }
}

void decide_checked(const body::ConductChecked& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  if (view_of(event.staff()) == context.actor) {
    decision.refuse_schema("staff", "不得检查本人", "nobody checks himself");
  }
  const auto most = most_of(event.standard(), world, day_of_fact(context, world));
  if (!most) {
    if (event.measured() > 0) {
      decision.refuse_schema("measured", "该项不计数", "this standard is not counted");
    }
    return;
  }
  const bool met = event.result() == body::ConductResult::MET;
  if (event.measured() == 0 || met != (event.measured() <= *most)) {
    decision.refuse(figure_rule,
                    {fact("measured", std::to_string(event.measured())),
                     fact("at_most", std::to_string(*most))});
  }
}

constexpr std::array handlers{
    event<body::ConductChecked, decide_checked, apply_nothing<body::ConductChecked>>(
        "ConductChecked"),
};

constexpr std::array rules{figure_rule};

}  // namespace

const Procedure& conduct_procedure() {
  static constexpr Procedure procedure{.code = "P45",
                                       .name = "conduct",
                                       .zh = "服务模式、礼仪",
                                       .en = "Service model and conduct",
                                       .schema = conduct_schema,
                                       .handlers = handlers,
                                       .rules = rules,
                                       .states = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
