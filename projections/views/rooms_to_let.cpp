// SPDX-License-Identifier: Apache-2.0
// Rooms to let (待租房间): which are ready, which still wait for the cleaner, and whether the room
// was cleaned within its hours after the keys came back (D-OFT-1).
#include "events/procedures/office_lets.h"
#include "events/procedures/policy.h"
#include "events/procedures/units.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

namespace juanzong {
namespace {

struct Cleaning {
  std::string company;
  UnixMicros keys_at;
  UnixMicros due;
  std::optional<UnixMicros> cleaned_at;
  Records records;  // of the cleaning
};

// Absent while the room has a client who has not vacated it, or never had one.
std::optional<Cleaning> cleaning_of(const World& world, const OfficeLetState& let) {
  Cleaning cleaning;
  switch (stage_of(let)) {
    case OfficeStage::vacated:
      cleaning.company = let.company;
      cleaning.keys_at = let.keys_reclaimed_at;
      break;
    case OfficeStage::ready_to_let:
      cleaning.company = let.former->company;
      cleaning.keys_at = let.former->keys_reclaimed_at;
      cleaning.cleaned_at = let.former->cleaned_at;
      cleaning.records = {let.former->cleaned};
      break;
    default:
      return std::nullopt;
  }
  const CivilDate judged_on = world.zone().date_of(cleaning.keys_at);
  const std::int64_t hours = policy_number(world, "office.clean_h", judged_on).value_or(0);
  cleaning.due = UnixMicros{cleaning.keys_at.value + hours * 3'600 * micros_per_second};
  return cleaning;
}

// A room that still waits is late once the day on which it was due is over.
CellValue duty_of(const Cleaning& cleaning, const ViewContext& context) {
  if (cleaning.cleaned_at) {
    return *cleaning.cleaned_at <= cleaning.due ? cell_code("MET", "按时完成")
                                                : cell_code("MET_LATE", "逾期完成");
  }
  return context.zone().date_of(cleaning.due) < context.date() ? cell_code("BREACHED", "逾期")
                                                               : cell_code("RUNNING", "进行中");
}

}  // namespace

Result<Report> view_rooms_to_let(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const PagedKeys part = page_of(context.keys_with_stream(StateKind::office_let, "unit:"), *page);
  TableBuilder table("rooms",
                     "待租房间",
                     {{"unit", "房屋"},
                      {"stage", "状态"},
                      {"former_client", "前客户"},
                      {"keys_reclaimed_at", "钥匙收回"},
                      {"clean_due", "应打扫完毕"},
                      {"cleaned_at", "打扫完毕"},
                      {"duty", "时限"},
                      {"category", "动态类别"}});
  for (const std::string& unit : part.keys) {
    const Result<const World*> world = context.unit_world(unit);
    if (!world) {
      return fail(world.error());
    }
    const auto let = (*world)->get<OfficeLetState>(unit);
    const auto cleaning = cleaning_of(**world, let);
    if (!cleaning) {
      continue;
    }
    table.row()
        .add(cell_text(unit))
        .add(label_of(stage_of(let)))
        .add(cell_text(cleaning->company))
        .add(cleaning->keys_at, records_of(let.keys_reclaimed))
        .add(cleaning->due)
        .add(cell_maybe(cleaning->cleaned_at), cleaning->records)
        .add(duty_of(*cleaning, context))
        .add(label_of(category_of((*world)->get<UnitState>(unit))));
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date()).table(table).next(part.next);
  return out.take();
}

}  // namespace juanzong
