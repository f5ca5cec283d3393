// SPDX-License-Identifier: Apache-2.0
#include "projections/views/visibility.h"

#include <array>

namespace juanzong {
namespace {

struct FieldRoles {
  std::string_view full;
  std::string_view masked;
};

// In the order of PersonalField.
constexpr std::array<FieldRoles, 7> matrix{{
    {"CSA CSM PM CAS SECM ARC CL AUD", "GFC ENG SEC KEY QD"},
    {"CSA CSM PM SECM ARC CL", "CAS GFC ENG QD AUD"},
    {"CSA CSM ARC", ""},
    {"CSA CSM PM CAS GFC CL AUD", ""},
    {"CSA CSM PM CAS GFC CL", "AUD"},
    {"CSA CSM PM CAS GFC CL AUD", ""},
    {"CSA CSM PM CL", ""},
}};

bool holds_one(RoleSet roles, std::string_view codes) {
  return !codes.empty() && roles.intersects(roles_from_codes(codes).value_or(RoleSet{}));
}

// Bytes of the first character of UTF-8.
std::size_t first_character(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    ++size;
  }
  return size;
}

}  // namespace

Visibility visibility_of(PersonalField field, RoleSet roles) {
  const FieldRoles& row = matrix[static_cast<std::size_t>(field)];
  return holds_one(roles, row.full)     ? Visibility::full
         : holds_one(roles, row.masked) ? Visibility::masked
                                        : Visibility::hidden;
}

bool may_see_money(RoleSet roles) {
  return holds_one(roles, money_roles);
}

std::string masked(PersonalField field, std::string_view value) {
  constexpr std::size_t head = 3;
  constexpr std::size_t tail = 4;
  if (field == PersonalField::name) {
    return std::string(value.substr(0, first_character(value))) + "**";
  }
  const bool phone = field == PersonalField::mobile || field == PersonalField::parking_phone;
  if (phone && value.size() > head + tail) {
    return std::string(value.substr(0, head)) + "****" +
           std::string(value.substr(value.size() - tail));
  }
  return "****";
}

CellValue personal_cell(const ViewContext& context,
                        PersonalField field,
                        const std::optional<RecordIndex>& record,
                        std::string_view path) {
  if (!record) {
    return {};
  }
  const Visibility visibility = visibility_of(field, context.source().roles);
  if (visibility == Visibility::hidden) {
    return CellCode{"HIDDEN", "无权查看"};
  }
  if (!context.source().open_field) {
    return CellCode{"SEALED", "未开启"};
  }
  const std::optional<Bytes> value = context.source().open_field(*record, path);
  if (!value) {
    return CellCode{"ABSENT", "未留或已删除"};
  }
  const std::string text(text_of(ByteView(*value)));
  return visibility == Visibility::full ? text : masked(field, text);
}

}  // namespace juanzong
