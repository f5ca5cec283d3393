// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/calendar.h"
#include "events/procedures/parties.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/policy.h"
#include "events/procedures/registry/registry.h"
#include "events/procedures/registry/registry_generated.h"
#include "events/procedures/registry/registry_schema.h"
#include "events/procedures/rolls.h"
#include "events/procedures/signatures.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule once_rule{
    "H-REG-1", "PX", "该编号已登记,不能重复登记", "this code is registered already"};
constexpr Rule founder_rule{
    "H-REG-2", "PX", "卷宗只能由第 0 条记录建立", "a ledger is created by record 0 only"};
constexpr Rule unknown_staff_rule{"H-REG-3", "PX", "员工未登记", "the member of staff is unknown"};
constexpr Rule badge_rule{
    "H-REG-4", "S0·2§4.5.6b", "工作牌号必须唯一", "a badge number belongs to one person"};
constexpr Rule policy_rule{
    "H-REG-5", "PX", "项目参数不符合规定", "the policy value is not acceptable"};
constexpr Rule policy_signature_rule{
    "H-REG-6", "PX", "项目参数须由项目经理签字", "policy needs the project manager's signature"};
constexpr Rule back_entry_rule{"H-REG-7",
                               "PX",
                               "补录须由客户中心主管签字,且不得指向未来的记录",
                               "a back entry needs the CSM's signature and an existing record"};
constexpr Rule unit_code_rule{
    "H-REG-8", "PX", "房屋编号须为 栋-单元-房号", "the unit code must be building-entrance-number"};
constexpr Rule server_rule{
    "H-REG-9",
    "PX",
    "系统岗位(SYS)只属于服务器本身,建卷时登记,不授予任何人",
    "the role SYS is the server's own, given when the ledger is founded and to nobody else"};

// The server's entry is made by the founding request; nobody gets its role or changes it later.
void check_server_role(std::string_view staff,
                       std::string_view roles,
                       const EventContext& context,
                       Decision& decision) {
  const bool is_server = staff == server_staff;
  const bool names_role = roles_from_codes(roles).value_or(RoleSet{}).has(Role::sys);
  const bool founding = context.request_first == RecordIndex{0} && roles == code_of(Role::sys);
  if ((is_server || names_role) && !(is_server && founding)) {
    decision.refuse(server_rule, {fact("staff", staff)});
  }
}

void decide_ledger(const body::LedgerCreated&,
                   const EventContext& context,
                   const World&,
                   Decision& decision) {
  if (context.index != RecordIndex{0}) {
    decision.refuse(founder_rule);
  }
}

void apply_ledger(const body::LedgerCreated& event, const EventContext&, WorldChange& world) {
  LedgerSettings& settings = world.edit<LedgerSettings>(ledger_key);
  settings.name = text_of(event.name());
  settings.origin = text_of(event.origin());
  settings.verifier_key = text_of(event.verifier_key());
  settings.founder = text_of(event.founder());
}

void decide_unit(const body::UnitRegistered& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  const auto* unit = world.find<UnitState>(view_of(event.unit()));
  if (unit != nullptr && unit->registered) {
    decision.refuse(once_rule, {fact("unit", view_of(event.unit()))});
  }
  const std::string code =
      text_of(event.building()) + "-" + text_of(event.entrance()) + "-" + text_of(event.number());
  if (code != view_of(event.unit())) {
    decision.refuse(unit_code_rule, {fact("unit", view_of(event.unit())), fact("expected", code)});
  }
}

void apply_unit(const body::UnitRegistered& event,
                const EventContext& context,
                WorldChange& world) {
  change_unit(world, view_of(event.unit()), context.today, context, [&event](UnitState& unit) {
    unit.registered = true;
    unit.building = text_of(event.building());
    unit.entrance = text_of(event.entrance());
    unit.room = text_of(event.number());
    unit.floor = event.floor();
    unit.area_cm2 = event.area_cm2();
  });
  enter_roll(
      entrance_roll, entrance_member(view_of(event.building()), view_of(event.entrance())), world);
  enter_roll(floor_roll(view_of(event.building())), std::to_string(event.floor()), world);
}

void decide_staff(const body::StaffRegistered& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  if (world.find<StaffState>(view_of(event.staff())) != nullptr) {
    decision.refuse(once_rule, {fact("staff", view_of(event.staff()))});
  }
  if (world.find<BadgeState>(view_of(event.badge_no())) != nullptr) {
    decision.refuse(badge_rule, {fact("badge_no", view_of(event.badge_no()))});
  }
  if (!roles_from_codes(view_of(event.roles()))) {
    decision.refuse_schema("roles", "岗位代码未知", "unknown role code");
  }
  check_server_role(view_of(event.staff()), view_of(event.roles()), context, decision);
}

void apply_staff(const body::StaffRegistered& event,
                 const EventContext& context,
                 WorldChange& world) {
  StaffState& staff = world.edit<StaffState>(view_of(event.staff()));
  staff.registered = true;
  staff.department = text_of(event.department());
  staff.badge_no = text_of(event.badge_no());
  staff.roles = roles_from_codes(view_of(event.roles())).value_or(RoleSet{});
  staff.since = context.index;
  world.edit<BadgeState>(view_of(event.badge_no())).staff = text_of(event.staff());
  enter_roll(staff_roll, view_of(event.staff()), world);
  if (event.name() != nullptr) {
    tie_person(world, view_of(event.name()->subject()), "staff:" + text_of(event.staff()));
  }
}

