// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue/procedures_document.h"

#include "tools/catalogue/procedure_sources.h"
#include "tools/catalogue/view_subjects.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

namespace juanzong {
namespace {

constexpr std::string_view nothing = "—";

constexpr std::string_view preface = R"(# Procedures 程序

Written by the program from its catalogue; do not edit. After a change of a procedure:

```
juanzong catalogue --markdown --source . > docs/PROCEDURES.md
```

Roles and words are those of the [glossary](glossary.md), policy keys those of
[POLICY.md](POLICY.md), views those of [QUERIES.md](QUERIES.md). Clauses cite the seed documents:
`S0§2.18` is document S0, procedure 2, step 18. *Append* lists who may state an event, *second* of
whom another must sign the same request, *signatures* whose signature the schema demands of the
form (what a rule demands stands with the rule). *Test* is a file of
[tests/events/procedures](../tests/events/procedures) that holds the name in quotes. A rule
refuses; a deadline is monitored and never refuses. A *duty* is a deadline that the calendar begins,
once the project has taken it on by its policy.
)";

std::string code(std::string_view text) {
  return "`" + std::string(text) + "`";
}

// A cell of a table: a bar would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '|' ? "\\|" : std::string(1, c);
  }
  return out.empty() ? std::string(nothing) : out;
}

void add_row(std::string& text, std::initializer_list<std::string> cells) {
  for (const std::string& each : cells) {
    text += "| " + cell(each) + " ";
  }
  text += "|\n";
}

void add_head(std::string& text, std::initializer_list<std::string> titles) {
  text += "\n";
  add_row(text, titles);
  for (std::size_t i = 0; i < titles.size(); ++i) {
    text += "|---";
  }
  text += "|\n";
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : std::string(between) + word;
  }
  return text;
}

std::string roles_text(RoleSet roles) {
  return roles == RoleSet{} ? std::string(nothing) : to_text(roles);
}

// Streams that the fields of a body name, those of its inner tables too.
void collect_streams(const TableShape& table, std::set<std::string>& streams) {
  for (const FieldDescriptor& field : table.fields) {
    if (!field.stream_prefix.empty()) {
      streams.insert(code(field.stream_prefix == "*" ? "*" : field.stream_prefix + ":"));
    }
    if (field.table != nullptr) {
      collect_streams(*field.table, streams);
    }
  }
}

std::string streams_of(const EventDescriptor& event) {
  std::set<std::string> streams;
  if (!event.constant_stream.empty()) {
    streams.insert(code(event.constant_stream));
  }
  collect_streams(*event.body, streams);
  return joined({streams.begin(), streams.end()}, " ");
}

std::string demands_of(const EventDescriptor& event) {
  std::vector<std::string> words;
  for (const SignatureDemand& demand : event.demands) {
    words.push_back(demand.words);
  }
  return joined(words, ", ");
}

// No default: a clock that is new wants its words.
std::string counted(std::int64_t limit, DeadlineClock clock) {
  const std::string count = std::to_string(limit);
  const std::string plural = limit == 1 ? "" : "s";
  switch (clock) {
    case DeadlineClock::minutes:
      return count + " minute" + plural;
    case DeadlineClock::hours:
      return count + " hour" + plural;
    case DeadlineClock::working_days:
      return count + " working day" + plural;
    case DeadlineClock::civil_days:
      return limit == 0 ? "the same day" : count + " civil day" + plural;
  }
  return {};
}

std::string limit_of(const DeadlineRule& rule) {
  const std::string text = counted(rule.limit, rule.clock) +
                           (rule.due_at == nullptr ? "" : " before the moment it states");
  return rule.limit_policy.empty() ? text : text + ", " + code(rule.limit_policy);
}

template <std::size_t count>
std::string names_of(const std::array<std::string_view, count>& events) {
  std::vector<std::string> names;
  for (const std::string_view event : events) {
    if (!event.empty()) {
      names.push_back(code(event));
    }
  }
  return joined(names, " ");
}

