// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/declared_checks.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/parties.h"
#include "events/procedures/procedure.h"
#include "events/procedures/register_numbers.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <vector>

namespace juanzong {
namespace {

using TextList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

// The values of a text or a list of texts; none where the field is absent.
std::vector<std::string_view> values_of(const FieldDescriptor& field, const EventView& event) {
  const auto& table = *flatbuffers::GetRoot<flatbuffers::Table>(event.body);
  std::vector<std::string_view> values;
  if (field.shape == FieldShape::text) {
    const auto* text = table.GetPointer<const flatbuffers::String*>(field.vtable_offset);
    if (text != nullptr) {
      values.push_back(view_of(text));
    }
  } else if (const auto* list = table.GetPointer<const TextList*>(field.vtable_offset)) {
    std::ranges::transform(*list, std::back_inserter(values), view_of);
  }
  return values;
}

const CaseFileState* case_of(std::span<const CaseUse> cases,
                             const EventView& event,
                             const World& world) {
  for (const CaseUse& use : cases) {
    for (const std::string_view stream : event.streams) {
      const bool is_its = stream.starts_with(use.machine->stream) &&
                          stream.substr(use.machine->stream.size()).starts_with(':');
      const auto* file = is_its ? world.find<CaseFileState>(stream) : nullptr;
      if (file != nullptr) {
        return file;
      }
    }
  }
  return nullptr;
}

// By civil days where the case is concerned: what was done first is often typed in second.
void check_past(const FieldDescriptor& field,
                std::string_view text,
                const CaseFileState* file,
                const EventView& event,
                const World& world,
                Decision& decision) {
  CivilDate day;
  if (field.format == TextFormat::date) {
    day = *parse_date(text);
    check_not_in_future(field.name, day, event.context, decision);
  } else {
    const UnixMicros at = *parse_instant(text);
    day = world.zone().date_of(at);
    check_instant_passed(field.name, at, event.context, world, decision);
  }
  if (file != nullptr && day < world.zone().date_of(file->opened_at)) {
    decision.refuse_schema(field.name, "不得早于案卷开始之日", "before the day the case began");
  }
}

bool is_known(const FieldDescriptor& field, std::string_view value, const World& world) {
  switch (field.known) {
    case Known::unit: {
      const auto* unit = world.find<UnitState>(value);
      return unit != nullptr && unit->registered;
    }
    case Known::staff:
      return is_staff(world, value);
    case Known::contractor: {
      const auto* contractor = world.find<ContractorState>(value);
      return contractor != nullptr && contractor->registered;
    }
    case Known::case_file:
      return find_case(world, field.stream_prefix, value) != nullptr;
    default:
      return true;
  }
}

void check_field(const FieldDescriptor& field,
                 const CaseFileState* file,
                 const EventView& event,
                 const World& world,
                 Decision& decision) {
  for (const std::string_view value : values_of(field, event)) {
    if (field.past) {
      check_past(field, value, file, event, world, decision);
    }
    if (!is_known(field, value, world)) {
      decision.refuse_schema(field.name, "所指对象未登记", "it names what is not registered");
    }
    const auto* used = field.unique.empty()
                           ? nullptr
                           : world.find<RegisterNumberState>(register_key(field.unique, value));
    if (used != nullptr) {
      decision.refuse_schema(field.name, "编号已使用", "the number is used already");
    }
  }
}

bool is_met(const SignatureDemand& demand, const SignatureList* signatures, const World& world) {
  return std::ranges::any_of(demand.any_of, [&](const SignatureDemand::Choice& choice) {
    return choice.role
               ? signed_by_staff(signatures, *choice.role, world)
               : signed_in_capacity(signatures, static_cast<body::Capacity>(choice.capacity));
  });
}

void check_demands(const EventDescriptor& descriptor,
                   const EventView& event,
                   const World& world,
                   Decision& decision) {
  const auto& table = *flatbuffers::GetRoot<flatbuffers::Table>(event.body);
  const auto* signatures = table.GetPointer<const SignatureList*>(descriptor.signatures_offset);
  check_signature_blocks(signatures, decision);
  for (const SignatureDemand& demand : descriptor.demands) {
    if (!is_met(demand, signatures, world)) {
      decision.refuse_schema(
          "signatures", "缺少签名:" + demand.words, "missing signature: " + demand.words);
    }
  }
}

}  // namespace

void check_declared(const EventDescriptor& descriptor,
                    std::span<const CaseUse> cases,
                    const EventView& event,
                    const World& world,
                    Decision& decision) {
  if (!descriptor.checked.empty()) {
    const CaseFileState* file = case_of(cases, event, world);
    for (const FieldDescriptor* field : descriptor.checked) {
      check_field(*field, file, event, world, decision);
    }
  }
  if (!descriptor.demands.empty()) {
    check_demands(descriptor, event, world, decision);
  }
}

void enter_declared(const EventDescriptor& descriptor, const EventView& event, WorldChange& world) {
  for (const FieldDescriptor* field : descriptor.checked) {
    if (!field->unique.empty()) {
      for (const std::string_view value : values_of(*field, event)) {
        world.edit<RegisterNumberState>(register_key(field->unique, value)).holder =
            std::to_string(number(event.context.index));
      }
    }
  }
}

}  // namespace juanzong