void decide_roles(const body::StaffRoleChanged& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  if (world.find<StaffState>(view_of(event.staff())) == nullptr) {
    decision.refuse(unknown_staff_rule, {fact("staff", view_of(event.staff()))});
  }
  if (!roles_from_codes(view_of(event.roles()))) {
    decision.refuse_schema("roles", "岗位代码未知", "unknown role code");
  }
  check_server_role(view_of(event.staff()), view_of(event.roles()), context, decision);
}

void apply_roles(const body::StaffRoleChanged& event, const EventContext&, WorldChange& world) {
  world.edit<StaffState>(view_of(event.staff())).roles =
      roles_from_codes(view_of(event.roles())).value_or(RoleSet{});
}

void decide_contractor(const body::ContractorRegistered& event,
                       const EventContext&,
                       const World& world,
                       Decision& decision) {
  if (world.find<ContractorState>(view_of(event.company())) != nullptr) {
    decision.refuse(once_rule, {fact("company", view_of(event.company()))});
  }
}

void apply_contractor(const body::ContractorRegistered& event,
                      const EventContext& context,
                      WorldChange& world) {
  ContractorState& contractor = world.edit<ContractorState>(view_of(event.company()));
  contractor.registered = true;
  contractor.since = context.index;
}

void decide_policy(const body::PolicyAdopted& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  if (!signed_by_staff(event.signatures(), Role::pm, world)) {
    decision.refuse(policy_signature_rule);
  }
  const auto state = world.get<PolicyState>(policy_key);
  const std::uint32_t newest = state.versions.empty() ? 0 : state.versions.back().version;
  const auto effective = *date_of(event.effective());
  if (event.policy_ver() != newest + 1) {
    decision.refuse(policy_rule, {fact("expected_policy_ver", std::to_string(newest + 1))});
  }
  if (!state.versions.empty() && effective < state.versions.back().effective) {
    decision.refuse(policy_rule, {fact("effective_not_before", state.versions.back().effective)});
  }
  for (const body::PolicyValue* value : *event.values()) {
    const PolicyParameter* parameter = find_policy_parameter(view_of(value->key()));
    if (parameter == nullptr || !is_policy_value(*parameter, view_of(value->value()))) {
      decision.refuse(policy_rule, {fact("key", view_of(value->key()))});
    }
  }
}

void apply_policy(const body::PolicyAdopted& event,
                  const EventContext& context,
                  WorldChange& world) {
  PolicyState& state = world.edit<PolicyState>(policy_key);
  PolicyVersion version;
  if (!state.versions.empty()) {
    version.values = state.versions.back().values;
  }
  version.version = event.policy_ver();
  version.effective = *date_of(event.effective());
  version.adopted = context.index;
  for (const body::PolicyValue* value : *event.values()) {
    version.values[text_of(value->key())] = text_of(value->value());
  }
  state.versions.push_back(std::move(version));
}

void apply_calendar(const body::HolidayCalendarAdopted& event,
                    const EventContext&,
                    WorldChange& world) {
  CalendarState& calendar = world.edit<CalendarState>(calendar_key);
  for (const flatbuffers::String* day : *event.holidays()) {
    calendar.working[date_of(day)->days] = false;
  }
  if (event.workdays() != nullptr) {
    for (const flatbuffers::String* day : *event.workdays()) {
      calendar.working[date_of(day)->days] = true;
    }
  }
}

void decide_back_entry(const body::BackEntryDeclared& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const RecordIndex covered = record_index(*event.covers(), context);
  if (!signed_by_staff(event.signatures(), Role::csm, world) || covered >= context.index) {
    decision.refuse(back_entry_rule, {fact("covers", std::to_string(number(covered)))});
  }
}

constexpr std::array handlers{
    event<body::LedgerCreated, decide_ledger, apply_ledger>("LedgerCreated"),
    event<body::UnitRegistered, decide_unit, apply_unit>("UnitRegistered"),
    event<body::StaffRegistered, decide_staff, apply_staff>("StaffRegistered"),
    event<body::StaffRoleChanged, decide_roles, apply_roles>("StaffRoleChanged"),
    event<body::ContractorRegistered, decide_contractor, apply_contractor>("ContractorRegistered"),
    event<body::PolicyAdopted, decide_policy, apply_policy>("PolicyAdopted"),
    event<body::HolidayCalendarAdopted, decide_nothing, apply_calendar>("HolidayCalendarAdopted"),
    event<body::BackEntryDeclared, decide_back_entry, apply_nothing>("BackEntryDeclared"),
};

constexpr std::array rules{once_rule,
                           founder_rule,
                           unknown_staff_rule,
                           badge_rule,
                           policy_rule,
                           policy_signature_rule,
                           back_entry_rule,
                           unit_code_rule,
                           server_rule};

constexpr std::array states{
    state_type<LedgerSettings>("ledger_settings"),
    state_type<PolicyState>("policy"),
    state_type<CalendarState>("calendar"),
    state_type<StaffState>("staff"),
    state_type<BadgeState>("badge"),
    state_type<ContractorState>("contractor"),
    state_type<UnitState>("unit"),
};

}  // namespace

const Procedure& registry_procedure() {
  static constexpr Procedure procedure{
      "PX", "registry", "基础登记", "Registry", registry_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
