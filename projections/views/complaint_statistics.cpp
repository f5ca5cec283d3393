// SPDX-License-Identifier: Apache-2.0
// R7, complaint statistics (投诉统计): of a month, by week, class and department; events with many
// complainants, what is not solved after a week, causes, and the return visits.
#include "events/procedures/policy.h"

#include "projections/views/complaint_figures.h"
#include "projections/views/complaint_labels.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>
#include <set>

namespace juanzong {
namespace {

using Complaints = std::vector<ListedComplaint>;

struct Labelled {
  CellValue label;
  ComplaintSum sum;
};

// Rows in the order of their keys.
ReportTable grouped(TableBuilder table, const std::map<std::string, Labelled>& groups) {
  for (const auto& [key, group] : groups) {
    table.row().add(group.label);
    group.sum.add_cells(table);
  }
  return table.take();
}

template <class KeyOf>
ReportTable table_by(std::string_view name,
                     std::string_view zh,
                     ReportColumn column,
                     const Complaints& complaints,
                     KeyOf key_of) {
  std::map<std::string, Labelled> groups;
  for (const ListedComplaint& each : complaints) {
    const auto [key, label] = key_of(each);
    Labelled& group = groups[key];
    group.label = label;
    group.sum.add(each);
  }
  return grouped({name, zh, complaint_columns(column.key, column.zh)}, groups);
}

ReportTable by_class(const Complaints& complaints) {
  return table_by("classes", "按性质", {"class", "性质"}, complaints, [](const auto& each) {
    const CellCode label = class_label(each.state);
    // The most serious first, what is not judged last.
    const int order = each.state.severity == ComplaintSeverity::none
                          ? 4 + (label.code == "UNJUDGED" ? 1 : 0)
                          : static_cast<int>(each.state.severity);
    return std::pair(std::to_string(order), CellValue(label));
  });
}

ReportTable by_department(const Complaints& complaints) {
  return table_by(
      "departments", "按部门", {"department", "被投诉部门"}, complaints, [](const auto& each) {
        return std::pair(each.state.accused_department, cell_text(each.state.accused_department));
      });
}

// Whole weeks, Monday to Sunday, that begin in the month.
ReportTable by_week(const Complaints& all, CivilMonth month) {
  Complaints of_weeks;
  std::ranges::copy_if(all, std::back_inserter(of_weeks), [month](const ListedComplaint& each) {
    return month_of(week_of(each.received_on)) == month;
  });
  return table_by("weeks", "按周", {"week", "周一"}, of_weeks, [](const auto& each) {
    const CivilDate monday = week_of(each.received_on);
    return std::pair(to_text(monday), CellValue(monday));
  });
}

struct Incident {
  Records records;
  std::set<std::string> customers;
  std::size_t major = 0;
};

// A complaint without a known customer is one of somebody else.
ReportTable many_complainants(const Complaints& complaints, std::int64_t least) {
  std::map<std::string, Incident> incidents;
  for (const ListedComplaint& each : complaints) {
    Incident& incident = incidents[each.state.incident];
    incident.records.push_back(each.opened);
    incident.customers.insert(each.state.customer.empty() ? each.id : each.state.customer);
    incident.major += each.state.severity == ComplaintSeverity::major ? 1 : 0;
  }
  TableBuilder table("incidents",
                     "同一事件多人投诉",
                     {{"incident", "事件"},
                      {"complaints", "投诉"},
                      {"customers", "投诉人"},
                      {"major", "已列为重大"}});
  for (const auto& [name, incident] : incidents) {
    if (static_cast<std::int64_t>(incident.customers.size()) >= least) {
      table.row()
          .add(cell_text(name))
          .add(cell_count(incident.records.size()), incident.records)
          .add(cell_count(incident.customers.size()))
          .add(cell_count(incident.major));
    }
  }
  return table.take();
}

ReportTable unsolved(const Complaints& all, UnixMicros at, std::int64_t days) {
  TableBuilder table("unsolved",
                     "逾期未解决的有效投诉",
                     {{"complaint_id", "投诉编号"},
                      {"unit", "房屋"},
                      {"class", "性质"},
                      {"received_at", "受理时间"},
                      {"days", "天数"}});
  for (const ListedComplaint& each : all) {
    const std::int64_t age = (at.value - each.state.counts_from.value) / micros_per_day;
    if (each.state.validity == ComplaintValidity::valid && age >= days &&
        each.stage < ComplaintStage::handled) {
      table.row()
          .add(cell_text(each.id), {each.opened})
          .add(cell_text(each.unit))
          .add(class_label(each.state))
          .add(each.state.received_at)
          .add(age);
    }
  }
  return table.take();
}

ReportTable major_ones(const Complaints& complaints) {
  TableBuilder table(
      "major",
      "重大投诉",
      {{"complaint_id", "投诉编号"}, {"department", "被投诉部门"}, {"grounds", "理由"}});
  for (const ListedComplaint& each : complaints) {
    if (each.state.severity != ComplaintSeverity::major) {
      continue;
    }
    std::string grounds;
    for (const std::uint8_t ground : each.state.grounds) {
      grounds.append(grounds.empty() ? "" : "、").append(complaint_ground_label(ground).zh);
    }
    table.row()
        .add(cell_text(each.id), records_of(each.state.became_major))
        .add(cell_text(each.state.accused_department))
        .add(cell_text(grounds));
  }
  return table.take();
}

// The most frequent first.
ReportTable causes(const Complaints& complaints) {
  std::map<std::string, Records> found;
  for (const ListedComplaint& each : complaints) {
    if (!each.state.cause.empty()) {
      found[each.state.cause].push_back(each.opened);
    }
  }
  std::vector<std::pair<std::string, Records>> ordered(found.begin(), found.end());
  std::ranges::stable_sort(
      ordered, std::greater<>(), [](const auto& each) { return each.second.size(); });
  TableBuilder table("causes", "主要原因", {{"cause", "原因"}, {"count", "件数"}});
  for (const auto& [cause, records] : ordered) {
    table.row().add(cell_text(cause)).add(cell_count(records.size()), records);
  }
  return table.take();
}

// By level: all visits of the month's complaints, whenever they were.
ReportTable visits(const Complaints& complaints) {
  std::map<std::uint8_t, std::pair<Records, std::size_t>> levels;
  for (const ListedComplaint& each : complaints) {
    for (const ReturnVisit& visit : each.visits.visits) {
      levels[visit.level].first.push_back(visit.index);
      levels[visit.level].second += visit.satisfied ? 1 : 0;
    }
  }
  TableBuilder table("visits",
                     "回访",
                     {{"level", "级别"}, {"visits", "次数"}, {"satisfied_bp", "满意率(万分比)"}});
  for (const auto& [level, found] : levels) {
    table.row()
        .add(visit_level_label(level))
        .add(cell_count(found.first.size()), found.first)
        .add(cell_share_bp(found.second, found.first.size()));
  }
  return table.take();
}

CellValue per_hundred_units(const ViewContext& context, std::size_t complaints) {
  return cell_share_bp(complaints, context.keys_with_stream(StateKind::unit, "unit:").size());
}

}  // namespace

Result<Report> view_complaint_statistics(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  const Result<Complaints> all = month ? complaints_of(context) : Result<Complaints>(Complaints{});
  if (!month || !all) {
    return fail(month ? all.error() : month.error());
  }
  const auto number_of = [&context](std::string_view key, std::int64_t fallback) {
    return policy_number(context.newest(), key, context.date()).value_or(fallback);
  };
  Complaints received;
  std::ranges::copy_if(*all, std::back_inserter(received), [&month](const ListedComplaint& each) {
    return month_of(each.received_on) == *month;
  });
  TableBuilder total("total", "本月合计", complaint_columns("month", "月份"));
  ComplaintSum sum;
  std::ranges::for_each(received, [&sum](const ListedComplaint& each) { sum.add(each); });
  total.row().add(cell_text(to_text(*month)));
  sum.add_cells(total);
  const UnixMicros end_of_day = context.zone().start_of(add_days(context.date(), 1));
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("received", "受理", cell_count(sum.received()))
      .fact("per_100_units_hundredths",
            "每百户投诉(百分之一件)",
            per_hundred_units(context, sum.received()))
      .table(total)
      .table(by_class(received))
      .table(by_department(received))
      .table(by_week(*all, *month))
      .table(many_complainants(received, number_of("complaint.major_group_size", 5)))
      .table(unsolved(*all, end_of_day, number_of("complaint.escalate_unsolved_d", 7)))
      .table(major_ones(received))
      .table(causes(received))
      .table(visits(received));
  return out.take();
}

}  // namespace juanzong
