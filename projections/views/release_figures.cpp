// SPDX-License-Identifier: Apache-2.0
#include "projections/views/release_figures.h"

#include "events/procedures/goods_release/goods_release_generated.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 6> stages_zh{
    "无", "已申报", "不予放行", "已开条", "已停用", "已放行"};
constexpr std::array<std::string_view, 10> relations_zh{
    "未注明", "业主", "租户", "子女", "亲属", "保姆", "家政", "劳务工", "公司职员", "其他"};
constexpr std::array<std::string_view, 3> natures_zh{"未注明", "搬家迁出", "临时携带"};
constexpr std::array<std::string_view, 6> reasons_zh{
    "未注明", "欠费", "未获同意", "联系不上业主", "身份未核实", "其他"};
constexpr std::array<std::string_view, 8> categories_zh{
    "未注明", "家具", "办公桌", "电脑", "电器", "纸箱", "大件包裹和袋子", "其他大件"};

template <std::size_t N>
CellCode label(std::string_view code,
               const std::array<std::string_view, N>& names,
               std::size_t number) {
  return {std::string(code), std::string(names[std::min(number, N - 1)])};
}

CellCode stage_label(ReleaseStage stage) {
  return label(name_of(stage), stages_zh, static_cast<std::size_t>(stage));
}

CellCode relation_label(std::uint8_t relation) {
  return label(body::EnumNameCarrierRelation(static_cast<body::CarrierRelation>(relation)),
               relations_zh,
               relation);
}

CellCode nature_label(std::uint8_t nature) {
  return label(
      body::EnumNameReleaseNature(static_cast<body::ReleaseNature>(nature)), natures_zh, nature);
}

void add_word(TableBuilder& table, const std::optional<ReleaseWord>& word) {
  if (word) {
    table.add(word->consents, {word->index}).add(word->called_at);
  } else {
    table.add({}).add({});
  }
}

void add_slip(TableBuilder& table, const std::optional<IssuedSlip>& issued) {
  if (!issued) {
    table.add({}).add({}).add({}).add({}).add({});
    return;
  }
  table.add(cell_text(issued->slip_no), {issued->index})
      .add(issued->on)
      .add(cell_count(issued->items.size()))
      .add(issued->by_phone)
      .add(issued->clearance ? CellValue(true) : CellValue(), records_of(issued->clearance));
}

void add_gate(TableBuilder& table, const std::optional<GateRelease>& gate) {
  if (gate) {
    table.add(cell_text(gate->gate), {gate->index}).add(gate->at);
  } else {
    table.add({}).add({});
  }
}

Records records_of_refusals(const ReleaseSlipState& slip) {
  Records records;
  std::ranges::transform(slip.refusals, std::back_inserter(records), &ReleaseRefusal::index);
  return records;
}

}  // namespace

bool may_see_releases(RoleSet roles) {
  return roles.intersects(roles_from_codes(release_roles).value_or(RoleSet{}));
}

Result<std::optional<ReleaseSlipState>> release_slip(const ViewContext& context,
                                                     std::string_view slip_id) {
  // The unit of a slip never changes.
  const auto newest = context.newest().get<ReleaseSlipState>(slip_id);
  if (!newest.exists()) {
    return std::optional<ReleaseSlipState>();
  }
  const Result<const World*> world = context.unit_world(newest.unit);
  if (!world) {
    return fail(world.error());
  }
  const auto* slip = (*world)->find<ReleaseSlipState>(slip_id);
  return slip == nullptr ? std::optional<ReleaseSlipState>()
                         : std::optional<ReleaseSlipState>(*slip);
}

std::vector<ReportColumn> release_columns() {
  return {{"slip_id", "申报编号"},
          {"unit", "房屋"},
          {"carrier", "携带人"},
          {"relation", "与业主关系"},
          {"party", "物品所属"},
          {"nature", "出门性质"},
          {"state", "状态"},
          {"requested_on", "申报日期"},
          {"owner_agreed", "业主意见"},
          {"owner_called_at", "业主去电时间"},
          {"company_agreed", "公司意见"},
          {"company_called_at", "公司去电时间"},
          {"failed_calls", "未接通次数"},
          {"refusals", "不予放行次数"},
          {"slip_no", "放行条编号"},
          {"issued_on", "开具日期"},
          {"items", "物品数"},
          {"by_phone", "电话代签"},
          {"cleared", "费用已清"},
          {"gate", "门岗"},
          {"released_at", "放行时间"},
          {"filed", "已存档"}};
}

void add_release_row(TableBuilder& table, std::string_view slip_id, const ReleaseSlipState& slip) {
  table.row()
      .add(cell_text(slip_id), {slip.requested})
      .add(cell_text(slip.unit))
      .add(cell_text(slip.carrier))
      .add(relation_label(slip.relation))
      .add(cell_text(slip.party))
      .add(nature_label(slip.nature))
      .add(stage_label(slip.stage()))
      .add(slip.requested_on);
  add_word(table, slip.owner_word);
  add_word(table, slip.company_word);
  table
      .add(slip.failed_calls ? slip.failed_calls->attempts : std::int64_t{0},
           slip.failed_calls ? Records{slip.failed_calls->index} : Records{})
      .add(cell_count(slip.refusals.size()), records_of_refusals(slip));
  add_slip(table, slip.issued);
  add_gate(table, slip.gate);
  table.add(slip.filed.has_value(), records_of(slip.filed));
}

bool is_temporary(const ReleaseSlipState& slip) {
  return static_cast<body::ReleaseNature>(slip.nature) == body::ReleaseNature::TEMPORARY;
}

CellCode refusal_reason_label(std::uint8_t reason) {
  return label(body::EnumNameReleaseRefusalReason(static_cast<body::ReleaseRefusalReason>(reason)),
               reasons_zh,
               reason);
}

CellCode goods_category_label(std::uint8_t category) {
  return label(body::EnumNameGoodsCategory(static_cast<body::GoodsCategory>(category)),
               categories_zh,
               category);
}

}  // namespace juanzong
