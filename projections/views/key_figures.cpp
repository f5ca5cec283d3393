// SPDX-License-Identifier: Apache-2.0
#include "projections/views/key_figures.h"

#include "events/procedures/handovers.h"

#include "projections/views/labels.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::string_view keeper_roles = "CSM PM KEY CL AUD";

bool holds_one(RoleSet roles, std::string_view codes) {
  return roles.intersects(roles_from_codes(codes).value_or(RoleSet{}));
}

bool sees_place(const ViewContext& context) {
  return holds_one(context.source().roles, keeper_roles);
}

// The moment by which something is late: the newest record, within the business date.
UnixMicros moment_of(const ViewContext& context) {
  return std::clamp(context.moment().as_of.last_recorded_at,
                    context.zone().start_of(context.date()),
                    context.zone().start_of(add_days(context.date(), 1)));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text.append(text.empty() ? "" : " ").append(word);
  }
  return text;
}

void add_hand_out(TableBuilder& table, const std::optional<KeyHandOut>& hand_out) {
  if (!hand_out) {
    table.add({}).add({}).add({});
    return;
  }
  table.add(hand_out->on, {hand_out->index})
      .add(cell_text(hand_out->to))
      .add(id_check_label(hand_out->id_checked));
}

void add_loan(TableBuilder& table, const KeyFigures& figures) {
  const auto& loan = figures.key.loan;
  if (!loan) {
    table.add({}).add({}).add(false);
    return;
  }
  table.add(cell_text(loan->purpose), {loan->index}).add(loan->due).add(figures.overdue);
}

void add_viewings(TableBuilder& table, const KeyViewings& viewings) {
  table.add(std::int64_t{viewings.count});
  if (viewings.count == 0) {
    table.add({});
  } else {
    table.add(viewings.last_until, {viewings.last});
  }
}

void add_loss(TableBuilder& table, const KeyState& key) {
  if (key.loss) {
    table.add(key.loss->on, {key.loss->index}).add(label_of(key.loss->from));
  } else {
    table.add({}).add({});
  }
}

void add_for_keepers(TableBuilder& table, const KeyState& key) {
  Fen assessed;
  Records records;
  for (const KeyCompensation& each : key.compensations) {
    assessed += each.amount;
    records.push_back(each.index);
  }
  table.add(cell_text(key.cabinet), records_of(key.registered))
      .add(key.loss ? cell_text(joined(key.loss->liable)) : CellValue())
      .add(assessed, std::move(records));
}

}  // namespace

bool may_see_keys(RoleSet roles) {
  return holds_one(roles, key_roles);
}

bool KeyFigures::has_one_holder() const {
  switch (key.stage) {
    case KeyStage::none:
      return false;
    case KeyStage::unregistered:
    case KeyStage::in_custody:
      return key.holder.empty();
    case KeyStage::lost:
      return true;
    default:
      return !key.holder.empty();
  }
}

Result<std::optional<KeyFigures>> key_figures(const ViewContext& context, std::string_view key_no) {
  // The unit of a key never changes.
  const auto newest = context.newest().get<KeyState>(key_no);
  if (newest.stage == KeyStage::none) {
    return std::optional<KeyFigures>();
  }
  const Result<const World*> world = context.unit_world(newest.unit);
  if (!world) {
    return fail(world.error());
  }
  const auto* key = (*world)->find<KeyState>(key_no);
  if (key == nullptr || key->stage == KeyStage::none) {
    return std::optional<KeyFigures>();
  }
  KeyFigures figures{*key, key->loan && key->loan->due < moment_of(context), {}};
  const auto handover = (*world)->get<HandoverState>(key->unit);
  std::ranges::copy_if(
      key->defects, std::back_inserter(figures.unmended), [&handover](const std::string& id) {
        const auto defect = handover.defects.find(id);
        return defect != handover.defects.end() && !defect->second.rectified_on;
      });
  return std::optional<KeyFigures>(std::move(figures));
}

std::vector<ReportColumn> key_columns(const ViewContext& context) {
  std::vector<ReportColumn> columns{{"key_no", "钥匙编号"},
                                    {"unit", "房屋"},
                                    {"origin", "来源"},
                                    {"copies", "把数"},
                                    {"registered_on", "登记日期"},
                                    {"state", "状态"},
                                    {"holder", "持有人"},
                                    {"since", "起始时间"},
                                    {"purpose", "用途"},
                                    {"due", "应还时间"},
                                    {"overdue", "逾期"},
                                    {"entruster", "托管人"},
                                    {"open_defects", "未整改项目"},
                                    {"handed_out_on", "领取日期"},
                                    {"handed_out_to", "领取人"},
                                    {"id_checked", "身份核实"},
                                    {"viewings", "陪同看房次数"},
                                    {"last_viewing", "最近看房"},
                                    {"lost_on", "丢失登记"},
                                    {"lost_from", "丢失前状态"}};
  if (sees_place(context)) {
    columns.insert(columns.end(),
                   {{"cabinet", "存放位置"}, {"liable", "责任人"}, {"compensation_fen", "赔偿"}});
  }
  return columns;
}

void add_key_row(TableBuilder& table,
                 const ViewContext& context,
                 std::string_view key_no,
                 const KeyFigures& figures) {
  const KeyState& key = figures.key;
  table.row()
      .add(cell_text(key_no), {key.received})
      .add(cell_text(key.unit))
      .add(label_of(key.origin))
      .add(std::int64_t{key.copies})
      .add(cell_maybe(key.registered_on), records_of(key.registered))
      .add(label_of(key.stage), {key.moved})
      .add(cell_text(key.holder))
      .add(key.moved_at);
  add_loan(table, figures);
  table.add(cell_text(key.entruster)).add(cell_text(joined(figures.unmended)));
  add_hand_out(table, key.hand_out);
  add_viewings(table, key.viewings);
  add_loss(table, key);
  if (sees_place(context)) {
    add_for_keepers(table, key);
  }
}

}  // namespace juanzong
