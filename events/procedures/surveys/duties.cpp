// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/surveys/surveys.h"
#include "events/procedures/surveys/surveys_generated.h"

#include <array>

namespace juanzong {
namespace {

// 15 to 30 January and 1 to 15 July (S0§11).
CivilDate last_of_window(const PeriodSpan& span, const World& /*world*/) {
  const bool is_january = month_of(span.first).months % 12 == 0;
  return add_days(span.first, is_january ? 29 : 14);
}

template <body::SurveyScheme scheme>
void mark_scheme(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& round = *flatbuffers::GetRoot<body::SurveyRoundOpened>(event.body);
  if (round.scheme() == scheme) {
    marks.push_back({{}, {}, date_of(round.window_from())});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-SUR-1",
             .clause = "S0§11.1",
             .zh = "每年一月、七月开展满意度调查",
             .en = "satisfaction is surveyed in January and July",
             .period = Period::half_year,
             .policy = "duty.survey_round",
             .events = {{{"SurveyRoundOpened", mark_scheme<body::SurveyScheme::S0_PROJECT>}}},
             .responsible = Role::pm,
             .due_on = last_of_window},
    DutyRule{.id = "D-SUR-1-QD",
             .clause = "S3/009§四",
             .zh = "品质部每半年开展满意度调查",
             .en = "the quality department surveys every half year",
             .period = Period::half_year,
             .policy = "duty.survey_quality",
             .events = {{{"SurveyRoundOpened", mark_scheme<body::SurveyScheme::S3_QD>}}},
             .responsible = Role::qd},
};

}  // namespace

std::span<const DutyRule> survey_duties() {
  return rules;
}

}  // namespace juanzong
