// SPDX-License-Identifier: Apache-2.0
// What becomes of an issued notice: posted, withdrawn, delivered to a customer (S0§15.4).
#include "events/procedures/case_checks.h"
#include "events/procedures/notices/notices_generated.h"
#include "events/procedures/notices/notices_rules.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>
#include <string>

namespace juanzong::notices {
namespace {

using PlaceList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

CivilDate day_of(const flatbuffers::String* instant, const World& world) {
  return world.zone().date_of(*parse_instant(view_of(instant)));
}

// The moment has come, and its day is not before `earliest`.
void check_moment(const flatbuffers::String* at,
                  std::optional<CivilDate> earliest,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  check_instant_passed("at", *parse_instant(view_of(at)), context, world, decision);
  if (earliest && day_of(at, world) < *earliest) {
    decision.refuse_schema("at", "早于发文或张贴日期", "before the notice was issued, or posted");
  }
}

// Each place stands once in the form, and the notice hangs there (or does not yet).
void check_places(const PlaceList& places,
                  const NoticeState& notice,
                  bool hangs,
                  Decision& decision) {
  std::vector<std::string_view> named;
  for (const flatbuffers::String* place : places) {
    named.push_back(view_of(place));
    const bool there = std::ranges::find(notice.places, named.back()) != notice.places.end();
    if (named.back().empty() || there != hangs) {
      decision.refuse_schema("places",
                             hangs ? "未在该处张贴:" + std::string(named.back())
                                   : "地点为空或已在该处张贴:" + std::string(named.back()),
                             hangs ? "it does not hang there" : "no place, or it hangs there");
    }
  }
  std::ranges::sort(named);
  if (std::ranges::adjacent_find(named) != named.end()) {
    decision.refuse_schema("places", "同一地点只能列一次", "each place is listed once");
  }
}

void decide_posted(const body::NoticePosted& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const auto notice = world.get<NoticeState>(view_of(event.notice_id()));
  check_published_stage(notice, NoticeStage::issued, NoticeStage::posted, decision);
  check_moment(event.at(), notice.issue_date, context, world, decision);
  check_places(*event.places(), notice, false, decision);
}

void apply_posted(const body::NoticePosted& event,
                  const EventContext& context,
                  WorldChange& world) {
  NoticeState& notice = world.edit<NoticeState>(view_of(event.notice_id()));
  for (const flatbuffers::String* place : *event.places()) {
    notice.places.push_back(text_of(place));
  }
  if (!notice.posted) {
    notice.posted = context.index;
    notice.posted_on = day_of(event.at(), world);
  }
}

void decide_withdrawn(const body::NoticeWithdrawn& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const auto notice = world.get<NoticeState>(view_of(event.notice_id()));
  const NoticeStage stage = stage_of(notice);
  if (stage != NoticeStage::posted) {
    decision.refuse_state(code_of(stage), code_of(NoticeStage::posted));
    return;
  }
  check_moment(event.at(), notice.posted_on, context, world, decision);
  check_places(*event.places(), notice, true, decision);
}

void apply_withdrawn(const body::NoticeWithdrawn& event,
                     const EventContext& context,
                     WorldChange& world) {
  NoticeState& notice = world.edit<NoticeState>(view_of(event.notice_id()));
  for (const flatbuffers::String* place : *event.places()) {
    std::erase(notice.places, view_of(place));
  }
  notice.withdrawn = context.index;
  notice.withdrawn_on = day_of(event.at(), world);
}

std::string delivery_key(const body::NoticeDelivered& event) {
  return text_of(event.notice_id()) + ":" + text_of(event.customer());
}

// Into the customer's hand: he signs himself, and a telephone is no hand.
bool customer_signed(const body::NoticeDelivered& event) {
  const SignatureList* list = event.signatures();
  return list != nullptr &&
         std::any_of(list->begin(), list->end(), [&event](const body::SignatureBlock* block) {
           return block->capacity() == body::Capacity::CUSTOMER &&
                  view_of(block->signer()) == view_of(event.customer()) &&
                  block->method() != body::SignatureMethod::PHONE_RECORDED &&
                  block->method() != body::SignatureMethod::STAFF_LOGIN;
         });
}

void decide_delivered(const body::NoticeDelivered& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  if (event.unit() != nullptr) {
    check_unit_registered(world, view_of(event.unit()), decision);
  }
  const auto notice = world.get<NoticeState>(view_of(event.notice_id()));
  check_published_stage(notice, NoticeStage::issued, NoticeStage::posted, decision);
  check_moment(event.at(), notice.issue_date, context, world, decision);
  if (!customer_signed(event)) {
    decision.refuse(
        receipt_rule,
        {fact("customer", view_of(event.customer())), fact("missing_signature", "CUSTOMER")});
  }
  if (world.find<NoticeDeliveryState>(delivery_key(event)) != nullptr) {
    decision.refuse_state("DELIVERED", "ISSUED, POSTED: once a customer");
  }
}

void apply_delivered(const body::NoticeDelivered& event,
                     const EventContext& context,
                     WorldChange& world) {
  ++world.edit<NoticeState>(view_of(event.notice_id())).deliveries;
  NoticeDeliveryState& delivery = world.edit<NoticeDeliveryState>(delivery_key(event));
  delivery.index = context.index;
  delivery.at = *parse_instant(view_of(event.at()));
  delivery.unit = text_of(event.unit());
}

constexpr std::array handlers{
    event<body::NoticePosted, decide_posted, apply_posted>("NoticePosted"),
    event<body::NoticeWithdrawn, decide_withdrawn, apply_withdrawn>("NoticeWithdrawn"),
    event<body::NoticeDelivered, decide_delivered, apply_delivered>("NoticeDelivered"),
};

}  // namespace

std::span<const EventHandler> publication_handlers() {
  return handlers;
}

}  // namespace juanzong::notices
