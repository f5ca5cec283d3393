// SPDX-License-Identifier: Apache-2.0
// Versions of what customers are given, and the registers of talks, forums, care and answers.
#include "events/procedures/customer_care/customer_care.h"
#include "events/procedures/customer_care/customer_care_generated.h"
#include "events/procedures/customer_care/customer_care_schema.h"
#include "events/procedures/register_numbers.h"

#include <array>

namespace juanzong {
namespace {

enum class Guide : std::uint8_t { none, published };
constexpr std::array<CaseStage, 2> guide_stages{{{"NONE", "未发布"}, {"PUBLISHED", "已发布"}}};
constexpr std::array guide_steps{
    step("ServiceGuidePublished", from_to(Guide::none, Guide::published), Guide::published),
};

// Registers: an entry is made once.
enum class Entry : std::uint8_t { none, entered };
constexpr std::array<CaseStage, 2> held_stages{{{"NONE", "未登记"}, {"HELD", "已举行"}}};
constexpr std::array<CaseStage, 2> given_stages{{{"NONE", "未登记"}, {"GIVEN", "已关怀"}}};
constexpr std::array<CaseStage, 2> answered_stages{{{"NONE", "未登记"}, {"ANSWERED", "已回复"}}};
constexpr std::array talk_steps{opens("CommitteeTalkHeld", Entry::entered)};
constexpr std::array forum_steps{opens("CustomerRepresentativesForumHeld", Entry::entered)};
constexpr std::array care_steps{opens("CustomerCareGiven", Entry::entered)};
constexpr std::array answer_steps{opens("OnlineCommentAnswered", Entry::entered)};
constexpr std::array open_day_steps{opens("OpenDayHeld", Entry::entered)};

constexpr std::array machines{
    CaseMachine{"service_guide", "服务指南", "Service guides", "*", guide_stages, guide_steps},
    CaseMachine{"committee_talk",
                "与业委会及客户代表沟通",
                "Talks with the committee",
                "*",
                held_stages,
                talk_steps},
    CaseMachine{"forum", "客户代表恳谈会", "Forums", "*", held_stages, forum_steps},
    CaseMachine{"care",
                "客户关怀",
                "Care of customers",
                "CSA CSM PS PM MDM QD CL AUD",
                given_stages,
                care_steps},
    CaseMachine{
        "online_comment", "网上评价", "Comments online", "*", answered_stages, answer_steps},
    CaseMachine{"open_day", "开放日", "Open days", "*", held_stages, open_day_steps},
};

std::string version_key(const body::ServiceGuidePublished& event) {
  return register_key("service_guide/" + text_of(event.guide_id()), view_of(event.version()));
}

// S3/003: a guide says what there is, when, whom to call and what it costs.
void check_items(const body::ServiceGuidePublished& event, Decision& decision) {
  const bool has_items = event.items() != nullptr && event.items()->size() > 0;
  if (!has_items) {
    decision.refuse_schema("items", "服务指南须列明服务项目", "a service guide has its items");
    return;
  }
  for (const body::GuideItem* item : *event.items()) {
    if (view_of(item->hours()).empty() || view_of(item->phone()).empty()) {
      decision.refuse_schema(
          "items", "项目须注明服务时间和联系电话", "an item has its hours and telephone number");
    }
  }
}

void decide_published(const body::ServiceGuidePublished& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  if (world.find<RegisterNumberState>(version_key(event)) != nullptr) {
    decision.refuse_schema("version", "该版本已发布", "this version was published before");
  }
  if (event.kind() == body::GuideKind::SERVICE_GUIDE) {
    check_items(event, decision);
  }
}

void apply_published(const body::ServiceGuidePublished& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<RegisterNumberState>(version_key(event)).holder =
      std::to_string(number(context.index));
}

// "2025H1": January to June.
std::string half_of(CivilDate day) {
  const std::string month = to_text(month_of(day));
  return month.substr(0, 4) + (month.substr(5) <= "06" ? "H1" : "H2");
}

void decide_forum(const body::CustomerRepresentativesForumHeld& event,
                  const EventContext&,
                  const World&,
                  Decision& decision) {
  if (view_of(event.half()) != half_of(*date_of(event.held_on()))) {
    decision.refuse_schema("half", "半年度与举行日期不符", "held in another half-year");
  }
  if (event.adopted() > event.suggested()) {
    decision.refuse_schema("adopted", "采纳数多于建议数", "more taken up than were suggested");
  }
}

void decide_answered(const body::OnlineCommentAnswered& event,
                     const EventContext&,
                     const World&,
                     Decision& decision) {
  if (*parse_instant(view_of(event.answered_at())) < *parse_instant(view_of(event.posted_at()))) {
    decision.refuse_schema("answered_at", "回复早于评价", "answered before it was posted");
  }
}

constexpr std::array handlers{
    event<body::ServiceGuidePublished, decide_published, apply_published>("ServiceGuidePublished"),
    plain("CommitteeTalkHeld"),
    event<body::CustomerRepresentativesForumHeld,
          decide_forum,
          apply_nothing<body::CustomerRepresentativesForumHeld>>(
        "CustomerRepresentativesForumHeld"),
    plain("CustomerCareGiven"),
    event<body::OnlineCommentAnswered, decide_answered, apply_nothing<body::OnlineCommentAnswered>>(
        "OnlineCommentAnswered"),
    plain("OpenDayHeld"),
};

}  // namespace

const Procedure& customer_care_procedure() {
  static const Procedure procedure{.code = "P44",
                                   .name = "customer_care",
                                   .zh = "与客户沟通、关怀",
                                   .en = "Communication with customers and care",
                                   .schema = customer_care_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .cases = machines,
                                   .duties = customer_care_duties()};
  return procedure;
}

}  // namespace juanzong
