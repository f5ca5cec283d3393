// SPDX-License-Identifier: Apache-2.0
// Event schema: what the .fbs files say about each event, read once from their binary schemas and
// kept as plain descriptors, so that admission asks no reflection per record.
#pragma once

#include "events/model/ids.h"
#include "events/procedures/roles.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class FieldShape : std::uint8_t {
  scalar,  // bool, integer, enumerator: `width` bytes inline
  text,    // string
  bytes,   // [ubyte]
  table,
  text_list,
  scalar_list,  // `width` bytes each
  table_list,
};

enum class TextFormat : std::uint8_t {
  free,     // any UTF-8 of at most text_bytes_max: never personal data (schema review)
  date,     // 2025-03-14
  instant,  // RFC 3339
  month,    // 2025-03
  unit,     // 3-1-1202: building-entrance-room
  person,   // 32 hexadecimal digits
  party,    // person, or a code (staff, contractor)
  code,     // [A-Za-z0-9._-]{1,64}
  stream,   // a whole stream name
};

struct TableShape;

// What a reference must name (attribute `known`).
enum class Known : std::uint8_t { anything, unit, staff, contractor, case_file };

struct FieldDescriptor {
  std::string name;
  std::uint16_t vtable_offset = 0;
  FieldShape shape = FieldShape::scalar;
  std::uint8_t width = 0;  // bytes of a scalar or list element
  bool is_signed = false;
  bool required = false;  // the FlatBuffers attribute
  bool must = false;      // non-zero value required
  bool money = false;
  std::int64_t enum_max = -1;  // largest enumerator, or -1
  TextFormat format = TextFormat::free;
  std::string stream_prefix;  // "unit", "*" or empty
  bool past = false;          // states a moment of the fact
  Known known = Known::anything;
  std::string unique;  // register in which the number is used once, or empty
  const TableShape* table = nullptr;
};

struct TableShape {
  enum class Special : std::uint8_t { none, sealed, attachment };
  std::string name;  // without namespace
  Special special = Special::none;
  std::uint16_t vtable_bytes_max = 4;
  std::vector<FieldDescriptor> fields;
};

// A signature that a form needs (attribute `sig`): any of these.
struct SignatureDemand {
  struct Choice {
    std::int64_t capacity = 0;  // body::Capacity
    std::optional<Role> role;   // of a member of staff
  };
  std::string words;  // "OWNER|TENANT"
  std::vector<Choice> any_of;
};

struct EventDescriptor {
  EventType type{};
  std::string name;
  std::string zh;
  std::string procedure;  // "P02"
  std::uint16_t schema_version = 1;
  RoleSet append;
  RoleSet second;               // of which another person signs as well; empty: one is enough
  std::string constant_stream;  // or empty
  bool always_signed = false;   // whatever the policy statement.signature says
  const TableShape* body = nullptr;
  std::vector<const FieldDescriptor*> checked;  // fields of the body with past, known or unique
  std::vector<SignatureDemand> demands;
  std::uint16_t signatures_offset = 0;   // where the body has its `signatures`; 0: nowhere
  std::span<const std::uint8_t> schema;  // binary schema that holds the table
};

// All events of one binary schema. Descriptors live as long as the object.
class EventSchema {
 public:
  // `check` fails on a schema that breaks our own conventions (ids, attributes): a build error.
  EventSchema(std::string_view procedure, std::span<const std::uint8_t> binary_schema);
  EventSchema(EventSchema&&) noexcept;
  EventSchema& operator=(EventSchema&&) = delete;
  ~EventSchema();
  [[nodiscard]] const std::vector<EventDescriptor>& events() const { return events_; }

 private:
  std::vector<std::unique_ptr<TableShape>> tables_;
  std::vector<EventDescriptor> events_;
};

}  // namespace juanzong
