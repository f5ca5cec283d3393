// SPDX-License-Identifier: Apache-2.0
#include "projections/views/visibility.h"

#include "events/procedures/archives/archives_generated.h"

#include <algorithm>
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

// In the order of PersonalField.
constexpr std::array items{body::OwnerFileItem::NAME,
                           body::OwnerFileItem::PHONE,
                           body::OwnerFileItem::BIRTHDAY,
                           body::OwnerFileItem::NAME,
                           body::OwnerFileItem::PHONE,
                           body::OwnerFileItem::PLATE,
                           body::OwnerFileItem::NOTE};
static_assert(items.size() == matrix.size());

std::uint8_t item_of(PersonalField field) {
  return static_cast<std::uint8_t>(items[static_cast<std::size_t>(field)]);
}

// Whether the case is the record's: they have a stream in common.
bool belongs_to(const ViewContext& context, RecordIndex record, std::string_view case_ref) {
  const std::vector<RecordIndex> of_case = context.stream(case_ref);
  const Result<StoredRecord> shown = context.record(record);
  if (of_case.empty() || !shown) {
    return false;
  }
  const Result<StoredRecord> first = context.record(of_case.front());
  return first && std::ranges::any_of(first->view.statement.streams, [&](const StreamView& stream) {
           return std::ranges::find(shown->view.statement.streams,
                                    stream.name,
                                    &StreamView::name) != shown->view.statement.streams.end();
         });
}

// What the approval covers is judged when the look is put on record.
bool has_purpose(const ViewContext& context, PersonalField field, RecordIndex record) {
  if (context.source().shown == nullptr) {
    return false;
  }
  if (!context.argument("view_id").empty()) {
    return true;
  }
  const std::string case_ref = context.argument("case_ref");
  const bool is_case =
      !case_ref.empty() && !case_ref.starts_with("unit:") && !case_ref.starts_with("person:");
  return is_case && field != PersonalField::birthday && belongs_to(context, record, case_ref);
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
  const Visibility most = visibility_of(field, context.source().roles);
  const Visibility visibility =
      most == Visibility::full && !has_purpose(context, field, *record) ? Visibility::masked : most;
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
  std::string text(text_of(ByteView(*value)));
  if (visibility == Visibility::masked) {
    return masked(field, text);
  }
  context.source().shown->push_back({*record, std::string(path), item_of(field)});
  return text;
}

}  // namespace juanzong
