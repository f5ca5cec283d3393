// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/event_schema.h"

#include "events/model/check.h"

#include <flatbuffers/reflection.h>

#include <algorithm>
#include <map>

namespace juanzong {
namespace {

using Attributes = flatbuffers::Vector<flatbuffers::Offset<reflection::KeyValue>>;

std::optional<std::string> attribute(const Attributes* attributes, std::string_view key) {
  if (attributes == nullptr) {
    return std::nullopt;
  }
  for (const reflection::KeyValue* pair : *attributes) {
    if (pair->key()->string_view() == key) {
      return pair->value() == nullptr ? std::string() : pair->value()->str();
    }
  }
  return std::nullopt;
}

std::string short_name(std::string_view full) {
  return std::string(full.substr(full.rfind('.') + 1));
}

std::uint8_t width_of(reflection::BaseType type) {
  switch (type) {
    case reflection::Bool:
    case reflection::Byte:
    case reflection::UByte:
      return 1;
    case reflection::Short:
    case reflection::UShort:
      return 2;
    case reflection::Int:
    case reflection::UInt:
      return 4;
    case reflection::Long:
    case reflection::ULong:
      return 8;
    default:
      return 0;  // floating point, unions and structs have no place in a body
  }
}

bool is_signed(reflection::BaseType type) {
  return type == reflection::Byte || type == reflection::Short || type == reflection::Int ||
         type == reflection::Long;
}

TextFormat format_of(const std::string& name) {
  static const std::map<std::string, TextFormat, std::less<>> formats{
      {"date", TextFormat::date},
      {"instant", TextFormat::instant},
      {"month", TextFormat::month},
      {"unit", TextFormat::unit},
      {"person", TextFormat::person},
      {"party", TextFormat::party},
      {"code", TextFormat::code},
      {"stream", TextFormat::stream},
  };
  const auto found = formats.find(name);
  check(found != formats.end(), "schema: unknown format attribute");
  return found->second;
}

Known known_of(std::string_view name) {
  static const std::map<std::string_view, Known> kinds{{"unit", Known::unit},
                                                       {"staff", Known::staff},
                                                       {"contractor", Known::contractor},
                                                       {"case", Known::case_file}};
  const auto found = kinds.find(name);
  check(found != kinds.end(), "schema: unknown known attribute");
  return found->second;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    if (end > 0) {
      parts.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// "*": every role but the auditor's, who appends nothing (H-SOD-3).
std::optional<RoleSet> every_appender() {
  RoleSet roles;
  for (std::size_t i = 0; i < role_count; ++i) {
    if (static_cast<Role>(i) != Role::aud) {
      roles.add(static_cast<Role>(i));
    }
  }
  return roles;
}

// Builds descriptors from reflection; each table of the schema once.
class Builder {
 public:
  Builder(const reflection::Schema& schema, std::vector<std::unique_ptr<TableShape>>& tables)
      : schema_(schema), tables_(tables) {}

  const TableShape* shape_of(const reflection::Object& object) {
    const auto known = shapes_.find(&object);
    if (known != shapes_.end()) {
      return known->second;
    }
    check(!object.is_struct(), "schema: structs are not used in bodies");
    TableShape* shape = tables_.emplace_back(std::make_unique<TableShape>()).get();
    shapes_.emplace(&object, shape);
    shape->name = short_name(object.name()->string_view());
    shape->special = shape->name == "Sealed"       ? TableShape::Special::sealed
                     : shape->name == "Attachment" ? TableShape::Special::attachment
                                                   : TableShape::Special::none;
    for (const reflection::Field* field : *object.fields()) {
      shape->fields.push_back(field_of(*field));
    }
    std::ranges::sort(shape->fields, {}, &FieldDescriptor::vtable_offset);
    if (!shape->fields.empty()) {
      shape->vtable_bytes_max = static_cast<std::uint16_t>(shape->fields.back().vtable_offset + 2);
    }
    return shape;
  }

 private:
  FieldDescriptor field_of(const reflection::Field& field) {
    FieldDescriptor out;
    out.name = field.name()->str();
    out.vtable_offset = field.offset();
    out.required = field.required();
    const Attributes* attributes = field.attributes();
    out.must = attribute(attributes, "must").has_value();
    out.money = attribute(attributes, "money").has_value();
    out.stream_prefix = attribute(attributes, "stream").value_or("");
    const auto format = attribute(attributes, "format");
    out.format = format                       ? format_of(*format)
                 : out.stream_prefix == "*"   ? TextFormat::stream
                 : !out.stream_prefix.empty() ? TextFormat::code
                                              : TextFormat::free;
    out.past = attribute(attributes, "past").has_value();
    out.unique = attribute(attributes, "unique").value_or("");
    if (const auto known = attribute(attributes, "known")) {
      out.known = known_of(*known);
    }
    set_type(out, *field.type());
    check_declared(out);
    check(out.stream_prefix.empty() || out.shape == FieldShape::text ||
              out.shape == FieldShape::text_list,
          "schema: a stream attribute stands on a text");
    return out;
  }

  static void check_declared(const FieldDescriptor& field) {
    const bool is_text = field.shape == FieldShape::text || field.shape == FieldShape::text_list;
    check(!field.past || (field.shape == FieldShape::text && (field.format == TextFormat::instant ||
                                                              field.format == TextFormat::date)),
          "schema: past stands on a date or instant");
    check(field.known == Known::anything || is_text, "schema: known stands on a text");
    check(field.known != Known::case_file || !field.stream_prefix.empty(),
          "schema: a known case has a stream");
    check(field.unique.empty() || field.shape == FieldShape::text,
          "schema: unique stands on a text");
  }

  void set_type(FieldDescriptor& out, const reflection::Type& type) {
    const reflection::BaseType base = type.base_type();
    const bool is_vector = base == reflection::Vector;
    const reflection::BaseType element = is_vector ? type.element() : base;
    if (element == reflection::String) {
      out.shape = is_vector ? FieldShape::text_list : FieldShape::text;
    } else if (element == reflection::Obj) {
      out.shape = is_vector ? FieldShape::table_list : FieldShape::table;
      out.table = shape_of(*schema_.objects()->Get(static_cast<unsigned>(type.index())));
    } else {
      out.width = width_of(element);
      out.is_signed = is_signed(element);
      check(out.width != 0, "schema: this base type has no place in a body");
      const bool is_bytes = is_vector && element == reflection::UByte && type.index() < 0;
      out.shape = is_bytes    ? FieldShape::bytes
                  : is_vector ? FieldShape::scalar_list
                              : FieldShape::scalar;
      if (type.index() >= 0) {
        out.enum_max = largest_enumerator(type.index());
      }
    }
  }

  std::int64_t largest_enumerator(int index) const {
    std::int64_t largest = 0;
    const auto* values = schema_.enums()->Get(static_cast<unsigned>(index))->values();
    for (const reflection::EnumVal* value : *values) {
      check(value->value() <= static_cast<std::int64_t>(values->size()),
            "schema: enumerators are dense");
      largest = std::max(largest, value->value());
    }
    return largest;
  }

  const reflection::Schema& schema_;
  std::vector<std::unique_ptr<TableShape>>& tables_;
  std::map<const reflection::Object*, const TableShape*> shapes_;
};

// "STAFF:PM OWNER|TENANT": the project manager, and the owner or the tenant.
std::vector<SignatureDemand> demands_of(const reflection::Schema& schema, std::string_view text) {
  std::vector<SignatureDemand> demands;
  const reflection::Enum* capacities = nullptr;
  for (const reflection::Enum* each : *schema.enums()) {
    capacities = short_name(each->name()->string_view()) == "Capacity" ? each : capacities;
  }
  for (const std::string& words : split(text, ' ')) {
    SignatureDemand& demand = demands.emplace_back();
    demand.words = words;
    for (const std::string& word : split(words, '|')) {
      const std::size_t colon = std::min(word.find(':'), word.size());
      const std::string name = word.substr(0, colon);
      const auto capacity = std::ranges::find_if(
          *capacities->values(),
          [&name](const reflection::EnumVal* value) { return value->name()->str() == name; });
      check(capacity != capacities->values()->end(), "schema: unknown capacity in sig");
      SignatureDemand::Choice choice{capacity->value(), std::nullopt};
      if (colon < word.size()) {
        choice.role = role_from_code(word.substr(colon + 1));
        check(choice.role.has_value(), "schema: unknown role in sig");
      }
      demand.any_of.push_back(choice);
    }
  }
  return demands;
}

// What the attributes ask of the body as a whole, found once.
void collect_declared(EventDescriptor& event) {
  for (const FieldDescriptor& field : event.body->fields) {
    if (field.past || field.known != Known::anything || !field.unique.empty()) {
      event.checked.push_back(&field);
    }
    if (field.name == "signatures") {
      event.signatures_offset = field.vtable_offset;
    }
  }
  check(event.demands.empty() || event.signatures_offset != 0, "schema: sig without signatures");
}

}  // namespace

EventSchema::EventSchema(std::string_view procedure, std::span<const std::uint8_t> binary_schema) {
  flatbuffers::Verifier verifier(binary_schema.data(), binary_schema.size());
  check(reflection::VerifySchemaBuffer(verifier), "schema: damaged binary schema");
  const reflection::Schema& schema = *reflection::GetSchema(binary_schema.data());
  Builder builder(schema, tables_);
  for (const reflection::Object* object : *schema.objects()) {
    const auto event_number = attribute(object->attributes(), "event");
    if (!event_number) {
      continue;
    }
    EventDescriptor event;
    event.type = EventType{static_cast<std::uint16_t>(std::stoul(*event_number))};
    event.name = short_name(object->name()->string_view());
    event.zh = attribute(object->attributes(), "zh").value_or("");
    event.procedure = procedure;
    const std::string append = attribute(object->attributes(), "append").value_or("");
    const auto roles = append == "*" ? every_appender() : roles_from_codes(append);
    check(roles.has_value(), "schema: unknown role in append");
    event.append = *roles;
    const auto second = roles_from_codes(attribute(object->attributes(), "second").value_or(""));
    check(second.has_value(), "schema: unknown role in second");
    event.second = *second;
    event.constant_stream = attribute(object->attributes(), "stream").value_or("");
    event.always_signed = attribute(object->attributes(), "signed").has_value();
    event.body = builder.shape_of(*object);
    event.demands = demands_of(schema, attribute(object->attributes(), "sig").value_or(""));
    collect_declared(event);
    event.schema = binary_schema;
    events_.push_back(std::move(event));
  }
}

EventSchema::EventSchema(EventSchema&&) noexcept = default;
EventSchema::~EventSchema() = default;

}  // namespace juanzong
