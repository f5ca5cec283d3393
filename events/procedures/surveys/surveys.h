// SPDX-License-Identifier: Apache-2.0
// Satisfaction surveys (满意度调查, P11): a round with its forms, what customers answered, and what
// became of it. Rates are whole basis points, rounded down.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& surveys_procedure();
[[nodiscard]] std::span<const DutyRule> survey_duties();

struct SurveyScore {
  std::uint32_t answers = 0;
  std::uint32_t points = 0;
  std::uint32_t satisfied = 0;  // answers of satisfied_score and above
  template <class Ar>
  void visit(Ar& ar) {
    ar(answers, points, satisfied);
  }
};

struct SurveyAction {
  std::string dept;
  CivilDate due;
  std::uint32_t replies = 0;
  bool verified = false;
  RecordIndex last{};
  template <class Ar>
  void visit(Ar& ar) {
    ar(dept, due, replies, verified, last);
  }
};

// Key: round.
struct SurveyState {
  static constexpr StateKind kind = StateKind::survey;
  std::uint8_t scheme = 0;  // body::SurveyScheme
  CivilDate from;
  CivilDate to;
  std::uint32_t population = 0;
  std::uint32_t min_distribution_bp = 0;
  std::uint32_t min_recovery_bp = 0;
  std::uint32_t distributed = 0;
  std::uint32_t returned = 0;
  std::uint32_t returned_late = 0;
  std::uint32_t commented = 0;
  std::optional<CivilDate> first_distributed;
  SurveyScore all;
  std::map<std::string, SurveyScore> questions;
  std::map<std::string, SurveyScore> departments;
  std::map<std::string, SurveyAction> actions;
  template <class Ar>
  void visit(Ar& ar) {
    ar(scheme,
       from,
       to,
       population,
       min_distribution_bp,
       min_recovery_bp,
       distributed,
       returned,
       returned_late,
       commented,
       first_distributed,
       all,
       questions,
       departments,
       actions);
  }
};

inline constexpr std::uint8_t satisfied_score = 4;

// part / whole; 0 where there is no whole.
[[nodiscard]] std::uint32_t basis_points(std::uint64_t part, std::uint64_t whole);
[[nodiscard]] inline std::uint32_t distribution_bp(const SurveyState& survey) {
  return basis_points(survey.distributed, survey.population);
}
// Of the forms that were handed out (S3/009).
[[nodiscard]] inline std::uint32_t recovery_bp(const SurveyState& survey) {
  return basis_points(survey.returned, survey.distributed);
}
[[nodiscard]] inline std::uint32_t satisfaction_bp(const SurveyScore& score) {
  return basis_points(score.satisfied, score.answers);
}

}  // namespace juanzong