std::string_view word_of(Period period) {
  switch (period) {
    case Period::day:
      return "day";
    case Period::week:
      return "week";
    case Period::month:
      return "month";
    case Period::two_months:
      return "two months";
    case Period::quarter:
      return "quarter";
    case Period::half_year:
      return "half year";
    case Period::year:
      return "year";
  }
  return {};
}

std::string due_of(const DutyRule& rule) {
  std::string text = rule.due_on != nullptr ? "a day of it"
                     : rule.due_day == 0    ? "its end"
                                            : "day " + std::to_string(rule.due_day);
  if (!rule.due_day_policy.empty()) {
    text += ", " + code(rule.due_day_policy);
  }
  if (rule.due_in_next) {
    text += " of the next";
  }
  constexpr std::int32_t minutes_of_day = 24 * 60;
  constexpr std::int32_t minutes_of_hour = 60;
  return rule.due_minute == minutes_of_day
             ? text
             : text + ", " + std::to_string(rule.due_minute / minutes_of_hour) + ":00";
}

std::string needed_of(const DutyRule& rule) {
  if (rule.items != nullptr) {
    return "all there are";
  }
  const std::string count = std::to_string(rule.count);
  return rule.count_policy.empty() ? count : code(rule.count_policy);
}

std::string events_of(const DutyRule& rule) {
  std::vector<std::string> names;
  for (const DutyEvent& event : rule.events) {
    if (!event.name.empty()) {
      names.push_back(code(event.name));
    }
  }
  return joined(names, " ");
}

// Stages by their Chinese names; the first is "there is no such case".
std::string stage_names(const CaseMachine& machine, std::uint32_t accepted_in) {
  std::vector<std::string> names;
  for (std::size_t stage = 0; stage < machine.stages.size(); ++stage) {
    if ((accepted_in >> stage & 1U) != 0) {
      names.emplace_back(stage == 0 ? "(无)" : machine.stages[stage].zh);
    }
  }
  return joined(names, "、");
}

std::string stage_after(const CaseMachine& machine, const CaseStep& step) {
  if (step.goes_to != nullptr) {
    return "as the form says 依表单";
  }
  return step.to == CaseStep::stays ? "stays 不变" : std::string(machine.stages[step.to].zh);
}

class Document {
 public:
  explicit Document(const DocumentSources& sources) : sources_(sources) {}

  std::string write() {
    text_ += preface;
    std::vector<const Procedure*> procedures(sources_.catalogue.procedures().begin(),
                                             sources_.catalogue.procedures().end());
    std::ranges::stable_sort(
        procedures, {}, [](const Procedure* each) { return std::pair(each->code, each->name); });
    for (const Procedure* procedure : procedures) {
      add_procedure(*procedure);
    }
    add_without_events();
    return std::move(text_);
  }

 private:
  void add_procedure(const Procedure& procedure) {
    const std::string folder = "events/procedures/" + std::string(procedure.name);
    text_ += "\n## " + std::string(procedure.code) + " " + std::string(procedure.zh) + " " +
             std::string(procedure.en) + "\n\n";
    text_ += "Folder [" + std::string(procedure.name) + "](../" + folder +
             "). Seeds: " + cell(clauses_of(procedure.code)) +
             ". Views: " + cell(views_of(procedure)) + ".\n";
    add_events(procedure);
    add_rules(procedure);
    add_deadlines(procedure);
    add_duties(procedure);
    for (const CaseMachine& machine : procedure.cases) {
      add_machine(machine);
    }
  }

  std::string test_of(const Procedure& procedure, std::string_view name) const {
    return sources_.tests.file_of(name, procedure.name);
  }

  void add_events(const Procedure& procedure) {
    add_head(text_, {"No.", "Event", "中文", "Append", "Second", "Signatures", "Streams", "Test"});
    for (const CatalogueEntry* entry : sources_.catalogue.entries()) {
      const EventDescriptor& event = entry->descriptor;
      if (entry->procedure == &procedure) {
        add_row(text_,
                {std::to_string(number(event.type)),
                 code(event.name),
                 event.zh,
                 roles_text(event.append),
                 roles_text(event.second),
                 demands_of(event),
                 streams_of(event),
                 test_of(procedure, event.name)});
      }
    }
  }

