// SPDX-License-Identifier: Apache-2.0
// Stages of an award, and the register of audits, reviews and government checks.
#include "events/procedures/evaluations/evaluations.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/evaluations/evaluations_generated.h"
#include "events/procedures/evaluations/evaluations_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Award : std::uint8_t { none, to_correct, self_checked, applied, won, not_won };
constexpr std::array<CaseStage, 6> award_stages{{{"NONE", "未登记"},
                                                 {"TO_CORRECT", "待整改"},
                                                 {"SELF_CHECKED", "自检合格"},
                                                 {"APPLIED", "已申报"},
                                                 {"WON", "获评"},
                                                 {"NOT_WON", "未获评"}}};

bool passed(body::EvaluationResult result) {
  return result == body::EvaluationResult::PASS;
}

std::uint8_t after_self_check(const std::uint8_t* body) {
  const auto result = flatbuffers::GetRoot<body::AwardSelfChecked>(body)->result();
  return static_cast<std::uint8_t>(passed(result) ? Award::self_checked : Award::to_correct);
}

std::uint8_t after_decision(const std::uint8_t* body) {
  const auto result = flatbuffers::GetRoot<body::AwardResultRecorded>(body)->result();
  return static_cast<std::uint8_t>(passed(result) ? Award::won : Award::not_won);
}

constexpr std::array award_steps{
    CaseStep{"AwardSelfChecked",
             from_to(Award::none, Award::self_checked).bits,
             CaseStep::stays,
             after_self_check},
    step("AwardApplied", Award::self_checked, Award::applied),
    CaseStep{"AwardResultRecorded",
             StageSet<Award>(Award::applied).bits,
             CaseStep::stays,
             after_decision},
};

enum class Evaluation : std::uint8_t { none, recorded };
constexpr std::array<CaseStage, 2> evaluation_stages{{{"NONE", "未登记"}, {"RECORDED", "已记录"}}};
constexpr std::array evaluation_steps{
    opens("InternalAuditRecorded", Evaluation::recorded),
    opens("ExternalAuditRecorded", Evaluation::recorded),
    opens("ManagementReviewHeld", Evaluation::recorded),
    opens("GovernmentCheckRecorded", Evaluation::recorded),
};

constexpr std::array machines{
    CaseMachine{"award", "创建达标", "Awards", "*", award_stages, award_steps},
    CaseMachine{"evaluation", "评价登记", "Evaluations", "*", evaluation_stages, evaluation_steps},
};

template <class Body>
void decide_year(const Body& event, const EventContext&, const World&, Decision& decision) {
  if (event.year() != month_of(*date_of(event.held_on())).months / 12) {
    decision.refuse_schema("year", "与日期不符", "not the year of the day");
  }
}

constexpr std::array handlers{
    plain("AwardSelfChecked"),
    plain("AwardApplied"),
    plain("AwardResultRecorded"),
    plain("InternalAuditRecorded"),
    event<body::ExternalAuditRecorded,
          decide_year<body::ExternalAuditRecorded>,
          apply_nothing<body::ExternalAuditRecorded>>("ExternalAuditRecorded"),
    event<body::ManagementReviewHeld,
          decide_year<body::ManagementReviewHeld>,
          apply_nothing<body::ManagementReviewHeld>>("ManagementReviewHeld"),
    plain("GovernmentCheckRecorded"),
};

}  // namespace

const Procedure& evaluations_procedure() {
  static const Procedure procedure{.code = "P29",
                                   .name = "evaluations",
                                   .zh = "外部评价与管理评审",
                                   .en = "Evaluations and reviews",
                                   .schema = evaluations_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .cases = machines,
                                   .duties = evaluation_duties()};
  return procedure;
}

}  // namespace juanzong
