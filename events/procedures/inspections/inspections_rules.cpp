// SPDX-License-Identifier: Apache-2.0
// What the sheets of inspections must say, and how they are counted.
#include "events/procedures/inspections/inspections_rules.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/inspections/inspections.h"
#include "events/procedures/inspections/inspections_generated.h"
#include "events/procedures/rolls.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>
#include <concepts>

namespace juanzong {
namespace {

constexpr Rule night_rule{
    "H-INS-1",
    "S3/009§三",
    "夜间查岗须由检查人与被检查人双方签字;岗位无人或拒签的须另有一名见证人签字",
    "a night check is signed by both; where the post is empty or the person "
    "refuses, by a second witness"};

using FindingList = flatbuffers::Vector<flatbuffers::Offset<body::Finding>>;
enum class NamesSomebody : bool { no, yes };

// On patrol somebody answers for every finding, at daily inspections for faults of staff.
void check_findings(const FindingList* findings,
                    NamesSomebody always,
                    const World& world,
                    Decision& decision) {
  for (flatbuffers::uoffset_t at = 0; findings != nullptr && at < findings->size(); ++at) {
    const body::Finding& finding = *findings->Get(at);
    const bool is_named = finding.responsible() != nullptr;
    if (is_named && !is_staff(world, view_of(finding.responsible()))) {
      decision.refuse_schema("findings.responsible", "人员未登记", "no such member of staff");
    }
    if (!is_named && (always == NamesSomebody::yes || finding.staff_fault())) {
      decision.refuse_schema("findings.responsible",
                             "巡查问题和人员责任缺陷须落实到人",
                             "somebody answers for what a patrol finds and for faults of staff");
    }
  }
}

std::size_t size_of(const FindingList* findings) {
  return findings == nullptr ? 0 : findings->size();
}

InspectionKind kind_of(body::DailyLevel level) {
  return level == body::DailyLevel::PM_FULL                 ? InspectionKind::daily_full
         : level == body::DailyLevel::SUPERVISOR_SPECIALIST ? InspectionKind::daily_specialist
                                                            : InspectionKind::daily_patrol;
}

bool may_inspect(body::DailyLevel level, RoleSet roles) {
  switch (level) {
    case body::DailyLevel::PM_FULL:
      return roles.has(Role::pm);
    case body::DailyLevel::SUPERVISOR_SPECIALIST:
      return roles.intersects(*roles_from_codes("PS CSM ENGM SECM AREA"));
    default:
      return true;
  }
}

void decide_daily(const body::DailyInspectionRecorded& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  if (!may_inspect(event.level(), context.roles)) {
    decision.refuse_schema("level", "与登记人职务不符", "not the level of who records it");
  }
  check_findings(event.findings(), NamesSomebody::no, world, decision);
}

void decide_monthly(const body::MonthlyInspectionRecorded& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  for (const body::ScoreLine* line : *event.scores()) {
    if (line->points() > line->of()) {
      decision.refuse_schema("scores", "得分超过满分", "more points than there are");
    }
  }
  check_findings(event.findings(), NamesSomebody::no, world, decision);
}

// The state of the property is seen together with who owns or built it.
void decide_quarterly(const body::QuarterlyPropertyInspected& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  const bool is_seen_by_other = std::ranges::any_of(*event.participants(), [](auto each) {
    return each == body::PropertyParticipant::COMMITTEE ||
           each == body::PropertyParticipant::DEVELOPER;
  });
  if (!is_seen_by_other) {
    decision.refuse_schema("participants",
                           "须有业主委员会或开发商参加",
                           "the owners' committee or the developer takes part");
  }
}

void decide_spot(const body::SpotCheckRecorded& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  const int month = month_of(*date_of(event.on())).months % 12;
  if (event.quarter() != month / 3 + 1) {
    decision.refuse_schema("quarter", "与检查日期不符", "not the quarter of the day");
  }
  check_findings(event.findings(), NamesSomebody::no, world, decision);
}

void decide_assessed(const body::StaffAssessed& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const CivilDate week = *date_of(event.week());
  if (week != monday_of(world.zone().date_of(*parse_instant(view_of(event.at()))))) {
    decision.refuse_schema("week", "须为考评当周的星期一", "the Monday of the week it was in");
  }
  if (view_of(event.staff()) == context.actor) {
    decision.refuse_schema("staff", "不得考评本人", "nobody assesses himself");
  }
  if ((event.nonconform() > 0) != (event.result() == body::ServiceResult::FAIL)) {
    decision.refuse_schema(
        "result", "有不合格项即为不合格", "it fails if, and only if, something does not conform");
  }
}

template <class Body>
void decide_month_is_over(const Body& event,
                          const EventContext& context,
                          const World&,
                          Decision& decision) {
  if (last_day(*parse_month(view_of(event.ym()))) >= context.today) {
    decision.refuse_schema("ym", "该月尚未结束", "the month is not over");
  }
}

// Signed by the inspector and the inspected person, or by a witness who is neither.
void decide_night(const body::NightPostChecked& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_findings(event.findings(), NamesSomebody::yes, world, decision);
  const std::string_view inspector = view_of(event.inspector());
  const std::string_view checked = view_of(event.checked_person());
  if (!event.absent_or_refused() && (checked.empty() || checked == inspector)) {
    decision.refuse_schema(
        "checked_person", "须写明被检查人", "who was inspected, other than the inspector");
  }
  if (!signed_by_member(event.signatures(), inspector, world)) {
    decision.refuse(night_rule, {fact("missing_signature", inspector)});
  }
  if (!event.absent_or_refused()) {
    if (!checked.empty() && !signed_by_member(event.signatures(), checked, world)) {
      decision.refuse(night_rule, {fact("missing_signature", checked)});
    }
    return;
  }
  const auto is_witness = [&](const body::SignatureBlock* block) {
    const std::string_view signer = view_of(block->signer());
    return block->capacity() == body::Capacity::STAFF && is_staff(world, signer) &&
           signer != inspector && signer != checked;
  };
  if (event.signatures() == nullptr || std::ranges::none_of(*event.signatures(), is_witness)) {
    decision.refuse(night_rule, {fact("missing_signature", "witness")});
  }
}

void decide_room(const body::EquipmentRoomPatrolled& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  check_findings(event.findings(), NamesSomebody::yes, world, decision);
}

// "2025-H1", when that half is over.
void decide_utility(const body::UtilityIndicatorsReported& event,
                    const EventContext& context,
                    const World&,
                    Decision& decision) {
  const std::string_view half = view_of(event.half());
  const bool is_half = half.size() == 7 && (half.ends_with("-H1") || half.ends_with("-H2"));
  const auto last_month =
      is_half ? parse_month(std::string(half.substr(0, 5)) + (half.back() == '1' ? "06" : "12"))
              : std::nullopt;
  if (!last_month) {
    decision.refuse_schema("half", "半年写作 2025-H1", "a half year is written 2025-H1");
  } else if (last_day(*last_month) >= context.today) {
    decision.refuse_schema("half", "该半年尚未结束", "the half year is not over");
  }
}

void decide_annual(const body::AnnualEvaluationRecorded& event,
                   const EventContext&,
                   const World&,
                   Decision& decision) {
  for (const body::RateLine* line : *event.rates()) {
    if (line->basis_points() > 10'000) {
      decision.refuse_schema("rates", "比率超过 100%", "a rate above 100 %");
    }
  }
}

template <class Body>
void decide_findings(const Body& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_findings(event.findings(), NamesSomebody::no, world, decision);
}

// Counting ------------------------------------------------------------------------------------

InspectionTally& tally(WorldChange& world,
                       const std::string& period,
                       InspectionKind kind,
                       std::string_view subject) {
  return world.edit<InspectionPeriodState>(period).tallies[tally_key(kind, subject)];
}

InspectionTally& count_in_month(WorldChange& world,
                                const EventContext& context,
                                InspectionKind kind,
                                std::string_view subject,
                                CivilDate on) {
  const CivilMonth month = month_of(on);
  InspectionTally& counted = tally(world, to_text(month), kind, subject);
  ++counted.count;
  counted.days |= std::uint32_t{1} << static_cast<unsigned>(on.days - first_day(month).days);
  counted.last = context.index;
  return counted;
}

InspectionTally& count_in_week(WorldChange& world,
                               const EventContext& context,
                               InspectionKind kind,
                               std::string_view subject,
                               CivilDate on) {
  const CivilDate monday = monday_of(on);
  InspectionTally& counted = tally(world, week_key(monday), kind, subject);
  ++counted.count;
  counted.days |= std::uint32_t{1} << static_cast<unsigned>(on.days - monday.days);
  counted.last = context.index;
  return counted;
}

// What is stated as a day or as a moment.
template <class Body>
CivilDate day_of(const Body& event, const World& world) {
  if constexpr (requires { event.on(); }) {
    return *date_of(event.on());
  } else {
    return world.zone().date_of(*parse_instant(view_of(event.at())));
  }
}

template <class Body>
std::size_t findings_of(const Body& event) {
  if constexpr (requires { event.findings(); }) {
    return size_of(event.findings());
  } else {
    return 0;
  }
}

// The subject of a kind that has one for each project, room, place or department. Night checks are
// random: their number is asked of all posts together.
template <class Body>
std::string_view subject_of(const Body& event) {
  if constexpr (requires { event.project(); }) {
    return view_of(event.project());
  } else if constexpr (requires { event.room(); }) {
    return view_of(event.room());
  } else if constexpr (requires { event.place(); }) {
    return view_of(event.place());
  } else if constexpr (requires { event.dept(); }) {
    return view_of(event.dept());
  } else {
    return {};
  }
}

template <class Body, InspectionKind kind>
void apply_counted(const Body& event, const EventContext& context, WorldChange& world) {
  InspectionTally& counted =
      count_in_month(world, context, kind, subject_of(event), day_of(event, world));
  counted.findings += static_cast<std::uint32_t>(findings_of(event));
  if constexpr (requires { event.weather_alert(); }) {
    counted.weather_alerts += event.weather_alert() ? 1U : 0U;
  }
  if constexpr (std::same_as<Body, body::HeadOfficeChecked>) {
    counted.failed += event.result() == body::ServiceResult::FAIL ? 1U : 0U;
  }
  if constexpr (requires { event.items(); }) {
    for (const body::AssessedItem* item : *event.items()) {
      counted.failed += item->result() == body::ServiceResult::FAIL ? 1U : 0U;
    }
  }
}

void apply_daily(const body::DailyInspectionRecorded& event,
                 const EventContext& context,
                 WorldChange& world) {
  count_in_month(
      world, context, kind_of(event.level()), view_of(event.scope()), *date_of(event.on()))
      .findings += static_cast<std::uint32_t>(size_of(event.findings()));
  enter_roll(daily_area_roll, view_of(event.scope()), world);
}

void apply_weekly(const body::WeeklyInspectionRecorded& event,
                  const EventContext& context,
                  WorldChange& world) {
  count_in_week(world, context, InspectionKind::weekly, view_of(event.area()), *date_of(event.on()))
      .findings += static_cast<std::uint32_t>(size_of(event.findings()));
  enter_roll(weekly_area_roll, view_of(event.area()), world);
}

void apply_assessed(const body::StaffAssessed& event,
                    const EventContext& context,
                    WorldChange& world) {
  InspectionTally& counted = count_in_week(
      world, context, InspectionKind::assessment, view_of(event.staff()), *date_of(event.week()));
  counted.failed += event.result() == body::ServiceResult::FAIL ? 1U : 0U;
  counted.findings += event.nonconform();
}

template <class Body, InspectionKind kind, DecideFunction<Body> decide>
constexpr EventHandler counted(std::string_view name) {
  return event<Body, decide, apply_counted<Body, kind>>(name);
}

constexpr std::array handlers{
    event<body::DailyInspectionRecorded, decide_daily, apply_daily>("DailyInspectionRecorded"),
    event<body::WeeklyInspectionRecorded,
          decide_findings<body::WeeklyInspectionRecorded>,
          apply_weekly>("WeeklyInspectionRecorded"),
    counted<body::MonthlyInspectionRecorded, InspectionKind::monthly, decide_monthly>(
        "MonthlyInspectionRecorded"),
    counted<body::QuarterlyPropertyInspected, InspectionKind::quarterly, decide_quarterly>(
        "QuarterlyPropertyInspected"),
    counted<body::SpotCheckRecorded, InspectionKind::spot, decide_spot>("SpotCheckRecorded"),
    event<body::StaffAssessed, decide_assessed, apply_assessed>("StaffAssessed"),
    event<body::MonthlyAnalysisPublished,
          decide_month_is_over<body::MonthlyAnalysisPublished>,
          apply_nothing<body::MonthlyAnalysisPublished>>("MonthlyAnalysisPublished"),
    counted<body::NightPostChecked, InspectionKind::night_post, decide_night>("NightPostChecked"),
    counted<body::EquipmentRoomPatrolled, InspectionKind::equipment_room, decide_room>(
        "EquipmentRoomPatrolled"),
    event<body::UtilityIndicatorsReported,
          decide_utility,
          apply_nothing<body::UtilityIndicatorsReported>>("UtilityIndicatorsReported"),
    counted<body::ResourceMonitored,
            InspectionKind::resource,
            decide_nothing<body::ResourceMonitored>>("ResourceMonitored"),
    plain("DefectRegistered"),
    plain("DefectClosed"),
    plain("DefectClosureVerified"),
    plain("MonthlyBulletinIssued"),
    plain("FaultTransferRaised"),
    plain("FaultTransferAnswered"),
    counted<body::AnnualEvaluationRecorded, InspectionKind::annual, decide_annual>(
        "AnnualEvaluationRecorded"),
    counted<body::HeadOfficeChecked,
            InspectionKind::head_office,
            decide_nothing<body::HeadOfficeChecked>>("HeadOfficeChecked"),
    plain("PerformanceFiled"),
};

constexpr std::array rules{night_rule};

}  // namespace

std::span<const EventHandler> inspection_handlers() {
  return handlers;
}

std::span<const Rule> inspection_rules() {
  return rules;
}

}  // namespace juanzong
