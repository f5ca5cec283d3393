// SPDX-License-Identifier: Apache-2.0
// R8, repair statistics (维修统计): of a month, by week, kind and engineer; the orders that are
// out, what is not charged yet, and the company's weekly sample.
#include "events/procedures/policy.h"
#include "events/procedures/repairs/repairs_generated.h"
#include "events/procedures/return_visits/return_visits_generated.h"

#include "projections/views/repair_figures.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>
#include <set>

namespace juanzong {
namespace {

using Repairs = std::vector<ListedRepair>;

constexpr std::string_view sample_prefix = "return_visit_sample:";

template <class KeyOf>
ReportTable table_by(const ViewContext& context,
                     std::string_view name,
                     std::string_view zh,
                     ReportColumn column,
                     const Repairs& repairs,
                     KeyOf key_of) {
  std::map<std::string, std::pair<CellValue, RepairSum>> groups;
  for (const ListedRepair& each : repairs) {
    const auto [key, label] = key_of(each);
    auto& [shown, sum] = groups[key];
    shown = label;
    sum.add(each, context.zone());
  }
  TableBuilder table(name, zh, repair_columns(column.key, column.zh));
  for (const auto& [key, group] : groups) {
    table.row().add(group.first);
    group.second.add_cells(table);
  }
  return table.take();
}

ReportTable by_week(const ViewContext& context, const Repairs& all, CivilMonth month) {
  Repairs of_weeks;
  std::ranges::copy_if(all, std::back_inserter(of_weeks), [month](const ListedRepair& each) {
    return month_of(week_of(each.reported_on)) == month;
  });
  return table_by(
      context, "weeks", "按周", {"week", "周一"}, of_weeks, [](const ListedRepair& each) {
        const CivilDate monday = week_of(each.reported_on);
        return std::pair(to_text(monday), CellValue(monday));
      });
}

ReportTable by_kind(const ViewContext& context, const Repairs& repairs) {
  return table_by(
      context, "kinds", "按性质", {"kind", "性质"}, repairs, [](const ListedRepair& each) {
        const CellCode label = each.state.emergency ? CellCode{"EMERGENCY", "紧急维修"}
                                                    : CellCode{"GENERAL", "一般维修"};
        return std::pair(label.code, CellValue(label));
      });
}

// Who collected the order; orders that nobody collected stand under none.
ReportTable by_engineer(const ViewContext& context, const Repairs& repairs) {
  return table_by(
      context, "engineers", "按维修员", {"engineer", "维修员"}, repairs, [](const auto& each) {
        return std::pair(each.state.engineer, cell_text(each.state.engineer));
      });
}

// What the early shift reports at 17:00 (S0§13.4).
ReportTable out_now(const Repairs& all, CivilDate on) {
  TableBuilder table("out",
                     "未返回、未处理维修单",
                     {{"repair_id", "报修编号"},
                      {"order_no", "维修服务单"},
                      {"unit", "房屋"},
                      {"stage", "状态"},
                      {"reported_at", "报修时间"},
                      {"engineer", "维修员"},
                      {"emergency", "紧急"},
                      {"urged", "催促"}});
  for (const ListedRepair& each : all) {
    if (is_out(each) && each.reported_on <= on) {
      table.row()
          .add(cell_text(each.id), {each.opened})
          .add(cell_text(each.state.order_no))
          .add(cell_text(each.unit))
          .add(cell_code(code_of(each.stage), zh_of(each.stage)))
          .add(each.state.reported_at)
          .add(cell_text(each.state.engineer))
          .add(each.state.emergency)
          .add(std::int64_t{each.state.urged});
    }
  }
  return table.take();
}

ReportTable uncharged(const Repairs& repairs) {
  TableBuilder table("uncharged",
                     "未计费维修",
                     {{"repair_id", "报修编号"},
                      {"unit", "房屋"},
                      {"cost_fen", "材料和人工"},
                      {"assessed_fen", "应收"}});
  for (const ListedRepair& each : repairs) {
    const Fen cost = each.state.materials + each.state.labour;
    if (cost > each.assessed) {
      table.row()
          .add(cell_text(each.id), {each.opened})
          .add(cell_text(each.unit))
          .add(cost)
          .add(each.assessed);
    }
  }
  return table.take();
}

// 收费表 (S0§13.5): what customers owe for the repairs of a month. At the month's end it is entered
// in the ledger; until then `entered` is no.
struct FeeSheet {
  std::optional<RecordIndex> record;
  std::set<std::string> repairs;
};

Result<FeeSheet> fee_sheet_of(const ViewContext& context, CivilMonth month) {
  FeeSheet sheet;
  const std::vector<RecordIndex> entered = context.stream("repair_month:" + to_text(month));
  if (entered.empty()) {
    return sheet;
  }
  sheet.record = entered.front();
  const Result<StoredRecord> stored = context.record(entered.front());
  if (!stored) {
    return fail(stored.error());
  }
  const auto& body =
      *flatbuffers::GetRoot<body::RepairMonthlyFeeRecorded>(stored->view.statement.body.data());
  for (std::uint32_t i = 0; body.items() != nullptr && i < body.items()->size(); ++i) {
    sheet.repairs.insert(text_of(body.items()->Get(i)->repair_id()));
  }
  return sheet;
}

ReportTable fees(const Repairs& repairs, const FeeSheet& sheet) {
  TableBuilder table("fees",
                     "收费表",
                     {{"repair_id", "报修编号"},
                      {"order_no", "维修单号"},
                      {"unit", "房屋"},
                      {"materials_fen", "材料费"},
                      {"labour_fen", "人工费"},
                      {"assessed_fen", "应收"},
                      {"collected_fen", "已收"},
                      {"entered", "已录入"}});
  for (const ListedRepair& each : repairs) {
    if (each.state.materials + each.state.labour + each.assessed == zero_fen) {
      continue;
    }
    const bool entered = sheet.repairs.contains(each.id);
    table.row()
        .add(cell_text(each.id), {each.opened})
        .add(cell_text(each.state.order_no))
        .add(cell_text(each.unit))
        .add(each.state.materials)
        .add(each.state.labour)
        .add(each.assessed)
        .add(each.collected)
        .add(entered, entered ? records_of(sheet.record) : Records{});
  }
  return table.take();
}

bool is_company_visit(const ReturnVisit& visit) {
  return visit.level == static_cast<std::uint8_t>(body::VisitLevel::QD_SAMPLE);
}

struct Contacted {
  std::size_t reached = 0;
  std::size_t satisfied = 0;
};

Contacted contacted(const ReturnVisitState& drawn, const Repairs& all) {
  Contacted found;
  for (const ListedRepair& each : all) {
    if (std::ranges::find(drawn.sample, each.id) == drawn.sample.end()) {
      continue;
    }
    const auto visit = std::ranges::find_if(each.visits.visits, is_company_visit);
    if (visit != each.visits.visits.end()) {
      ++found.reached;
      found.satisfied += visit->satisfied ? 1 : 0;
    }
  }
  return found;
}

// Every week's sample that there was at the moment, against the share that the policy wants.
Result<ReportTable> samples(const ViewContext& context, const Repairs& all) {
  const std::vector<std::string> streams =
      context.state_keys(StateKind::return_visit, sample_prefix);
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  const auto wanted =
      policy_number(context.newest(), "returnvisit.company_sample", context.date()).value_or(20);
  TableBuilder table("samples",
                     "公司抽样回访",
                     {{"week", "周"},
                      {"population", "维修单"},
                      {"drawn", "抽取"},
                      {"drawn_bp", "抽样率(万分比)"},
                      {"enough", "达标"},
                      {"contacted", "已联系"},
                      {"satisfied_bp", "满意率(万分比)"}});
  for (const std::string& stream : streams) {
    const auto* drawn = (*world)->find<ReturnVisitState>(stream);
    if (drawn == nullptr || drawn->sample.empty()) {
      continue;
    }
    const Contacted found = contacted(*drawn, all);
    const auto count = static_cast<std::int64_t>(drawn->sample.size());
    table.row()
        .add(cell_text(stream.substr(sample_prefix.size())))
        .add(std::int64_t{drawn->population})
        .add(count)
        .add(cell_share_bp(drawn->sample.size(), drawn->population))
        .add(count * 100 >= wanted * std::int64_t{drawn->population})
        .add(cell_count(found.reached))
        .add(cell_share_bp(found.satisfied, found.reached));
  }
  return table.take();
}

}  // namespace

Result<Report> view_repair_statistics(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  const Result<Repairs> all = month ? repairs_of(context) : Result<Repairs>(Repairs{});
  if (!month || !all) {
    return fail(month ? all.error() : month.error());
  }
  Result<ReportTable> drawn = samples(context, *all);
  const Result<FeeSheet> sheet = fee_sheet_of(context, *month);
  if (!drawn || !sheet) {
    return fail(drawn ? sheet.error() : drawn.error());
  }
  Repairs reported;
  std::ranges::copy_if(*all, std::back_inserter(reported), [&month](const ListedRepair& each) {
    return month_of(each.reported_on) == *month;
  });
  TableBuilder total("total", "本月合计", repair_columns("month", "月份"));
  RepairSum sum;
  std::ranges::for_each(reported, [&](const ListedRepair& each) { sum.add(each, context.zone()); });
  total.row().add(cell_text(to_text(*month)));
  sum.add_cells(total);
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("orders", "报修", cell_count(sum.orders()))
      .table(total)
      .table(by_kind(context, reported))
      .table(by_engineer(context, reported))
      .table(by_week(context, *all, *month))
      .table(out_now(*all, context.date()))
      .table(fees(reported, *sheet))
      .table(uncharged(reported))
      .table(*std::move(drawn));
  return out.take();
}

}  // namespace juanzong
