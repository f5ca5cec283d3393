// SPDX-License-Identifier: Apache-2.0
// R15: 《房屋交接汇总报表》, every unit with its handover or why it was not taken over; the list of
// a day (交房日报表); what is still to be put right (遗留问题).
#include "events/procedures/handovers.h"

#include "events/procedures/handover/handover_generated.h"
#include "events/procedures/units.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

struct ListedHandover {
  std::string unit;
  HandoverState state;
  std::optional<CivilDate> handed_over_on;
  std::optional<CivilDate> declined_on;  // while the refusal is the last word
  std::vector<std::string> keys;
};

struct Totals {
  std::int64_t completed = 0;
  std::int64_t declined = 0;
  std::int64_t begun = 0;
  std::int64_t not_begun = 0;
  std::int64_t open_defects = 0;

  void add(const HandoverState& state) {
    ++(state.completed  ? completed
       : state.declined ? declined
       : state.begun_on ? begun
                        : not_begun);
    open_defects += state.open_defects();
  }
};

CellCode responsible_label(std::uint8_t responsible) {
  constexpr std::array<std::string_view, 4> zh{"未注明", "开发商", "物业公司", "其他"};
  return {body::EnumNameDefectResponsible(static_cast<body::DefectResponsible>(responsible)),
          std::string(zh[std::min<std::size_t>(responsible, zh.size() - 1)])};
}

// What the last record of the handover adds to the state.
Outcome read_last_word(const ViewContext& context, ListedHandover& handover) {
  const HandoverState& state = handover.state;
  const auto& last = state.completed ? state.completed : state.declined;
  if (!last) {
    return Done{};
  }
  const Result<StoredRecord> stored = context.record(*last);
  if (!stored) {
    return fail(stored.error());
  }
  const std::uint8_t* bytes = stored->view.statement.body.data();
  if (!state.completed) {
    handover.declined_on =
        date_of(flatbuffers::GetRoot<body::HandoverDeclined>(bytes)->attempted_on());
    return Done{};
  }
  const auto& completed = *flatbuffers::GetRoot<body::HandoverCompleted>(bytes);
  handover.handed_over_on = date_of(completed.handed_over_on());
  for (const flatbuffers::String* key : *completed.keys_issued()) {
    handover.keys.push_back(text_of(key));
  }
  return Done{};
}

Result<std::vector<ListedHandover>> handovers_of(const ViewContext& context) {
  std::vector<std::string> streams;
  const std::vector<std::string> units = context.keys_with_stream(StateKind::unit, "unit:");
  std::ranges::transform(
      units, std::back_inserter(streams), [](const std::string& unit) { return "unit:" + unit; });
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  std::vector<ListedHandover> all;
  for (const std::string& unit : units) {
    if (!(*world)->get<UnitState>(unit).registered) {
      continue;
    }
    ListedHandover each;
    each.unit = unit;
    each.state = (*world)->get<HandoverState>(unit);
    all.push_back(std::move(each));
  }
  for (ListedHandover& each : all) {
    if (const Outcome read = read_last_word(context, each); !read) {
      return fail(read.error());
    }
  }
  return all;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& each : texts) {
    text.append(text.empty() ? "" : "、").append(each);
  }
  return text;
}

std::vector<ReportColumn> columns() {
  return {{"unit", "房屋"},
          {"stage", "状态"},
          {"handed_over_on", "接房日期"},
          {"owner", "业主"},
          {"fee_from", "收费起始"},
          {"fee_last", "收费截止"},
          {"keys", "钥匙"},
          {"defects", "遗留问题"},
          {"open_defects", "未整改"},
          {"declined_on", "未接收日期"},
          {"declined_reason", "未接收原因"}};
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const ListedHandover& handover,
             HandoverStage stage) {
  const HandoverState& state = handover.state;
  table.row()
      .add(cell_text(handover.unit))
      .add(label_of(stage), records_of(state.completed ? state.completed : state.declined))
      .add(cell_maybe(handover.handed_over_on), records_of(state.completed))
      .add(cell_text(state.owner), records_of(state.verified))
      .add(cell_maybe(state.fee_from))
      .add(cell_maybe(state.fee_last))
      .add(cell_text(joined(handover.keys)))
      .add(cell_count(state.defects.size()))
      .add(std::int64_t{state.open_defects()})
      .add(cell_maybe(handover.declined_on))
      .add(personal_cell(context, PersonalField::handover_note, state.declined, "reason"));
}

ReportTable defects_of(const std::vector<const ListedHandover*>& page) {
  TableBuilder table("defects",
                     "遗留问题",
                     {{"unit", "房屋"},
                      {"defect_id", "问题编号"},
                      {"responsible", "责任方"},
                      {"found_on", "发现日期"},
                      {"rectified_on", "整改完成"},
                      {"open", "未整改"}});
  for (const ListedHandover* handover : page) {
    for (const auto& [id, defect] : handover->state.defects) {
      table.row()
          .add(cell_text(handover->unit))
          .add(cell_text(id))
          .add(responsible_label(defect.responsible))
          .add(defect.found_on)
          .add(cell_maybe(defect.rectified_on))
          .add(!defect.rectified_on.has_value());
    }
  }
  return table.take();
}

Result<HandoverStage> stage_at(const ViewContext& context, const std::string& unit) {
  const Result<const World*> world = context.unit_world(unit);
  return world ? Result<HandoverStage>(handover_stage(**world, unit, context.date()))
               : fail(world.error());
}

}  // namespace

Result<Report> view_handovers(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<std::vector<ListedHandover>> all =
      page ? handovers_of(context) : Result<std::vector<ListedHandover>>(fail(page.error()));
  if (!all) {
    return fail(all.error());
  }
  std::vector<std::string> units;
  std::ranges::transform(*all, std::back_inserter(units), &ListedHandover::unit);
  const PagedKeys part = page_of(units, *page);
  Totals totals;
  TableBuilder table("handovers", "房屋交接汇总", columns());
  TableBuilder day("day", "交房日报", columns());
  std::vector<const ListedHandover*> shown;
  for (const ListedHandover& each : *all) {
    totals.add(each.state);
    const bool is_shown = std::ranges::binary_search(part.keys, each.unit);
    const bool of_day = each.handed_over_on == context.date() || each.declined_on == context.date();
    const Result<HandoverStage> stage =
        is_shown || of_day ? stage_at(context, each.unit) : HandoverStage::none;
    if (!stage) {
      return fail(stage.error());
    }
    if (is_shown) {
      shown.push_back(&each);
      add_row(table, context, each, *stage);
    }
    if (of_day) {
      add_row(day, context, each, *stage);
    }
  }
  ReportBuilder out(context);
  out.fact("date", "日期", context.date())
      .fact("units", "房屋数", cell_count(all->size()))
      .fact("completed", "已接房", totals.completed)
      .fact("declined", "未接收", totals.declined)
      .fact("begun", "办理中", totals.begun)
      .fact("not_begun", "未开始", totals.not_begun)
      .fact("open_defects", "未整改问题", totals.open_defects)
      .table(table)
      .table(day)
      .table(defects_of(shown))
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
