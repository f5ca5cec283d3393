// SPDX-License-Identifier: Apache-2.0
// R12, visit quotas (访问统计): how many customers each assistant and each department called on in
// a month, how, what they said, and what became of what they raised.
#include "events/procedures/case_machine.h"
#include "events/procedures/customer_visits/customer_visits.h"
#include "events/procedures/customer_visits/customer_visits_generated.h"
#include "events/procedures/parties.h"
#include "events/procedures/policy.h"

#include "projections/views/shares.h"
#include "projections/views/views.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace juanzong {
namespace {

constexpr std::uint8_t followed_up_stage = 2;

struct Visit {
  std::string id;
  RecordIndex index{};
  bool followed_up = false;
  std::string customer;
  std::string visitor;
  bool by_assistant = false;
  std::uint8_t mode = 0;
  std::uint8_t satisfaction = 0;
  std::size_t opinions = 0;
};

CellCode mode_label(std::uint8_t mode) {
  constexpr std::array<std::string_view, 6> zh{
      "未注明", "上门", "电话", "公共场所", "客户办公室", "座谈会"};
  return {body::EnumNameCustomerVisitMode(static_cast<body::CustomerVisitMode>(mode)),
          std::string(zh[std::min<std::size_t>(mode, zh.size() - 1)])};
}

CellCode satisfaction_label(std::uint8_t answer) {
  constexpr std::array<std::string_view, 4> zh{"未注明", "满意", "基本满意", "不满意"};
  return {body::EnumNameCustomerSatisfaction(static_cast<body::CustomerSatisfaction>(answer)),
          std::string(zh[std::min<std::size_t>(answer, zh.size() - 1)])};
}

Visit visit_of(const StoredRecord& stored, const CaseFileState& file) {
  const auto& body =
      *flatbuffers::GetRoot<body::CustomerVisited>(stored.view.statement.body.data());
  Visit visit;
  visit.index = file.opened;
  visit.followed_up = file.stage == followed_up_stage;
  visit.customer = view_of(body.customer());
  visit.visitor = view_of(body.visitor());
  visit.by_assistant = view_of(body.visitor_role()) == code_of(Role::csa);
  visit.mode = static_cast<std::uint8_t>(body.mode());
  visit.satisfaction = static_cast<std::uint8_t>(body.satisfaction());
  visit.opinions = body.opinions() == nullptr ? 0 : body.opinions()->size();
  return visit;
}

bool is_in(const StoredRecord& stored, CivilMonth month) {
  const auto& body =
      *flatbuffers::GetRoot<body::CustomerVisited>(stored.view.statement.body.data());
  return month_of(*date_of(body.visited_on())) == month;
}

Result<std::vector<Visit>> visits_of(const ViewContext& context, CivilMonth month) {
  const std::string prefix = std::string(customer_visit_stream) + ":";
  const std::vector<std::string> streams = context.state_keys(StateKind::case_file, prefix);
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  std::vector<Visit> visits;
  for (const std::string& stream : streams) {
    const auto* file = (*world)->find<CaseFileState>(stream);
    if (file == nullptr || file->stage == 0) {
      continue;
    }
    const Result<StoredRecord> stored = context.record(file->opened);
    if (!stored) {
      return fail(stored.error());
    }
    if (is_in(*stored, month)) {
      visits.push_back(visit_of(*stored, *file));
      visits.back().id = stream.substr(prefix.size());
    }
  }
  return visits;
}

// Persons count once (PROPOSED: 访问客户不少于10人).
struct Called {
  std::set<std::string> customers;
  Records records;
};
using Groups = std::map<std::string, Called>;

void count(Groups& groups, const std::string& who, const Visit& visit) {
  Called& called = groups[who];
  called.customers.insert(visit.customer);
  called.records.push_back(visit.index);
}

ReportTable quota_table(TableBuilder table, const Groups& groups, std::int64_t quota) {
  for (const auto& [who, called] : groups) {
    const auto customers = static_cast<std::int64_t>(called.customers.size());
    table.row()
        .add(cell_text(who))
        .add(customers, called.records)
        .add(cell_count(called.records.size()))
        .add(quota)
        .add(customers >= quota);
  }
  return table.take();
}

std::vector<ReportColumn> quota_columns(std::string_view key, std::string_view zh) {
  return {{std::string(key), std::string(zh)},
          {"customers", "访问客户(人)"},
          {"visits", "访问次数"},
          {"quota", "定额"},
          {"met", "达标"}};
}

// Everybody who has the duty stands in the table, also who called on nobody.
void enter_bound(const ViewContext& context, Groups& assistants, Groups& departments) {
  for (const std::string& id : context.state_keys(StateKind::staff)) {
    const auto staff = context.newest().get<StaffState>(id);
    if (staff.registered && staff.roles.has(Role::csa)) {
      assistants[id];
    }
    if (staff.registered && staff.roles.has(Role::csm)) {
      departments[staff.department];
    }
  }
}

ReportTable mix(std::string_view name,
                std::string_view zh,
                ReportColumn column,
                const std::vector<Visit>& visits,
                std::uint8_t Visit::*of,
                CellCode (*label)(std::uint8_t)) {
  std::map<std::uint8_t, Records> found;
  for (const Visit& visit : visits) {
    found[visit.*of].push_back(visit.index);
  }
  TableBuilder table(
      name, zh, {std::move(column), {"visits", "次数"}, {"share_bp", "占比(万分比)"}});
  for (const auto& [value, records] : found) {
    table.row()
        .add(label(value))
        .add(cell_count(records.size()), records)
        .add(cell_share_bp(records.size(), visits.size()));
  }
  return table.take();
}

ReportTable opinions(const std::vector<Visit>& visits) {
  TableBuilder table("opinions",
                     "客户意见跟进",
                     {{"visit_id", "访问编号"}, {"opinions", "意见数"}, {"followed_up", "已转办"}});
  for (const Visit& visit : visits) {
    if (visit.opinions > 0) {
      table.row()
          .add(cell_text(visit.id), {visit.index})
          .add(cell_count(visit.opinions))
          .add(visit.followed_up);
    }
  }
  return table.take();
}

}  // namespace

Result<Report> view_visit_quotas(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  if (!month) {
    return fail(month.error());
  }
  const Result<std::vector<Visit>> visits = visits_of(context, *month);
  if (!visits) {
    return fail(visits.error());
  }
  Groups assistants;
  Groups departments;
  enter_bound(context, assistants, departments);
  for (const Visit& visit : *visits) {
    const std::string department = context.newest().get<StaffState>(visit.visitor).department;
    count(visit.by_assistant ? assistants : departments,
          visit.by_assistant ? visit.visitor : department,
          visit);
  }
  const auto quota_of = [&context, &month](std::string_view key, std::int64_t fallback) {
    return policy_number(context.newest(), key, first_day(*month)).value_or(fallback);
  };
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("visits", "访问次数", cell_count(visits->size()))
      .table(quota_table({"assistants", "客户助理", quota_columns("staff", "客户助理")},
                         assistants,
                         quota_of("visit.csa_month", 20)))
      .table(quota_table({"departments", "部门", quota_columns("department", "部门")},
                         departments,
                         quota_of("visit.dept_month", 10)))
      .table(mix("modes", "访问方式", {"mode", "方式"}, *visits, &Visit::mode, mode_label))
      .table(mix("satisfaction",
                 "满意度",
                 {"answer", "满意度"},
                 *visits,
                 &Visit::satisfaction,
                 satisfaction_label))
      .table(opinions(*visits));
  return out.take();
}

}  // namespace juanzong
