// SPDX-License-Identifier: Apache-2.0
// The sums of departments as tables.
#include "projections/views/department_figures.h"
#include "projections/views/shares.h"

#include <algorithm>

namespace juanzong {
namespace {

struct FigureColumn {
  DepartmentFigure figure;
  std::string_view key;
  std::string_view zh;
};

constexpr std::array<FigureColumn, department_figure_count> figure_columns{{
    {DepartmentFigure::requests, "requests", "需求受理"},
    {DepartmentFigure::requests_replied, "requests_replied", "已回复"},
    {DepartmentFigure::requests_in_time, "requests_in_time", "按时回复"},
    {DepartmentFigure::complaints_major, "complaints_major", "重大投诉"},
    {DepartmentFigure::complaints_important, "complaints_important", "重要投诉"},
    {DepartmentFigure::complaints_minor, "complaints_minor", "轻微投诉"},
    {DepartmentFigure::complaints_other, "complaints_other", "未界定或无效投诉"},
    {DepartmentFigure::visits_owed, "visits_owed", "应回访"},
    {DepartmentFigure::visits_paid, "visits_paid", "已回访"},
    {DepartmentFigure::return_visits, "return_visits", "回访次数"},
    {DepartmentFigure::repairs, "repairs", "报修"},
    {DepartmentFigure::repairs_completed, "repairs_completed", "维修完成"},
    {DepartmentFigure::customer_visits, "customer_visits", "访问客户"},
    {DepartmentFigure::patrols, "patrols", "巡视"},
}};

void add_columns(std::vector<ReportColumn>& columns) {
  for (const FigureColumn& column : figure_columns) {
    columns.push_back({std::string(column.key), std::string(column.zh)});
  }
}

void add_cells(TableBuilder& table, const DepartmentSums::Figures& figures) {
  for (const FigureColumn& column : figure_columns) {
    const Records& records = figures[static_cast<std::size_t>(column.figure)];
    table.add(cell_count(records.size()), records);
  }
}

}  // namespace

void DepartmentSums::add(DepartmentFigure figure,
                         const std::string& department,
                         CivilDate day,
                         RecordIndex record) {
  const auto slot = static_cast<std::size_t>(figure);
  departments_[department][slot].push_back(record);
  days_[{day, department}][slot].push_back(record);
}

ReportTable DepartmentSums::weekly() const {
  std::vector<ReportColumn> columns{{"department", "部门"}};
  add_columns(columns);
  columns.push_back({"visited_bp", "回访率(万分比)"});
  columns.push_back({"open", "未结事项"});
  std::map<std::string, Figures> rows = departments_;
  for (const OpenItem& item : open_) {
    rows[item.department];  // also where nothing happened in the week
  }
  TableBuilder table("departments", "部门周汇报", std::move(columns));
  for (const auto& [department, figures] : rows) {
    const auto size_of = [&figures = figures](DepartmentFigure figure) {
      return figures[static_cast<std::size_t>(figure)].size();
    };
    table.row().add(cell_text(department));
    add_cells(table, figures);
    table
        .add(cell_share_bp(size_of(DepartmentFigure::visits_paid),
                           size_of(DepartmentFigure::visits_owed)))
        .add(std::int64_t{std::ranges::count(open_, department, &OpenItem::department)});
  }
  return table.take();
}

ReportTable DepartmentSums::daily() const {
  std::vector<ReportColumn> columns{{"date", "日期"}, {"department", "部门"}};
  add_columns(columns);
  TableBuilder table("days", "部门日汇报", std::move(columns));
  for (const auto& [key, figures] : days_) {
    table.row().add(key.first).add(cell_text(key.second));
    add_cells(table, figures);
  }
  return table.take();
}

ReportTable DepartmentSums::open() const {
  TableBuilder table("open",
                     "未结事项",
                     {{"department", "部门"},
                      {"kind", "种类"},
                      {"case", "编号"},
                      {"since", "日期"},
                      {"stage", "状态"}});
  for (const OpenItem& item : open_) {
    table.row()
        .add(cell_text(item.department))
        .add(item.kind)
        .add(cell_text(item.case_id), {item.record})
        .add(item.since)
        .add(item.stage);
  }
  return table.take();
}

}  // namespace juanzong
