// SPDX-License-Identifier: Apache-2.0
// R11, results of surveys (满意度调查统计表): every round with its rates against its own
// thresholds, and of one round what was answered by question and department, and what became of it.
#include "events/procedures/surveys/surveys.h"
#include "events/procedures/surveys/surveys_generated.h"

#include "projections/views/case_content.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <algorithm>
#include <array>
#include <map>

namespace juanzong {
namespace {

CellCode scheme_label(std::uint8_t scheme) {
  constexpr std::array<std::string_view, 3> zh{"未注明", "项目调查", "品质部调查"};
  return {body::EnumNameSurveyScheme(static_cast<body::SurveyScheme>(scheme)),
          std::string(zh.at(std::min<std::size_t>(scheme, zh.size() - 1)))};
}

std::int64_t number_of(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

// Average score in thousandths, rounded down.
CellValue average_milli(const SurveyScore& score) {
  return score.answers == 0
             ? CellValue()
             : CellValue(number_of(std::uint64_t{score.points} * 1'000 / score.answers));
}

struct Round {
  std::string id;
  SurveyState survey;
  CaseFileState file;
};

// In the order in which they began, so that each follows the one that it is compared with.
Result<std::vector<Round>> rounds_at(const ViewContext& context) {
  std::vector<std::string> streams;
  for (const std::string& id : context.state_keys(StateKind::survey)) {
    streams.push_back("survey:" + id);
  }
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  std::vector<Round> rounds;
  for (const std::string& stream : streams) {
    const std::string id = stream.substr(stream.find(':') + 1);
    const auto* file = (*world)->find<CaseFileState>(stream);
    if (file != nullptr && file->stage != 0) {
      rounds.push_back({id, (*world)->get<SurveyState>(id), *file});
    }
  }
  std::ranges::sort(rounds, {}, [](const Round& round) { return round.file.opened; });
  return rounds;
}

TableBuilder round_table() {
  return {"rounds",
          "调查",
          {{"round_id", "编号"},
           {"scheme", "方案"},
           {"stage", "状态"},
           {"from", "起"},
           {"to", "止"},
           {"population", "客户数"},
           {"distributed", "发放"},
           {"distribution_bp", "发放率(万分比)"},
           {"min_distribution_bp", "最低发放率"},
           {"returned", "回收"},
           {"recovery_bp", "回收率(万分比)"},
           {"min_recovery_bp", "最低回收率"},
           {"returned_late", "逾期回收"},
           {"commented", "有意见"},
           {"satisfaction_bp", "满意率(万分比)"},
           {"change_bp", "比上次"},
           {"below_threshold", "未达标"}}};
}

bool is_below(const SurveyState& survey) {
  return distribution_bp(survey) < survey.min_distribution_bp ||
         recovery_bp(survey) < survey.min_recovery_bp;
}

// `previous`: the round of the same scheme before it that had answers.
void add_round(TableBuilder& table,
               const CaseMachine& machine,
               const Round& round,
               const SurveyScore* previous) {
  const SurveyState& survey = round.survey;
  const bool compared = previous != nullptr && survey.all.answers > 0;
  table.row()
      .add(cell_text(round.id), {round.file.opened})
      .add(scheme_label(survey.scheme))
      .add(stage_label(machine, round.file.stage), {round.file.last})
      .add(survey.from)
      .add(survey.to)
      .add(number_of(survey.population))
      .add(number_of(survey.distributed))
      .add(number_of(distribution_bp(survey)))
      .add(number_of(survey.min_distribution_bp))
      .add(number_of(survey.returned))
      .add(number_of(recovery_bp(survey)))
      .add(number_of(survey.min_recovery_bp))
      .add(number_of(survey.returned_late))
      .add(number_of(survey.commented))
      .add(survey.all.answers == 0 ? CellValue()
                                   : CellValue(number_of(satisfaction_bp(survey.all))))
      .add(compared ? CellValue(number_of(satisfaction_bp(survey.all)) -
                                number_of(satisfaction_bp(*previous)))
                    : CellValue())
      .add(is_below(survey));
}

ReportTable scores_of(std::string_view key,
                      std::string_view zh,
                      std::string_view of,
                      const std::map<std::string, SurveyScore>& scores) {
  TableBuilder table(key,
                     zh,
                     {{std::string(of), of == "q" ? "问题" : "部门"},
                      {"answers", "答复数"},
                      {"average_milli", "平均分(千分)"},
                      {"satisfaction_bp", "满意率(万分比)"}});
  for (const auto& [name, score] : scores) {
    table.row()
        .add(cell_text(name))
        .add(number_of(score.answers))
        .add(average_milli(score))
        .add(number_of(satisfaction_bp(score)));
  }
  return table.take();
}

ReportTable actions_of(const ViewContext& context, const SurveyState& survey) {
  TableBuilder table("actions",
                     "整改",
                     {{"item", "编号"},
                      {"dept", "部门"},
                      {"due", "期限"},
                      {"replies", "回复"},
                      {"verified", "已验证"},
                      {"overdue", "逾期"}});
  for (const auto& [item, action] : survey.actions) {
    table.row()
        .add(cell_text(item), {action.last})
        .add(cell_text(action.dept))
        .add(action.due)
        .add(number_of(action.replies))
        .add(action.verified)
        .add(!action.verified && context.date() > action.due);
  }
  return table.take();
}

// What the round's steps were, newest of each.
ReportTable steps_of(const ViewContext& context, const Round& round) {
  TableBuilder table("steps", "步骤", {{"event", "事项"}, {"at", "时间"}, {"count", "次数"}});
  for (const CaseMark& mark : round.file.marks) {
    const CatalogueEntry* entry = context.source().catalogue.find(mark.event);
    table.row()
        .add(entry == nullptr ? CellValue()
                              : cell_code(entry->descriptor.name, entry->descriptor.zh),
             {mark.index})
        .add(mark.at)
        .add(number_of(mark.count));
  }
  return table.take();
}

}  // namespace

Result<Report> view_survey_results(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<const CaseMachine*> machine = machine_for(context, "survey");
  const Result<std::vector<Round>> rounds = rounds_at(context);
  if (!page || !machine || !rounds) {
    return fail(!page ? page.error() : !machine ? machine.error() : rounds.error());
  }
  const std::string asked = context.argument("case");
  std::vector<std::string> ids;
  std::map<std::uint8_t, const SurveyScore*> previous;
  std::map<std::string, const SurveyScore*> compared;
  const Round* one = nullptr;
  for (const Round& round : *rounds) {
    ids.push_back(round.id);
    const auto before = previous.find(round.survey.scheme);
    compared[round.id] = before == previous.end() ? nullptr : before->second;
    if (round.survey.all.answers > 0) {
      previous[round.survey.scheme] = &round.survey.all;
    }
    one = round.id == asked ? &round : one;
  }
  if (!asked.empty() && one == nullptr) {
    return fail(ErrorCode::not_found, "case");
  }
  std::ranges::sort(ids);
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table = round_table();
  for (const Round& round : *rounds) {
    const bool is_shown =
        one == nullptr ? std::ranges::binary_search(part.keys, round.id) : &round == one;
    if (is_shown) {
      add_round(table, **machine, round, compared.at(round.id));
    }
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "调查数", cell_count(rounds->size()))
      .table(table);
  if (one != nullptr) {
    out.table(scores_of("questions", "按问题", "q", one->survey.questions))
        .table(scores_of("departments", "按部门", "dept", one->survey.departments))
        .table(actions_of(context, one->survey))
        .table(steps_of(context, *one));
  }
  out.next(one == nullptr ? part.next : "");
  return out.take();
}

}  // namespace juanzong
