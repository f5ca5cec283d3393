// SPDX-License-Identifier: Apache-2.0
// Small views of the whole project: its units, the policy in force, the head of its log.
#include "crypto/hex.h"

#include "events/procedures/policy.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

namespace juanzong {
namespace {

const PolicyVersion* version_of(const PolicyState* state, const std::string& key, CivilDate on) {
  if (state == nullptr) {
    return nullptr;
  }
  for (auto version = state->versions.rbegin(); version != state->versions.rend(); ++version) {
    if (version->effective <= on && version->values.contains(key)) {
      return &*version;
    }
  }
  return nullptr;
}

}  // namespace

Result<Report> view_units(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const PagedKeys part = page_of(context.keys_with_stream(StateKind::unit, "unit:"), *page);
  TableBuilder table("units",
                     "房屋",
                     {{"unit", "房屋"},
                      {"building", "栋"},
                      {"entrance", "单元"},
                      {"floor", "楼层"},
                      {"area_cm2", "面积(平方厘米)"},
                      {"category", "动态类别"},
                      {"owner", "业主"},
                      {"handed_over_on", "接房日期"}});
  for (const std::string& code : part.keys) {
    const Result<const World*> world = context.unit_world(code);
    if (!world) {
      return fail(world.error());
    }
    const auto unit = (*world)->get<UnitState>(code);
    if (!unit.registered) {
      continue;
    }
    table.row()
        .add(cell_text(code))
        .add(cell_text(unit.building))
        .add(cell_text(unit.entrance))
        .add(std::int64_t{unit.floor})
        .add(unit.area_cm2)
        .add(label_of(category_of(unit)))
        .add(cell_text(unit.owner))
        .add(cell_maybe(unit.handed_over_on));
  }
  ReportBuilder out(context);
  out.table(table).next(part.next);
  return out.take();
}

Result<Report> view_policy(const ViewContext& context) {
  const Result<const World*> world = context.world_of({});
  if (!world) {
    return fail(world.error());
  }
  const auto* state = (*world)->find<PolicyState>(policy_key);
  TableBuilder table("values",
                     "参数",
                     {{"key", "参数"},
                      {"zh", "说明"},
                      {"value", "取值"},
                      {"version", "版本"},
                      {"effective", "生效日期"}});
  for (const PolicyParameter& parameter : policy_parameters()) {
    const std::string key(parameter.key);
    const auto value = policy_text(**world, key, context.date());
    const PolicyVersion* version = version_of(state, key, context.date());
    table.row()
        .add(cell_text(key))
        .add(cell_text(parameter.zh))
        .add(value ? cell_text(*value) : CellValue(),
             version == nullptr ? Records{} : Records{version->adopted})
        .add(version == nullptr ? CellValue() : CellValue(std::int64_t{version->version}))
        .add(version == nullptr ? CellValue() : CellValue(version->effective));
  }
  ReportBuilder out(context);
  out.fact("date", "日期", context.date()).table(table);
  return out.take();
}

Result<Report> view_log_head(const ViewContext& context) {
  const AsOf& as_of = context.moment().as_of;
  ReportBuilder out(context);
  out.fact("size", "记录数", static_cast<std::int64_t>(as_of.tree_size))
      .fact("root", "树根", cell_text(crypto::hex_encode(as_of.root.view())))
      .fact("origin", "来源", cell_text(as_of.origin))
      .fact("last_recorded_at", "最后登记时间", as_of.last_recorded_at);
  return out.take();
}

}  // namespace juanzong
