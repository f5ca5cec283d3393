// SPDX-License-Identifier: Apache-2.0
// The text: draft, approval by the project manager, entry in the outgoing register (S0§15.1 to 3).
#include "events/procedures/case_checks.h"
#include "events/procedures/notices/notices_generated.h"
#include "events/procedures/notices/notices_rules.h"
#include "events/procedures/register_numbers.h"
#include "events/procedures/signatures.h"

#include <array>

namespace juanzong::notices {
namespace {

void decide_drafted(const body::NoticeDrafted& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_digest("digest", *event.digest(), decision);
  const NoticeStage stage = stage_of(world.get<NoticeState>(view_of(event.notice_id())));
  if (stage > NoticeStage::approved) {
    decision.refuse_state(code_of(stage), "NONE, DRAFTED, APPROVED");
  }
  const auto expires_on = date_of(event.expires_on());
  if (expires_on && *expires_on < day_of_fact(context, world)) {
    decision.refuse_schema("expires_on", "早于拟写日期", "before the day of the draft");
  }
}

// A new draft takes the approval of the former one back: only the approved text goes out.
void apply_drafted(const body::NoticeDrafted& event,
                   const EventContext& context,
                   WorldChange& world) {
  NoticeState& notice = world.edit<NoticeState>(view_of(event.notice_id()));
  notice.title = text_of(event.title());
  notice.subject = static_cast<std::uint8_t>(event.subject());
  notice.digest = digest_of(*event.digest()).value_or(crypto::Digest{});
  notice.expires_on = date_of(event.expires_on());
  notice.drafted = context.index;
  notice.drafted_on = day_of_fact(context, world);
  notice.approved.reset();
  notice.approved_on.reset();
}

void check_text(const DigestBytes& digest, const NoticeState& notice, Decision& decision) {
  if (digest_of(digest) && digest_of(digest) != notice.digest) {
    decision.refuse(
        approval_rule,
        {fact("differs", "text"), fact("draft", std::to_string(number(*notice.drafted)))});
  }
}

void decide_approved(const body::NoticeApproved& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_digest("digest", *event.digest(), decision);
  const auto notice = world.get<NoticeState>(view_of(event.notice_id()));
  const NoticeStage stage = stage_of(notice);
  if (stage != NoticeStage::drafted) {
    decision.refuse_state(code_of(stage), code_of(NoticeStage::drafted));
  } else {
    check_text(*event.digest(), notice, decision);
  }
  if (!signed_by_staff(event.signatures(), Role::pm, world)) {
    decision.refuse(approval_rule, {fact("missing_signature", "STAFF:PM")});
  }
}

void apply_approved(const body::NoticeApproved& event,
                    const EventContext& context,
                    WorldChange& world) {
  NoticeState& notice = world.edit<NoticeState>(view_of(event.notice_id()));
  notice.approved = context.index;
  notice.approved_on = day_of_fact(context, world);
}

// The text that goes out against the one that was approved.
void check_as_approved(const body::NoticeIssued& event,
                       const NoticeState& notice,
                       Decision& decision) {
  check_text(*event.content_digest(), notice, decision);
  if (view_of(event.title()) != notice.title) {
    decision.refuse(approval_rule, {fact("differs", "title"), fact("approved", notice.title)});
  }
  if (*date_of(event.issue_date()) < *notice.approved_on) {
    decision.refuse(
        approval_rule,
        {fact("issue_date", *date_of(event.issue_date())), fact("approved", *notice.approved_on)});
  }
}

std::string number_key(const body::NoticeIssued& event) {
  return register_key("doc_no", view_of(event.doc_no()));
}

void decide_issued(const body::NoticeIssued& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_digest("content_digest", *event.content_digest(), decision);
  check_not_in_future("issue_date", date_of(event.issue_date()), context, decision);
  const auto notice = world.get<NoticeState>(view_of(event.notice_id()));
  check_published_stage(notice, NoticeStage::approved, NoticeStage::approved, decision);
  if (stage_of(notice) == NoticeStage::approved) {
    check_as_approved(event, notice, decision);
  }
  const auto need = [&decision](bool present, std::string_view what) {
    if (!present) {
      decision.refuse(approval_rule, {fact("missing", what)});
    }
  };
  need(event.sealed(), "seal");
  need(event.in_centre_name(), "centre_name");
  const auto* used = world.find<RegisterNumberState>(number_key(event));
  if (used != nullptr) {
    decision.refuse(number_rule,
                    {fact("doc_no", view_of(event.doc_no())), fact("used_by", used->holder)});
  }
  if (event.archive_copy() == nullptr) {
    decision.refuse(archive_rule, {fact("missing", "archive_copy")});
  }
}

void apply_issued(const body::NoticeIssued& event,
                  const EventContext& context,
                  WorldChange& world) {
  NoticeState& notice = world.edit<NoticeState>(view_of(event.notice_id()));
  notice.doc_no = text_of(event.doc_no());
  notice.department = text_of(event.department());
  notice.issued = context.index;
  notice.issue_date = date_of(event.issue_date());
  world.edit<RegisterNumberState>(number_key(event)).holder = text_of(event.notice_id());
}

constexpr std::array handlers{
    event<body::NoticeDrafted, decide_drafted, apply_drafted>("NoticeDrafted"),
    event<body::NoticeApproved, decide_approved, apply_approved>("NoticeApproved"),
    event<body::NoticeIssued, decide_issued, apply_issued>("NoticeIssued"),
};

}  // namespace

std::span<const EventHandler> text_handlers() {
  return handlers;
}

}  // namespace juanzong::notices
