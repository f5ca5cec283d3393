// SPDX-License-Identifier: Apache-2.0
// A badge number is one person's; equipment that stands still says so.
#include "events/procedures/traceability/traceability.h"

#include "events/procedures/parties.h"
#include "events/procedures/traceability/traceability_generated.h"
#include "events/procedures/traceability/traceability_schema.h"

#include <array>

namespace juanzong {
namespace {

constexpr Rule badge_rule{"H-IDT-1",
                          "S0·2§4.5.6b",
                          "工作牌号必须唯一,不得发给他人",
                          "a badge number is one person's and never another's"};

enum class Mark : std::uint8_t { none, out_of_service, in_service };
constexpr std::array<CaseStage, 3> mark_stages{
    {{"NONE", "未登记"}, {"OUT_OF_SERVICE", "停用"}, {"IN_SERVICE", "正常"}}};
constexpr std::array mark_steps{
    step("EquipmentOutOfServiceMarked",
         Mark::none | StageSet<Mark>(Mark::in_service),
         Mark::out_of_service),
    step("EquipmentReturnedToService", Mark::out_of_service, Mark::in_service),
};

enum class Signage : std::uint8_t { none, installed };
constexpr std::array<CaseStage, 2> signage_stages{{{"NONE", "未登记"}, {"INSTALLED", "已安装"}}};
constexpr std::array signage_steps{opens("SignageInstalled", Signage::installed)};

enum class Badge : std::uint8_t { none, issued };
constexpr std::array<CaseStage, 2> badge_stages{{{"NONE", "未登记"}, {"ISSUED", "已发放"}}};
constexpr std::array badge_steps{
    step("WorkBadgeIssued", from_to(Badge::none, Badge::issued), Badge::issued),
};

constexpr std::array machines{
    CaseMachine{"badge",
                "工作牌",
                "Badges",
                "CSM PS PM ENGM SECM CL MDM QD HR TOP AUD",
                badge_stages,
                badge_steps},
    CaseMachine{
        "service_mark", "设备停用标识", "Equipment out of service", "*", mark_stages, mark_steps},
    CaseMachine{"signage", "公共设施标识", "Signs", "*", signage_stages, signage_steps},
};

void decide_badge(const body::WorkBadgeIssued& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  const auto* badge = world.find<BadgeState>(view_of(event.badge_no()));
  if (badge != nullptr && badge->staff != view_of(event.staff())) {
    decision.refuse(
        badge_rule,
        {fact("badge_no", view_of(event.badge_no())), fact("belongs_to", badge->staff)});
  }
  const auto to = date_of(event.to());
  if (to && *to < *date_of(event.from())) {
    decision.refuse_schema("to", "结束早于开始", "it ends before it begins");
  }
}

void apply_badge(const body::WorkBadgeIssued& event, const EventContext&, WorldChange& world) {
  world.edit<BadgeState>(view_of(event.badge_no())).staff = text_of(event.staff());
  world.edit<StaffState>(view_of(event.staff())).badge_no = text_of(event.badge_no());
}

void decide_marked(const body::EquipmentOutOfServiceMarked& event,
                   const EventContext&,
                   const World&,
                   Decision& decision) {
  if (event.reason() == body::OutOfServiceReason::CLEANING &&
      event.equipment() != body::MarkedEquipment::RESTROOM) {
    decision.refuse_schema(
        "reason", "“清洁进行中”仅用于洗手间", "only restrooms are marked as being cleaned");
  }
}

constexpr std::array handlers{
    event<body::WorkBadgeIssued, decide_badge, apply_badge>("WorkBadgeIssued"),
    event<body::EquipmentOutOfServiceMarked,
          decide_marked,
          apply_nothing<body::EquipmentOutOfServiceMarked>>("EquipmentOutOfServiceMarked"),
    plain("EquipmentReturnedToService"),
    plain("SignageInstalled"),
};

constexpr std::array rules{badge_rule};

}  // namespace

const Procedure& traceability_procedure() {
  static constexpr Procedure procedure{.code = "P25",
                                       .name = "traceability",
                                       .zh = "标识和可追溯性",
                                       .en = "Identification and traceability",
                                       .schema = traceability_schema,
                                       .handlers = handlers,
                                       .rules = rules,
                                       .states = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
