// SPDX-License-Identifier: Apache-2.0
#include "projections/views/department_figures.h"

#include "events/procedures/case_machine.h"
#include "events/procedures/customer_visits/customer_visits.h"
#include "events/procedures/customer_visits/customer_visits_generated.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/parties.h"
#include "events/procedures/patrols/patrols_generated.h"

#include "projections/views/case_content.h"
#include "projections/views/complaint_figures.h"
#include "projections/views/repair_figures.h"

#include <set>

namespace juanzong {
namespace {

using enum DepartmentFigure;

constexpr std::string_view request_prefix = "request:";
constexpr std::string_view reply_limit = "D-REQ-2";

std::string department_of(const ViewContext& context, std::string_view staff) {
  return context.newest().get<StaffState>(staff).department;
}

// Of whoever appended the record.
Result<std::string> appending_department(const ViewContext& context, RecordIndex index) {
  const Result<StoredRecord> stored = context.record(index);
  return stored ? Result<std::string>(
                      department_of(context, context.actor_of(stored->view.header.key_id)))
                : fail(stored.error());
}

DepartmentFigure figure_of(const ComplaintState& complaint) {
  switch (complaint.severity) {
    case ComplaintSeverity::major:
      return complaints_major;
    case ComplaintSeverity::important:
      return complaints_important;
    case ComplaintSeverity::minor:
      return complaints_minor;
    default:
      return complaints_other;
  }
}

class Collector {
 public:
  Collector(const ViewContext& context, const Week& week) : context_(context), week_(week) {}

  Outcome run() {
    for (const auto collect : {&Collector::requests,
                               &Collector::complaints,
                               &Collector::repairs,
                               &Collector::return_visits,
                               &Collector::customer_visits,
                               &Collector::building_patrols,
                               &Collector::security_patrols}) {
      if (const Outcome collected = (this->*collect)(); !collected) {
        return collected;
      }
    }
    return Done{};
  }
  [[nodiscard]] DepartmentSums take() { return std::move(sums_); }

 private:
  [[nodiscard]] CivilDate day_of(UnixMicros at) const { return context_.zone().date_of(at); }

  void count(DepartmentFigure figure,
             const std::string& department,
             CivilDate day,
             RecordIndex record) {
    if (week_.holds(day)) {
      sums_.add(figure, department, day, record);
    }
  }

  // The machine of this prefix whoever asks: the table of views judged the roles.
  [[nodiscard]] const CaseMachine* machine_of(std::string_view prefix) const {
    for (const Procedure* procedure : context_.source().catalogue.procedures()) {
      for (const CaseMachine& machine : procedure->cases) {
        if (machine.stream == prefix) {
          return &machine;
        }
      }
    }
    return nullptr;
  }

  // A request counts for the department of who received it.
  Outcome requests() {
    const auto streams = context_.state_keys(StateKind::case_file, request_prefix);
    const Result<const World*> world = context_.world_of(streams);
    if (!world) {
      return fail(world.error());
    }
    const CaseMachine* machine = machine_of("request");
    const CatalogueEntry* reply = context_.source().catalogue.find("RequestReplied");
    for (const std::string& stream : streams) {
      const auto file = (*world)->get<CaseFileState>(stream);
      if (file.stage == 0) {
        continue;
      }
      const Result<std::string> department = appending_department(context_, file.opened);
      if (!department) {
        return fail(department.error());
      }
      const CivilDate day = day_of(file.opened_at);
      const CaseMark* replied = find_mark(file, reply->descriptor.type);
      count(DepartmentFigure::requests, *department, day, file.opened);
      if (replied == nullptr) {
        sums_.add_open({*department,
                        {"REQUEST", "需求、建议"},
                        stream.substr(request_prefix.size()),
                        day,
                        stage_label(*machine, file.stage),
                        file.opened});
        continue;
      }
      count(requests_replied, *department, day, replied->index);
      const auto limit = (*world)->get<ObligationState>(obligation_key(reply_limit, stream));
      if (limit.end == ObligationEnd::met) {
        count(requests_in_time, *department, day, replied->index);
      }
    }
    return Done{};
  }

