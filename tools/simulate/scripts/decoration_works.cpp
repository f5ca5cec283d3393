// SPDX-License-Identifier: Apache-2.0
// Works under way: patrols, violations with their penalties, disputes of them, completion.
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/decoration.h"

namespace juanzong::simulate {
namespace {

constexpr std::int64_t penalty_fen = 30'000;

void patrol(Town& town, const Works& works) {
  if (!works.unit.decorating) {
    return;
  }
  town.office.must("ENG",
                   "DecorationPatrolRecorded",
                   of_works(town, works).text("dept", "ENG").text("inspector", "S-ENG").json());
}

void notify(Town& town, const Works& works, const std::string& violation, std::string_view party) {
  town.office.must("SEC",
                   "DecorationViolationNotified",
                   of_works(town, works)
                       .text("violation_id", violation)
                       .text("party", party)
                       .text("at", town.office.now_text())
                       .flag("reached", true)
                       .json());
}

std::string penalty_json(const Town& town, const Works& works, const std::string& violation) {
  return of_works(town, works)
      .text("violation_id", violation)
      .number("amount_fen", penalty_fen)
      .text("agreement_clause", "7.2")
      .by_staff("PM")
      .json();
}

// The contractor disputes the penalty; now and then the project manager takes it back.
void confirm(Town& town, const std::shared_ptr<Works>& works, const std::string& violation) {
  town.office.must("PM", "DecorationPenaltyConfirmed", penalty_json(town, *works, violation));
  works->penalties.push_back({violation, penalty_fen});
  if (!town.random.percent(25)) {
    return;
  }
  town.then(town.office_hours_in(town.random.between(3, 10)), [&town, works, violation] {
    town.office.must("PM",
                     "DecorationPenaltyWaived",
                     of_works(town, *works)
                         .text("violation_id", violation)
                         .secret("reason", works->foreman.id, "装修单位申诉成立")
                         .by_staff("PM")
                         .json());
    std::erase_if(works->penalties,
                  [&violation](const Penalty& each) { return each.violation == violation; });
  });
}

void rectified(Town& town, const Works& works, const std::string& violation) {
  town.office.must("SEC",
                   "DecorationViolationRectified",
                   of_works(town, works)
                       .text("violation_id", violation)
                       .text("verified_by", "S-SEC")
                       .scan("evidence", works.foreman.id, "整改照片")
                       .json());
}

void violate(Town& town, const std::shared_ptr<Works>& works) {
  const std::string violation = town.next_id("V");
  town.office.must("SEC",
                   "DecorationViolationRecorded",
                   of_works(town, *works)
                       .text("violation_id", violation)
                       .text("severity", "SERIOUS")
                       .secret("facts", works->foreman.id, "外墙安装护栏")
                       .text("rule_ref", "ZX-7")
                       .number("copies", 3)
                       .number("proposed_penalty_fen", penalty_fen)
                       .text("rectify_by", to_text(add_days(town.today(), 7)))
                       .json());
  notify(town, *works, violation, "OWNER");
  notify(town, *works, violation, "CONTRACTOR");
  town.then(town.office_hours_in(1), [&town, works, violation] {
    town.office.must("CSA",
                     "DecorationViolationReceiptSigned",
                     of_works(town, *works)
                         .text("violation_id", violation)
                         .by("OWNER", works->owner)
                         .by("CONTRACTOR", works->foreman.id)
                         .json());
    if (town.random.percent(10)) {
      town.office.refused(
          "CSA", "DecorationPenaltyConfirmed", penalty_json(town, *works, violation), "ROLE");
    }
    confirm(town, works, violation);
    town.then(town.office_hours_in(4),
              [&town, works, violation] { rectified(town, *works, violation); });
  });
}

std::string acceptance_json(const Town& town, const Works& works, CivilDate on) {
  return of_works(town, works)
      .text("unit", works.unit.code)
      .text("accepted_on", to_text(on))
      .scan("form", works.owner, "竣工验收表")
      .by_staff("ENG")
      .by_staff("SEC")
      .by("OWNER", works.owner)
      .json();
}

void fail_acceptance(Town& town, const std::shared_ptr<Works>& works) {
  town.office.must("CSA",
                   "CompletionAcceptanceFailed",
                   of_works(town, *works)
                       .secrets("problems", works->owner, "卫生间渗漏")
                       .secrets("measures", works->owner, "重做防水")
                       .flag("explained_to_owner", true)
                       .by_staff("ENG")
                       .by_staff("SEC")
                       .by("OWNER", works->owner)
                       .json());
  town.then(town.office_hours_in(town.random.between(5, 12)),
            [&town, works] { complete_works(town, works); });
}

void pass_acceptance(Town& town, const std::shared_ptr<Works>& works) {
  if (town.random.percent(4)) {  // dated back, so that the deposit comes back earlier
    town.office.refused("CSA",
                        "CompletionAcceptancePassed",
                        acceptance_json(town, *works, add_days(town.today(), -4)),
                        "H-DEC-13");
  }
  town.office.must(
      "CSA", "CompletionAcceptancePassed", acceptance_json(town, *works, town.today()));
  works->unit.decorating = false;
  town.then(town.office_hours_in(town.random.between(10, 40)),
            [&town, works] { move_owner_in(town, works->unit); });
  plan_refund(town, works);
}

}  // namespace

void start_works(Town& town, const std::shared_ptr<Works>& works) {
  for (int day = 3; day < works->planned_end.days - town.today().days; day += 4) {
    town.then(town.office_hours_in(day), [&town, works] { patrol(town, *works); });
  }
  if (town.random.percent(22)) {
    town.then(town.office_hours_in(town.random.between(4, 12)),
              [&town, works] { violate(town, works); });
  }
}

void complete_works(Town& town, const std::shared_ptr<Works>& works) {
  town.office.must("CSA",
                   "CompletionAcceptanceRequested",
                   of_works(town, *works)
                       .scan("form", works->owner, "竣工验收表")
                       .by("OWNER", works->owner)
                       .json());
  if (town.random.percent(8)) {
    fail_acceptance(town, works);
  } else {
    pass_acceptance(town, works);
  }
}

}  // namespace juanzong::simulate
