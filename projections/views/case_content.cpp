// SPDX-License-Identifier: Apache-2.0
#include "projections/views/case_content.h"

#include <boost/json.hpp>

#include <algorithm>
#include <optional>

namespace juanzong {
namespace {

namespace json = boost::json;

bool may_read(const CaseMachine& machine, RoleSet roles) {
  return machine.readers == "*" ||
         roles.intersects(roles_from_codes(machine.readers).value_or(RoleSet{}));
}

std::string_view text_of(const json::string& text) {
  return {text.data(), text.size()};
}

std::optional<std::string> printed(const FieldDescriptor& field, const json::value& value) {
  if (value.is_string()) {
    return std::string(text_of(value.get_string()));
  }
  if (value.is_bool()) {
    return value.get_bool() ? "是" : "否";
  }
  if (value.is_int64() || value.is_uint64()) {
    const auto count = value.to_number<std::int64_t>();
    return field.money ? to_text(Fen{count}) : std::to_string(count);
  }
  return std::nullopt;
}

// Texts of a list; nothing of a list of tables.
std::optional<std::string> printed_list(const FieldDescriptor& field, const json::array& list) {
  std::string joined;
  for (const json::value& each : list) {
    const auto text = printed(field, each);
    if (!text) {
      return std::nullopt;
    }
    joined.append(joined.empty() ? "" : "、").append(*text);
  }
  return joined;
}

bool is_left_out(const FieldDescriptor& field, std::string_view prefix) {
  return field.stream_prefix == prefix || field.stream_prefix == "unit" ||
         field.shape == FieldShape::bytes;
}

}  // namespace

Result<const CaseMachine*> machine_for(const ViewContext& context, std::string_view prefix) {
  for (const Procedure* procedure : context.source().catalogue.procedures()) {
    const auto found = std::ranges::find(procedure->cases, prefix, &CaseMachine::stream);
    if (found != procedure->cases.end()) {
      return may_read(*found, context.source().roles)
                 ? Result<const CaseMachine*>(&*found)
                 : fail(ErrorCode::not_permitted, std::string(prefix));
    }
  }
  return fail(ErrorCode::not_found, "kind");
}

CellCode stage_label(const CaseMachine& machine, std::uint8_t stage) {
  const CaseStage& named = machine.stages[std::min<std::size_t>(stage, machine.stages.size() - 1)];
  return {std::string(named.code), std::string(named.zh)};
}

CellValue last_step(const ViewContext& context, const CaseFileState& file) {
  const auto mark = std::ranges::find(file.marks, file.last, &CaseMark::index);
  const CatalogueEntry* entry =
      mark == file.marks.end() ? nullptr : context.source().catalogue.find(mark->event);
  return entry == nullptr ? CellValue() : cell_code(entry->descriptor.name, entry->descriptor.zh);
}

std::string ContentPrinter::content_of(const RecordView& record, std::string_view prefix) {
  const CatalogueEntry* entry = context_.event_of(record);
  if (entry == nullptr) {
    return {};
  }
  boost::system::error_code error;
  const json::value body = json::parse(codec_.to_json(*entry, record.statement.body), error);
  std::string text;
  for (const FieldDescriptor& field : entry->descriptor.body->fields) {
    const json::value* value =
        error || is_left_out(field, prefix) ? nullptr : body.get_object().if_contains(field.name);
    const auto said = value == nullptr    ? std::nullopt
                      : value->is_array() ? printed_list(field, value->get_array())
                                          : printed(field, *value);
    if (said && !said->empty()) {
      text.append(text.empty() ? "" : "; ").append(field.name).append(" ").append(*said);
    }
  }
  return text;
}

}  // namespace juanzong
