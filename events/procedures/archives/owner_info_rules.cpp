// SPDX-License-Identifier: Apache-2.0
// Owner information (S0§12.4): changes with evidence, disclosure, and the one paper copy of the
// contact list.
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/archives/archives_rules.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::archives {
namespace {

using body::OwnerFileItem;

bool has_owned(const UnitState& unit, std::string_view person) {
  return unit.owner == person ||
         std::ranges::any_of(unit.former_owners, [person](const FormerOwner& former) {
           return former.owner == person;
         });
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

void decide_disclosed(const body::OwnerInfoDisclosed& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_owner(view_of(event.unit()), view_of(event.person()), world, decision);
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
    event<body::OwnerInfoDisclosed, decide_disclosed, apply_nothing<body::OwnerInfoDisclosed>>(
        "OwnerInfoDisclosed"),
    plain("OwnerInfoDisclosureRefused"),
    event<body::EmergencyContactListCopied, decide_copied, apply_copied>(
        "EmergencyContactListCopied"),
};

}  // namespace

void check_owner(std::string_view unit,
                 std::string_view person,
                 const World& world,
                 Decision& decision) {
  if (!has_owned(world.get<UnitState>(unit), person)) {
    decision.refuse_schema("person", "不是该房屋的业主", "not an owner of the unit");
  }
}

std::span<const EventHandler> owner_info_handlers() {
  return handlers;
}

}  // namespace juanzong::archives
