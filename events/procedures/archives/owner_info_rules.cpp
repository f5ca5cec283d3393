// SPDX-License-Identifier: Apache-2.0
// Owner information (S0§12.4): changes with evidence, viewing as approved, disclosure, and the one
// paper copy of the contact list.
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/archives/archives_rules.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::archives {
namespace {

using body::OwnerFileItem;

constexpr std::int64_t micros_per_hour = 3'600 * micros_per_second;

bool has_owned(const UnitState& unit, std::string_view person) {
  return unit.owner == person ||
         std::ranges::any_of(unit.former_owners, [person](const FormerOwner& former) {
           return former.owner == person;
         });
}

// The file is one of this unit's owners, of today or of before.
void check_person(std::string_view unit,
                  std::string_view person,
                  const World& world,
                  Decision& decision) {
  if (!has_owned(world.get<UnitState>(unit), person)) {
    decision.refuse_schema("person", "不是该房屋的业主", "not an owner of the unit");
  }
}

void decide_changed(const body::OwnerFileChanged& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto unit = world.get<UnitState>(view_of(event.unit()));
  if (unit.owner != view_of(event.person())) {
    decision.refuse_schema("person", "不是该房屋现业主", "not the owner of the unit");
  }
  if (event.field() == OwnerFileItem::WHOLE_FILE) {
    decision.refuse_schema("field", "须逐项更改", "one thing is changed at a time");
  }
  if (event.old_digest() != nullptr) {
    check_digest("old_digest", *event.old_digest(), decision);
  }
  check_signature(signed_by_owner(event.signatures(), unit.owner),
                  "须由业主签名",
                  "the owner must sign",
                  decision);
}

void apply_changed(const body::OwnerFileChanged& event,
                   const EventContext& context,
                   WorldChange& world) {
  const std::string key = owner_file_key(view_of(event.unit()), view_of(event.person()));
  world.edit<ArchiveEntry>(key).changed[static_cast<std::uint8_t>(event.field())] = context.index;
}

void decide_view_approved(const body::OwnerFileViewApproved& event,
                          const EventContext& context,
                          const World& world,
                          Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_person(view_of(event.unit()), view_of(event.person()), world, decision);
  if (!signed_by_staff(event.signatures(), Role::arc, world)) {
    decision.refuse(viewing_rule, {fact("missing_signature", "STAFF:ARC")});
  }
  const std::int64_t hours = policy_number(world, "archive.view_h", context.today).value_or(24);
  const UnixMicros until = *parse_instant(view_of(event.valid_until()));
  const UnixMicros latest{context.recorded_at.value + hours * micros_per_hour};
  if (until <= context.recorded_at || until > latest) {
    decision.refuse(viewing_rule,
                    {fact("valid_until", view_of(event.valid_until())),
                     fact("hours_max", std::to_string(hours))});
  }
}

void apply_view_approved(const body::OwnerFileViewApproved& event,
                         const EventContext&,
                         WorldChange& world) {
  ArchiveEntry& view = world.edit<ArchiveEntry>(archive_key("file_view", view_of(event.view_id())));
  view.subject = text_of(event.person());
  view.holder = text_of(event.viewer());
  view.valid_until = *parse_instant(view_of(event.valid_until()));
  for (const OwnerFileItem item : *event.fields()) {
    view.fields.push_back(static_cast<std::uint8_t>(item));
  }
}

bool approves(const ArchiveEntry& view, OwnerFileItem item) {
  const auto has = [&view](OwnerFileItem each) {
    return std::ranges::find(view.fields, static_cast<std::uint8_t>(each)) != view.fields.end();
  };
  return has(item) || has(OwnerFileItem::WHOLE_FILE);
}

// What is never shown in passing: copies of documents, the birthday, the file itself.
bool needs_approval(OwnerFileItem item) {
  return item == OwnerFileItem::ID_COPY || item == OwnerFileItem::BIRTHDAY ||
         item == OwnerFileItem::WHOLE_FILE;
}

void check_approved_view(const body::OwnerFileAccessed& event,
                         const ArchiveEntry& view,
                         const EventContext& context,
                         Decision& decision) {
  if (view.subject != view_of(event.person()) || view.holder != view_of(event.viewer())) {
    decision.refuse(viewing_rule, {fact("viewer", view.holder), fact("person", view.subject)});
  }
  if (context.recorded_at > *view.valid_until) {
    decision.refuse(viewing_rule, {fact("valid_until", to_rfc3339(*view.valid_until))});
  }
  for (const OwnerFileItem item : *event.fields()) {
    if (!approves(view, item)) {
      decision.refuse(viewing_rule, {fact("not_approved", EnumNameOwnerFileItem(item))});
    }
  }
}

// Under an approval, or fields that a running case shows.
void decide_accessed(const body::OwnerFileAccessed& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_person(view_of(event.unit()), view_of(event.person()), world, decision);
  if (event.view_id() != nullptr) {
    const auto* view = world.find<ArchiveEntry>(archive_key("file_view", view_of(event.view_id())));
    if (view == nullptr) {
      decision.refuse(viewing_rule, {fact("missing", "approval")});
    } else {
      check_approved_view(event, *view, context, decision);
    }
    return;
  }
  if (event.case_ref() == nullptr) {
    decision.refuse(viewing_rule, {fact("missing", "view_id or case_ref")});
  }
  for (const OwnerFileItem item : *event.fields()) {
    if (needs_approval(item)) {
      decision.refuse(viewing_rule, {fact("needs_approval", EnumNameOwnerFileItem(item))});
    }
  }
}

void decide_disclosed(const body::OwnerInfoDisclosed& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_person(view_of(event.unit()), view_of(event.person()), world, decision);
  if (!signed_by_staff(event.signatures(), Role::cl, world)) {
    decision.refuse(disclosure_rule, {fact("missing_signature", "STAFF:CL")});
  }
}

// A new copy takes the place of the old one, which is destroyed; nobody else ever holds one.
void decide_copied(const body::EmergencyContactListCopied& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const std::string_view keeper = view_of(event.held_by());
  if (!staff_has_role(world, keeper, Role::secm) ||
      !signed_by(event.signatures(), keeper, body::Capacity::STAFF)) {
    decision.refuse(contact_list_rule, {fact("missing_signature", "STAFF:SECM")});
  }
  const auto* valid = world.find<ArchiveEntry>(contact_list);
  const std::string_view replaces = view_of(event.replaces_copy_no());
  if (valid != nullptr && (replaces != valid->subject || !event.old_copy_destroyed())) {
    decision.refuse(contact_list_rule,
                    {fact("valid_copy", valid->subject),
                     fact("old_copy_destroyed", event.old_copy_destroyed() ? "true" : "false")});
  }
  if (valid == nullptr && !replaces.empty()) {
    decision.refuse_schema("replaces_copy_no", "没有该复印件", "there is no such copy");
  }
}

void apply_copied(const body::EmergencyContactListCopied& event,
                  const EventContext&,
                  WorldChange& world) {
  ArchiveEntry& copy = world.edit<ArchiveEntry>(contact_list);
  copy.subject = text_of(event.copy_no());
  copy.holder = text_of(event.held_by());
}

constexpr std::array handlers{
    event<body::OwnerFileChanged, decide_changed, apply_changed>("OwnerFileChanged"),
    event<body::OwnerFileViewApproved, decide_view_approved, apply_view_approved>(
        "OwnerFileViewApproved"),
    event<body::OwnerFileAccessed, decide_accessed, apply_nothing<body::OwnerFileAccessed>>(
        "OwnerFileAccessed"),
    event<body::OwnerInfoDisclosed, decide_disclosed, apply_nothing<body::OwnerInfoDisclosed>>(
        "OwnerInfoDisclosed"),
    plain("OwnerInfoDisclosureRefused"),
    event<body::EmergencyContactListCopied, decide_copied, apply_copied>(
        "EmergencyContactListCopied"),
};

}  // namespace

std::span<const EventHandler> owner_info_handlers() {
  return handlers;
}

}  // namespace juanzong::archives
