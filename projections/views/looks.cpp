// SPDX-License-Identifier: Apache-2.0
#include "projections/views/looks.h"

#include "crypto/hex.h"

#include "events/model/limits.h"
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/finished_body.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace juanzong {
namespace {

using body::OwnerFileItem;
using flatbuffers::FlatBufferBuilder;
using Text = flatbuffers::Offset<flatbuffers::String>;

// Beside the people's streams a look stands in "personal_views" and that of its purpose.
constexpr std::size_t people_per_record = limits::streams_per_statement_max - 2;

Text put(FlatBufferBuilder& builder, std::string_view text) {
  return text.empty() ? Text() : builder.CreateString(text.data(), text.size());
}

std::string_view argument(const Look& look, std::string_view name) {
  const auto found = look.arguments.find(name);
  return found == look.arguments.end() ? std::string_view() : std::string_view(found->second);
}

// A case is named only where no approval is.
std::string_view case_of(const Look& look) {
  return argument(look, "view_id").empty() ? argument(look, "case_ref") : std::string_view();
}

flatbuffers::Offset<flatbuffers::Vector<OwnerFileItem>> put(FlatBufferBuilder& builder,
                                                            const std::set<std::uint8_t>& items) {
  std::vector<std::uint8_t> list(items.begin(), items.end());
  return builder.CreateVectorScalarCast<OwnerFileItem>(list.data(), list.size());
}

OwnStatement accessed(const Look& look,
                      const std::string& person,
                      const std::set<std::uint8_t>& items) {
  FlatBufferBuilder builder;
  const Text unit = put(builder, argument(look, "unit"));
  const Text subject = put(builder, person);
  const Text viewer = put(builder, look.viewer);
  const auto fields = put(builder, items);
  const Text view_id = put(builder, argument(look, "view_id"));
  const Text case_ref = put(builder, case_of(look));
  return {"OwnerFileAccessed",
          finished_body(builder,
                        body::CreateOwnerFileAccessed(
                            builder, unit, subject, viewer, fields, view_id, case_ref))};
}

OwnStatement viewed(const Look& look,
                    std::span<const std::string> people,
                    const std::set<std::uint8_t>& items) {
  FlatBufferBuilder builder;
  const Text viewer = put(builder, look.viewer);
  const Text view = put(builder, look.view);
  std::vector<Text> list;
  for (const std::string& person : people) {
    list.push_back(put(builder, person));
  }
  const auto persons = builder.CreateVector(list);
  const auto seen = put(builder, items);
  const Text view_id = put(builder, argument(look, "view_id"));
  const Text case_ref = put(builder, case_of(look));
  return {"RecordViewed",
          finished_body(
              builder,
              body::CreateRecordViewed(builder, viewer, view, persons, seen, view_id, case_ref))};
}

// Copies of an owner's documents lie in the owner's file, which is opened by approval only.
OwnerFileItem item_of(const RecordView& record, const CommitmentField& field) {
  constexpr std::array owners_papers{std::string_view("handover"),
                                     std::string_view("ownership_transfer")};
  const CatalogueEntry* entry = catalogue().find(record.statement.type);
  const bool of_owner =
      entry != nullptr &&
      std::ranges::find(owners_papers, entry->procedure->name) != owners_papers.end();
  return of_owner && field.path.find("id_cop") != std::string::npos ? OwnerFileItem::ID_COPY
                                                                    : OwnerFileItem::ATTACHMENT;
}

std::string case_of(const RecordView& record) {
  for (const StreamView& stream : record.statement.streams) {
    const bool of_what = stream.name.starts_with("unit:") || stream.name.starts_with("person:");
    if (!of_what && has_format(stream.name, TextFormat::stream)) {
      return std::string(stream.name);
    }
  }
  return "record:" + std::to_string(number(record.index));
}

}  // namespace

Look look_at_attachment(const std::string& viewer,
                        const RecordView& record,
                        const CommitmentField& field,
                        std::string_view view_id) {
  Look look{viewer,
            "attachment",
            {},
            {{field.subject, static_cast<std::uint8_t>(item_of(record, field))}}};
  look.arguments.emplace("view_id", view_id);
  look.arguments.emplace("case_ref", case_of(record));
  return look;
}

std::vector<OwnStatement> look_statements(const Look& look) {
  std::map<std::string, std::set<std::uint8_t>> by_person;
  std::set<std::uint8_t> all_items;
  for (const SeenValue& each : look.seen) {
    by_person[crypto::hex_encode(each.subject.view())].insert(each.item);
    all_items.insert(each.item);
  }
  std::vector<OwnStatement> statements;
  if (look.view == "owner_file") {
    for (const auto& [person, items] : by_person) {
      statements.push_back(accessed(look, person, items));
    }
    return statements;
  }
  std::vector<std::string> people;
  for (const auto& [person, items] : by_person) {
    people.push_back(person);
  }
  for (std::size_t at = 0; at < people.size(); at += people_per_record) {
    const std::size_t count = std::min(people_per_record, people.size() - at);
    statements.push_back(viewed(look, std::span(people).subspan(at, count), all_items));
  }
  return statements;
}

}  // namespace juanzong
