// SPDX-License-Identifier: Apache-2.0
// Requests for the erasure of personal data (个人信息删除): where each stands, by when it must be
// answered, and what keeps it from being carried out today. Nothing personal is shown.
#include "events/procedures/deadlines.h"
#include "events/procedures/personal_data/personal_data.h"

#include "projections/views/case_content.h"
#include "projections/views/views.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::string_view prefix = "erasure:";

std::vector<ReportColumn> columns() {
  return {{"erasure_id", "申请编号"},
          {"person", "个人编号"},
          {"stage", "状态"},
          {"requested_on", "申请日期"},
          {"requested_by", "受理人"},
          {"due", "答复期限"},
          {"holds", "保全中"},
          {"erased", "删除记录"},
          {"completed", "完成记录"}};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text.append(text.empty() ? "" : " ").append(name);
  }
  return text;
}

CellValue cell_record(const std::optional<RecordIndex>& index) {
  return index ? cell_index(*index) : CellValue();
}

void add_row(TableBuilder& table,
             const CaseMachine& machine,
             const World& world,
             const std::string& stream) {
  const std::string id = stream.substr(prefix.size());
  const auto erasure = world.get<ErasureState>(id);
  const auto* answer = world.find<ObligationState>(obligation_key("D-PI-1", stream));
  table.row()
      .add(cell_text(id), {erasure.requested})
      .add(cell_text(erasure.person))
      .add(stage_label(machine, world.get<CaseFileState>(stream).stage))
      .add(erasure.requested_on)
      .add(cell_text(erasure.requested_by))
      .add(answer == nullptr ? CellValue() : CellValue(answer->due_at))
      .add(cell_text(joined(world.get<PersonDataState>(erasure.person).holds)))
      .add(cell_record(erasure.erased), records_of(erasure.erased))
      .add(cell_record(erasure.completed), records_of(erasure.completed));
}

}  // namespace

Result<Report> view_erasures(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<const CaseMachine*> machine = machine_for(context, erasure_stream);
  if (!page || !machine) {
    return fail(page ? machine.error() : page.error());
  }
  std::vector<std::string> streams = context.state_keys(StateKind::case_file, prefix);
  std::vector<std::string> folded = streams;
  for (const std::string& stream : streams) {
    // Never changes: whose request it is.
    const auto erasure = context.newest().get<ErasureState>(stream.substr(prefix.size()));
    folded.push_back("person:" + erasure.person);
  }
  const Result<const World*> world = context.world_of(folded);
  if (!world) {
    return fail(world.error());
  }
  std::erase_if(streams, [&world](const std::string& stream) {
    return (*world)->get<CaseFileState>(stream).stage == 0;
  });
  const auto waiting = std::ranges::count_if(streams, [&world](const std::string& stream) {
    return (*world)->get<CaseFileState>(stream).stage ==
           static_cast<std::uint8_t>(ErasureStage::requested);
  });
  const PagedKeys part = page_of(streams, *page);
  TableBuilder table("erasures", "个人信息删除", columns());
  for (const std::string& stream : part.keys) {
    add_row(table, **machine, **world, stream);
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("waiting", "待答复", cell_count(static_cast<std::size_t>(waiting)))
      .table(table)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