  // A complaint counts for the department that it is about.
  Outcome complaints() {
    const Result<std::vector<ListedComplaint>> all = complaints_of(context_);
    if (!all) {
      return fail(all.error());
    }
    const CaseMachine* machine = machine_of(complaint_stream);
    for (const ListedComplaint& each : *all) {
      const std::string& department = each.state.accused_department;
      count(figure_of(each.state), department, each.received_on, each.opened);
      if (each.state.handled_at) {
        const CivilDate handled = day_of(*each.state.handled_at);
        count(visits_owed, department, handled, each.opened);
        if (each.state.visit_satisfied) {
          count(visits_paid, department, handled, each.opened);
        }
      }
      if (each.stage != ComplaintStage::closed) {
        sums_.add_open({department,
                        {"COMPLAINT", "投诉"},
                        each.id,
                        each.received_on,
                        stage_label(*machine, static_cast<std::uint8_t>(each.stage)),
                        each.opened});
      }
    }
    return Done{};
  }

  // A repair counts for the department of its engineer; for none before one took it.
  Outcome repairs() {
    const Result<std::vector<ListedRepair>> all = repairs_of(context_);
    if (!all) {
      return fail(all.error());
    }
    for (const ListedRepair& each : *all) {
      const std::string department = department_of(context_, each.state.engineer);
      count(DepartmentFigure::repairs, department, each.reported_on, each.opened);
      if (each.state.completed_at) {
        const CivilDate completed = day_of(*each.state.completed_at);
        count(repairs_completed, department, completed, each.opened);
        count(visits_owed, department, completed, each.opened);
        if (each.state.visited_at) {
          count(visits_paid, department, completed, each.opened);
        }
      }
      if (is_out(each)) {
        sums_.add_open({department,
                        {"REPAIR", "报修"},
                        each.id,
                        each.reported_on,
                        {std::string(code_of(each.stage)), std::string(zh_of(each.stage))},
                        each.opened});
      }
    }
    return Done{};
  }

  // A visit counts for the department of who made it, whatever was visited.
  Outcome return_visits() {
    const auto streams = context_.state_keys(StateKind::return_visit);
    const Result<const World*> world = context_.world_of(streams);
    if (!world) {
      return fail(world.error());
    }
    for (const std::string& stream : streams) {
      for (const ReturnVisit& visit : (*world)->get<ReturnVisitState>(stream).visits) {
        count(DepartmentFigure::return_visits,
              department_of(context_, visit.visitor),
              day_of(visit.at),
              visit.index);
      }
    }
    return Done{};
  }

  Outcome customer_visits() {
    const std::string prefix = std::string(customer_visit_stream) + ":";
    const auto streams = context_.state_keys(StateKind::case_file, prefix);
    for (const std::string& stream : streams) {
      const std::vector<RecordIndex> indexes = context_.stream(stream);
      if (indexes.empty()) {
        continue;
      }
      const Result<StoredRecord> stored = context_.record(indexes.front());
      if (!stored) {
        return fail(stored.error());
      }
      const auto& body =
          *flatbuffers::GetRoot<body::CustomerVisited>(stored->view.statement.body.data());
      count(DepartmentFigure::customer_visits,
            department_of(context_, view_of(body.visitor())),
            *date_of(body.visited_on()),
            indexes.front());
    }
    return Done{};
  }

  // The patrols among the records of a stream, by whoever appended them.
  template <class DayOf>
  Outcome patrols_of(std::string_view stream, std::string_view event, DayOf day_of_record) {
    const CatalogueEntry* wanted = context_.source().catalogue.find(event);
    for (const RecordIndex index : context_.stream(stream)) {
      const Result<StoredRecord> stored = context_.record(index);
      if (!stored) {
        return fail(stored.error());
      }
      if (context_.event_of(stored->view) == wanted) {
        count(patrols,
              department_of(context_, context_.actor_of(stored->view.header.key_id)),
              day_of_record(stored->view),
              index);
      }
    }
    return Done{};
  }

  Outcome building_patrols() {
    return patrols_of("patrols", "BuildingPatrolled", [this](const RecordView& record) {
      const auto& body =
          *flatbuffers::GetRoot<body::BuildingPatrolled>(record.statement.body.data());
      return day_of(*parse_instant(view_of(body.started())));
    });
  }

  Outcome security_patrols() {
    return patrols_of("security", "SecurityPatrolRecorded", [this](const RecordView& record) {
      return day_of(record.statement.occurred_at);
    });
  }

  const ViewContext& context_;
  const Week& week_;
  DepartmentSums sums_;
};

}  // namespace

Result<DepartmentSums> department_sums(const ViewContext& context, const Week& week) {
  Collector collector(context, week);
  if (const Outcome collected = collector.run(); !collected) {
    return fail(collected.error());
  }
  return collector.take();
}

}  // namespace juanzong