  void add_rules(const Procedure& procedure) {
    if (procedure.rules.empty()) {
      return;
    }
    add_head(text_, {"Rule", "Clause", "中文", "English", "Test"});
    for (const Rule& rule : procedure.rules) {
      add_row(text_,
              {std::string(rule.id),
               std::string(rule.clause),
               std::string(rule.zh),
               std::string(rule.en),
               test_of(procedure, rule.id)});
    }
  }

  void add_deadlines(const Procedure& procedure) {
    if (procedure.deadlines.empty()) {
      return;
    }
    add_head(text_,
             {"Deadline",
              "Clause",
              "中文",
              "English",
              "Start",
              "Stop",
              "Nothing owed after",
              "Limit",
              "Responsible",
              "Test"});
    for (const DeadlineRule& rule : procedure.deadlines) {
      add_row(text_,
              {std::string(rule.id),
               std::string(rule.clause),
               std::string(rule.zh),
               std::string(rule.en),
               code(rule.begins) + (rule.applies == nullptr ? "" : " (some)"),
               names_of(rule.ends),
               names_of(rule.lapses),
               limit_of(rule),
               std::string(code_of(rule.responsible)),
               test_of(procedure, rule.id)});
    }
  }

  void add_duties(const Procedure& procedure) {
    if (procedure.duties.empty()) {
      return;
    }
    add_head(text_,
             {"Duty",
              "Clause",
              "中文",
              "English",
              "Every",
              "Of each",
              "What counts",
              "Needed",
              "Due",
              "Taken on by",
              "Responsible",
              "Test"});
    for (const DutyRule& rule : procedure.duties) {
      add_row(text_,
              {std::string(rule.id),
               std::string(rule.clause),
               std::string(rule.zh),
               std::string(rule.en),
               std::string(word_of(rule.period)),
               rule.subjects == nullptr ? "the project" : "those there are",
               events_of(rule),
               needed_of(rule),
               due_of(rule),
               code(rule.policy),
               std::string(code_of(rule.responsible)),
               test_of(procedure, rule.id)});
    }
  }

  void add_machine(const CaseMachine& machine) {
    text_ += "\nCase " + code(std::string(machine.stream) + ":") + " " + std::string(machine.zh) +
             " " + std::string(machine.en) +
             "; listed by `cases --arg kind=" + std::string(machine.stream) + "` to " +
             cell(machine.readers) + ".\n";
    add_head(text_, {"Step", "Accepted in", "Then"});
    for (const CaseStep& step : machine.steps) {
      add_row(
          text_,
          {code(step.event), stage_names(machine, step.accepted_in), stage_after(machine, step)});
    }
  }

  std::string views_of(const Procedure& procedure) const {
    std::vector<std::string> names;
    for (const ViewSubjects& each : view_subjects()) {
      const std::string codes = " " + std::string(each.procedures) + " ";
      const bool is_there =
          std::ranges::find(sources_.views, each.view, &ViewInfo::name) != sources_.views.end();
      if (is_there &&
          codes.find(" " + std::string(seed_code(procedure.code)) + " ") != std::string::npos) {
        names.push_back(code(each.view));
      }
    }
    if (!procedure.cases.empty()) {
      names.insert(names.end(), {code("cases"), code("case")});
    }
    if (!procedure.deadlines.empty()) {
      names.push_back(code("deadlines"));
    }
    return joined(names, ", ");
  }

  void add_without_events() {
    text_ += "\n## Procedures of the seeds without events of their own\n\n";
    std::string rows;
    for (const ProcedureSource& source : procedure_sources()) {
      const auto procedures = sources_.catalogue.procedures();
      if (std::ranges::none_of(procedures, [&source](const Procedure* each) {
            return seed_code(each->code) == source.code;
          })) {
        rows += "- " + std::string(source.code) + " " + std::string(source.zh) + " " +
                std::string(source.en) + " (" + std::string(source.clauses) + ")\n";
      }
    }
    text_ += rows.empty() ? std::string("None.\n") : rows;
  }

  const DocumentSources& sources_;
  std::string text_;
};

}  // namespace

std::string procedures_document(const DocumentSources& sources) {
  return Document(sources).write();
}

}  // namespace juanzong
