// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/catalogue_digest.h"

#include "crypto/sha256.h"

#include <set>

namespace juanzong {
namespace {

// Lines of words; a text is the last word of its line.
class Lines {
 public:
  template <class... Words>
  void add(const Words&... words) {
    (add_word(words), ...);
    text_.back() = '\n';
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void add_word(std::string_view word) { text_.append(word).push_back(' '); }
  template <std::integral Number>
  void add_word(Number number) {
    add_word(std::to_string(number));
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void add_word(Enum value) { add_word(static_cast<int>(value)); }

  std::string text_;
};

void add_table(Lines& lines, const TableShape& table, std::set<const TableShape*>& known) {
  if (!known.insert(&table).second) {
    return;
  }
  for (const FieldDescriptor& field : table.fields) {
    lines.add("field",
              table.name,
              field.name,
              field.vtable_offset,
              field.shape,
              field.width,
              field.is_signed,
              field.required,
              field.must,
              field.money,
              field.enum_max,
              field.format,
              field.stream_prefix,
              field.past,
              field.known,
              field.unique);
  }
  for (const FieldDescriptor& field : table.fields) {
    if (field.table != nullptr) {
      add_table(lines, *field.table, known);
    }
  }
}

void add_machines(Lines& lines, const Catalogue& catalogue) {
  for (const Procedure* procedure : catalogue.procedures()) {
    for (const CaseMachine& machine : procedure->cases) {
      for (const CaseStage& stage : machine.stages) {
        lines.add("stage", machine.stream, stage.code);
      }
      for (const CaseStep& step : machine.steps) {
        lines.add("step", machine.stream, step.accepted_in, step.to, step.event);
      }
    }
  }
}

}  // namespace

std::string catalogue_text(const Catalogue& catalogue) {
  Lines lines;
  for (const Procedure* procedure : catalogue.procedures()) {
    lines.add("procedure", procedure->code, procedure->name);
    for (const Rule& rule : procedure->rules) {
      lines.add("rule", rule.id, rule.clause, rule.en);
    }
    for (const DeadlineRule& rule : procedure->deadlines) {
      lines.add(
          "deadline", rule.id, rule.begins, rule.clock, rule.limit, rule.limit_policy, rule.en);
    }
  }
  add_machines(lines, catalogue);
  std::set<const TableShape*> known;
  for (const CatalogueEntry* entry : catalogue.entries()) {
    const EventDescriptor& event = entry->descriptor;
    lines.add("event",
              number(event.type),
              event.name,
              event.procedure,
              event.schema_version,
              event.append.bits,
              event.second.bits,
              event.always_signed,
              event.constant_stream);
    for (const SignatureDemand& demand : event.demands) {
      lines.add("sig", demand.words);
    }
    add_table(lines, *event.body, known);
  }
  return lines.take();
}

crypto::Digest catalogue_digest(const Catalogue& catalogue) {
  return crypto::sha256(bytes_of(catalogue_text(catalogue)));
}

}  // namespace juanzong
