// SPDX-License-Identifier: Apache-2.0
#include "projections/views/repair_figures.h"

#include "events/procedures/case_machine.h"
#include "events/procedures/charges.h"
#include "events/procedures/return_visits/return_visits_generated.h"

namespace juanzong {
namespace {

// Streams of the repairs and of the charges and payments that their records name: what was
// collected is a fact of those.
std::vector<std::string> streams_of(const ViewContext& context,
                                    const std::vector<std::string>& repairs) {
  std::vector<std::string> all = repairs;
  for (const std::string& repair : repairs) {
    for (const std::string& charge : context.newest().get<OpenChargesState>(repair).assessed) {
      all.push_back("charge:" + charge);
      for (const std::string& payment : context.newest().get<ChargeState>(charge).payments) {
        all.push_back("payment:" + payment);
      }
    }
  }
  return all;
}

// The front desk's own visits: the other levels are duties of others.
bool is_of_front_desk(const ReturnVisit& visit) {
  return visit.level == static_cast<std::uint8_t>(body::VisitLevel::CSA) ||
         visit.level == static_cast<std::uint8_t>(body::VisitLevel::SPECIAL);
}

}  // namespace

Result<std::vector<ListedRepair>> repairs_of(const ViewContext& context) {
  const std::string prefix = std::string(repair_stream) + ":";
  const std::vector<std::string> streams = context.state_keys(StateKind::case_file, prefix);
  const Result<const World*> world = context.world_of(streams_of(context, streams));
  if (!world) {
    return fail(world.error());
  }
  std::vector<ListedRepair> all;
  for (const std::string& stream : streams) {
    const auto* file = (*world)->find<CaseFileState>(stream);
    if (file == nullptr || file->stage == 0) {
      continue;
    }
    ListedRepair each;
    each.id = stream.substr(prefix.size());
    each.unit = file->unit;
    each.stage = static_cast<RepairStage>(file->stage);
    each.opened = file->opened;
    each.state = (*world)->get<RepairState>(each.id);
    each.reported_on = context.zone().date_of(each.state.reported_at);
    each.visits = (*world)->get<ReturnVisitState>(stream);
    for (const std::string& id : (*world)->get<OpenChargesState>(stream).assessed) {
      const auto charge = (*world)->get<ChargeState>(id);
      if (!charge.reversed) {
        each.assessed = each.assessed + charge.amount;
        each.collected = each.collected + charge.amount - charge.open();
      }
    }
    all.push_back(std::move(each));
  }
  return all;
}

bool is_out(const ListedRepair& repair) {
  return repair.stage != RepairStage::cancelled &&
         (repair.stage <= RepairStage::completed || !repair.state.returned);
}

void RepairSum::add(const ListedRepair& repair, const CivilZone& zone) {
  const RepairState& state = repair.state;
  records_.push_back(repair.opened);
  emergencies_ += state.emergency ? 1 : 0;
  paid_ += state.paid || state.materials + state.labour > zero_fen ? 1 : 0;
  cancelled_ += state.cancelled ? 1 : 0;
  reworks_ += state.reworks;
  materials_ = materials_ + state.materials;
  labour_ = labour_ + state.labour;
  assessed_ = assessed_ + repair.assessed;
  collected_ = collected_ + repair.collected;
  if (state.dispatched_at && state.claimed_at) {
    claiming_.add(*state.dispatched_at, *state.claimed_at);
  }
  if (!state.completed_at) {
    return;
  }
  ++completed_;
  completing_.add(state.reported_at, *state.completed_at);
  if (state.visited_at) {
    ++visited_;
    same_day_ += zone.date_of(*state.visited_at) == zone.date_of(*state.completed_at) ? 1 : 0;
    for (auto visit = repair.visits.visits.rbegin(); visit != repair.visits.visits.rend();
         ++visit) {
      if (is_of_front_desk(*visit)) {
        satisfied_ += visit->satisfied ? 1 : 0;
        break;
      }
    }
  }
}

void RepairSum::add_cells(TableBuilder& table) const {
  table.add(cell_count(orders()), records_)
      .add(cell_count(emergencies_))
      .add(cell_share_bp(emergencies_, orders()))
      .add(cell_count(paid_))
      .add(cell_count(cancelled_))
      .add(cell_count(completed_))
      .add(claiming_.average_minutes())
      .add(completing_.average_minutes())
      .add(cell_share_bp(visited_, completed_))
      .add(cell_share_bp(same_day_, completed_))
      .add(cell_share_bp(satisfied_, visited_))
      .add(cell_count(reworks_))
      .add(cell_share_bp(reworks_, completed_))
      .add(materials_)
      .add(labour_)
      .add(assessed_)
      .add(collected_);
}

std::vector<ReportColumn> repair_columns(std::string_view key, std::string_view zh) {
  return {{std::string(key), std::string(zh)},
          {"orders", "报修"},
          {"emergencies", "紧急"},
          {"emergencies_bp", "紧急占比(万分比)"},
          {"paid", "有偿"},
          {"cancelled", "取消"},
          {"completed", "完成"},
          {"claim_minutes", "平均领单(分钟)"},
          {"completion_minutes", "平均完成(分钟)"},
          {"visited_bp", "回访率(万分比)"},
          {"same_day_bp", "当日回访率(万分比)"},
          {"satisfied_bp", "满意率(万分比)"},
          {"reworks", "返修"},
          {"rework_bp", "返修率(万分比)"},
          {"materials_fen", "材料费"},
          {"labour_fen", "人工费"},
          {"assessed_fen", "应收"},
          {"collected_fen", "已收"}};
}

}  // namespace juanzong
