// SPDX-License-Identifier: Apache-2.0
#include "projections/views/complaint_figures.h"

#include "events/procedures/case_machine.h"

namespace juanzong {

Result<std::vector<ListedComplaint>> complaints_of(const ViewContext& context) {
  const std::string prefix = std::string(complaint_stream) + ":";
  const std::vector<std::string> streams = context.state_keys(StateKind::case_file, prefix);
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  std::vector<ListedComplaint> all;
  for (const std::string& stream : streams) {
    const auto* file = (*world)->find<CaseFileState>(stream);
    if (file == nullptr || file->stage == 0) {
      continue;
    }
    ListedComplaint each;
    each.id = stream.substr(prefix.size());
    each.unit = file->unit;
    each.stage = static_cast<ComplaintStage>(file->stage);
    each.opened = file->opened;
    each.state = (*world)->get<ComplaintState>(each.id);
    each.received_on = context.zone().date_of(each.state.received_at);
    each.visits = (*world)->get<ReturnVisitState>(stream);
    all.push_back(std::move(each));
  }
  return all;
}

void ComplaintSum::add(const ListedComplaint& complaint) {
  const ComplaintState& state = complaint.state;
  records_.push_back(complaint.opened);
  valid_ += state.validity == ComplaintValidity::valid ? 1 : 0;
  invalid_ += state.validity == ComplaintValidity::invalid ? 1 : 0;
  open_ += complaint.stage != ComplaintStage::closed ? 1 : 0;
  extensions_ += state.extensions;
  reopened_ += state.reopened;
  became_major_ += state.became_major ? 1 : 0;
  visited_ += state.visit_satisfied ? 1 : 0;
  satisfied_ += state.visit_satisfied == true ? 1 : 0;
  if (state.handled_at && state.validity == ComplaintValidity::valid) {
    ++handled_;
    in_time_ += state.due_at && *state.handled_at <= *state.due_at ? 1 : 0;
    handling_.add(state.counts_from, *state.handled_at);
  }
}

void ComplaintSum::add_cells(TableBuilder& table) const {
  table.add(cell_count(received()), records_)
      .add(cell_count(valid_))
      .add(cell_count(invalid_))
      .add(cell_count(open_))
      .add(cell_count(handled_))
      .add(cell_share_bp(in_time_, handled_))
      .add(handling_.average_minutes())
      .add(cell_count(extensions_))
      .add(cell_count(reopened_))
      .add(cell_count(became_major_))
      .add(cell_count(visited_))
      .add(cell_share_bp(visited_, handled_))
      .add(cell_share_bp(satisfied_, visited_));
}

std::vector<ReportColumn> complaint_columns(std::string_view key, std::string_view zh) {
  return {{std::string(key), std::string(zh)},
          {"received", "受理"},
          {"valid", "有效"},
          {"invalid", "无效"},
          {"open", "未结案"},
          {"handled", "已处理"},
          {"in_time_bp", "及时率(万分比)"},
          {"handling_minutes", "平均处理(分钟)"},
          {"extensions", "超时批准"},
          {"reopened", "重新受理"},
          {"became_major", "列为重大"},
          {"visited", "已回访"},
          {"visited_bp", "回访率(万分比)"},
          {"satisfied_bp", "满意率(万分比)"}};
}

}  // namespace juanzong
