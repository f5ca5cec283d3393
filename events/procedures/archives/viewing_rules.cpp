// SPDX-License-Identifier: Apache-2.0
// Who looked at which personal data (S0§12.4(4), H-SOD-3): the archivist's approvals, what the
// server puts on record before it shows anything, and the guard against looking at many people.
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/archives/archives_rules.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/policy.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::archives {
namespace {

using body::OwnerFileItem;

constexpr std::int64_t micros_per_hour = 3'600 * micros_per_second;

// One look: who saw what of whom, and what for.
struct Look {
  std::string_view viewer;
  std::vector<std::string_view> people;
  const flatbuffers::Vector<OwnerFileItem>& items;
  std::string_view view_id;   // the approval; or
  std::string_view case_ref;  // the running case
};

Look look_of(const body::OwnerFileAccessed& event) {
  return {view_of(event.viewer()),
          {view_of(event.person())},
          *event.fields(),
          view_of(event.view_id()),
          view_of(event.case_ref())};
}

Look look_of(const body::RecordViewed& event) {
  Look look{view_of(event.viewer()),
            {},
            *event.items(),
            view_of(event.view_id()),
            view_of(event.case_ref())};
  for (const auto* person : *event.people()) {
    look.people.push_back(view_of(person));
  }
  return look;
}

void decide_view_approved(const body::OwnerFileViewApproved& event,
                          const EventContext& context,
                          const World& world,
                          Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_owner(view_of(event.unit()), view_of(event.person()), world, decision);
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

void check_approved(const Look& look,
                    const ArchiveEntry& view,
                    const EventContext& context,
                    Decision& decision) {
  const bool others = std::ranges::any_of(
      look.people, [&view](std::string_view person) { return person != view.subject; });
  if (others || view.holder != look.viewer) {
    decision.refuse(viewing_rule, {fact("viewer", view.holder), fact("person", view.subject)});
  }
  if (context.recorded_at > *view.valid_until) {
    decision.refuse(viewing_rule, {fact("valid_until", to_rfc3339(*view.valid_until))});
  }
  for (const OwnerFileItem item : look.items) {
    if (!approves(view, item)) {
      decision.refuse(viewing_rule, {fact("not_approved", EnumNameOwnerFileItem(item))});
    }
  }
}

// A unit or a person is what is looked at, not what for.
bool is_case(std::string_view stream) {
  return !stream.empty() && !stream.starts_with("unit:") && !stream.starts_with("person:");
}

// Under an approval, or what a running case shows.
void check_purpose(const Look& look,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  if (!look.view_id.empty()) {
    const auto* view = world.find<ArchiveEntry>(archive_key("file_view", look.view_id));
    if (view == nullptr) {
      decision.refuse(viewing_rule, {fact("missing", "approval")});
    } else {
      check_approved(look, *view, context, decision);
    }
    return;
  }
  if (!is_case(look.case_ref)) {
    decision.refuse(viewing_rule, {fact("missing", "view_id or case_ref")});
  }
  for (const OwnerFileItem item : look.items) {
    if (needs_approval(item)) {
      decision.refuse(viewing_rule, {fact("needs_approval", EnumNameOwnerFileItem(item))});
    }
  }
}

UnixMicros hour_before(UnixMicros at) {
  return UnixMicros{at.value - micros_per_hour};
}

// People whom the viewer has seen within the hour, each once, with those of this look.
std::size_t people_within_hour(const ViewerState& viewer,
                               const Look& look,
                               const EventContext& context) {
  std::vector<std::string_view> seen = look.people;
  for (const SeenPerson& each : viewer.seen) {
    if (each.at > hour_before(context.recorded_at)) {
      seen.push_back(each.person);
    }
  }
  std::ranges::sort(seen);
  const auto repeats = std::ranges::unique(seen);
  return seen.size() - repeats.size();
}

void check_bulk(const Look& look,
                const EventContext& context,
                const World& world,
                Decision& decision) {
  const auto viewer = world.get<ViewerState>(look.viewer);
  const bool approved = viewer.valid_until && context.recorded_at <= *viewer.valid_until;
  const std::int64_t usual =
      policy_number(world, "archive.bulk_people", context.today).value_or(20);
  const std::int64_t most = approved ? std::max<std::int64_t>(usual, viewer.people_max) : usual;
  const std::size_t people = people_within_hour(viewer, look, context);
  if (people > static_cast<std::size_t>(most)) {
    decision.refuse(bulk_rule,
                    {fact("people_within_hour", std::to_string(people)),
                     fact("people_max", std::to_string(most))});
  }
}

void remember(const Look& look, const EventContext& context, WorldChange& world) {
  ViewerState& viewer = world.edit<ViewerState>(look.viewer);
  std::erase_if(viewer.seen, [&](const SeenPerson& each) {
    return each.at <= hour_before(context.recorded_at) ||
           std::ranges::find(look.people, each.person) != look.people.end();
  });
  for (const std::string_view person : look.people) {
    viewer.seen.push_back({std::string(person), context.recorded_at});
  }
}

void decide_accessed(const body::OwnerFileAccessed& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_owner(view_of(event.unit()), view_of(event.person()), world, decision);
  const Look look = look_of(event);
  check_purpose(look, context, world, decision);
  check_bulk(look, context, world, decision);
}

void apply_accessed(const body::OwnerFileAccessed& event,
                    const EventContext& context,
                    WorldChange& world) {
  remember(look_of(event), context, world);
}

void decide_viewed(const body::RecordViewed& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const Look look = look_of(event);
  check_purpose(look, context, world, decision);
  check_bulk(look, context, world, decision);
}

void apply_viewed(const body::RecordViewed& event,
                  const EventContext& context,
                  WorldChange& world) {
  remember(look_of(event), context, world);
}

void decide_bulk_approved(const body::BulkViewApproved& event,
                          const EventContext& context,
                          const World& world,
                          Decision& decision) {
  const std::int64_t days = policy_number(world, "archive.bulk_days", context.today).value_or(31);
  const UnixMicros until = *parse_instant(view_of(event.valid_until()));
  const UnixMicros latest{context.recorded_at.value + days * micros_per_day};
  if (until <= context.recorded_at || until > latest) {
    decision.refuse(bulk_rule,
                    {fact("valid_until", view_of(event.valid_until())),
                     fact("days_max", std::to_string(days))});
  }
  if (context.actor == view_of(event.viewer())) {
    decision.refuse(bulk_rule, {fact("viewer", "another person than the approver")});
  }
}

void apply_bulk_approved(const body::BulkViewApproved& event,
                         const EventContext&,
                         WorldChange& world) {
  ViewerState& viewer = world.edit<ViewerState>(view_of(event.viewer()));
  viewer.people_max = event.people_max();
  viewer.valid_until = *parse_instant(view_of(event.valid_until()));
}

constexpr std::array handlers{
    event<body::OwnerFileViewApproved, decide_view_approved, apply_view_approved>(
        "OwnerFileViewApproved"),
    event<body::OwnerFileAccessed, decide_accessed, apply_accessed>("OwnerFileAccessed"),
    event<body::RecordViewed, decide_viewed, apply_viewed>("RecordViewed"),
    event<body::BulkViewApproved, decide_bulk_approved, apply_bulk_approved>("BulkViewApproved"),
};

}  // namespace

std::span<const EventHandler> viewing_handlers() {
  return handlers;
}

}  // namespace juanzong::archives
