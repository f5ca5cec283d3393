// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_checks.h"
#include "events/procedures/contracts/contracts.h"
#include "events/procedures/contracts/contracts_generated.h"
#include "events/procedures/contracts/contracts_schema.h"
#include "events/procedures/parties.h"
#include "events/procedures/signatures.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

using body::ContractParty;
using body::PropertyKind;

constexpr Rule takeover_rule{"H-CTR-1",
                             "S2·1§2.10–2.11",
                             "正式接管前须签订物业管理委托合同:新建物业与开发公司或物业所有人,"
                             "原有物业与业主委员会或物业所有人;业主委员会成立后与其续签",
                             "before takeover a contract is signed: with the developer or owner of "
                             "a new property, with committee or owner of an existing one; once "
                             "there is a committee, with it"};
constexpr Rule validity_rule{"H-CTR-2",
                             "S2·1§2.12–2.13",
                             "合同内容、时间和签约须有效,清单须注明合同有效期限",
                             "a contract's term and signatures are valid, and the list shows the "
                             "same term"};

constexpr std::string_view none = "NONE";
constexpr std::string_view signed_state = "SIGNED";

const ManagementContract* find_contract(const World& world, std::string_view id) {
  const auto* state = world.find<ContractsState>(contracts_key);
  if (state == nullptr) {
    return nullptr;
  }
  const auto found = state->contracts.find(std::string(id));
  return found == state->contracts.end() ? nullptr : &found->second;
}

ManagedProperty property_of(const World& world, std::string_view property) {
  const auto* state = world.find<ContractsState>(contracts_key);
  if (state == nullptr) {
    return {};
  }
  const auto found = state->properties.find(std::string(property));
  return found == state->properties.end() ? ManagedProperty{} : found->second;
}

// In which capacity the other side signs.
body::Capacity capacity_of(ContractParty counterparty) {
  switch (counterparty) {
    case ContractParty::DEVELOPER:
      return body::Capacity::DEVELOPER;
    case ContractParty::COMMITTEE:
      return body::Capacity::COMMITTEE;
    default:
      return body::Capacity::OWNER;
  }
}

std::string_view code_of(ContractParty counterparty) {
  return body::EnumNameContractParty(counterparty);
}

// What a new contract says, whichever event brings it.
template <class Body>
void check_new_contract(const Body& event,
                        const EventContext& context,
                        const World& world,
                        Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_not_in_future("signed_on", date_of(event.signed_on()), context, decision);
  if (find_contract(world, view_of(event.contract_id())) != nullptr) {
    decision.refuse_state(signed_state, none);
  }
  const CivilDate to = *date_of(event.to());
  if (to < *date_of(event.from()) || to < *date_of(event.signed_on())) {
    decision.refuse(validity_rule,
                    {fact("from", *date_of(event.from())),
                     fact("to", to),
                     fact("signed_on", *date_of(event.signed_on()))});
  }
  const auto need = [&decision](bool present, std::string_view who) {
    if (!present) {
      decision.refuse(validity_rule, {fact("missing_signature", who)});
    }
  };
  need(signed_by_staff(event.signatures(), Role::pm, world) ||
           signed_by_staff(event.signatures(), Role::cl, world),
       "STAFF:PM / STAFF:CL");
  need(signed_in_capacity(event.signatures(), capacity_of(event.counterparty())),
       body::EnumNameCapacity(capacity_of(event.counterparty())));
}

template <class Body>
void add_contract(const Body& event,
                  const EventContext& context,
                  std::string renews,
                  ContractsState& state) {
  ManagementContract& contract = state.contracts[text_of(event.contract_id())];
  contract.property = text_of(event.property());
  contract.counterparty = static_cast<std::uint8_t>(event.counterparty());
  contract.party = text_of(event.party());
  contract.from = *date_of(event.from());
  contract.to = *date_of(event.to());
  contract.signed_on = *date_of(event.signed_on());
  contract.index = context.index;
  contract.renews = std::move(renews);
  if (event.counterparty() == ContractParty::COMMITTEE) {
    state.properties[contract.property].has_committee = true;
  }
}

// The developer hands a new property over once; a committee, where there is one, takes his place.
void decide_signed(const body::ManagementContractSigned& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_new_contract(event, context, world, decision);
  const ManagedProperty property = property_of(world, view_of(event.property()));
  const bool existing = property.property_kind == static_cast<std::uint8_t>(PropertyKind::EXISTING);
  if (event.counterparty() == ContractParty::DEVELOPER && (property.has_committee || existing)) {
    decision.refuse(takeover_rule,
                    {fact("counterparty", code_of(event.counterparty())),
                     fact("instead", code_of(ContractParty::COMMITTEE))});
  }
}

void apply_signed(const body::ManagementContractSigned& event,
                  const EventContext& context,
                  WorldChange& world) {
  add_contract(event, context, {}, world.edit<ContractsState>(contracts_key));
}

bool may_hand_over(PropertyKind kind, ContractParty counterparty) {
  const auto expected =
      kind == PropertyKind::NEW ? ContractParty::DEVELOPER : ContractParty::COMMITTEE;
  return counterparty == expected || counterparty == ContractParty::OWNER_ENTITY;
}

// H-CTR-1: the contract that the takeover names is signed, in force that day, and with the party
// who can hand the property over.
void check_contract_of_takeover(const body::PropertyTakenOver& event,
                                const ManagementContract& contract,
                                Decision& decision) {
  const CivilDate on = *date_of(event.taken_over_on());
  const auto counterparty = static_cast<ContractParty>(contract.counterparty);
  if (contract.property != view_of(event.property())) {
    decision.refuse_schema("contract_id", "合同不属于该物业", "a contract of another property");
  }
  if (!may_hand_over(event.kind(), counterparty)) {
    decision.refuse(takeover_rule,
                    {fact("kind", body::EnumNamePropertyKind(event.kind())),
                     fact("counterparty", code_of(counterparty))});
  }
  if (on < contract.signed_on || on < contract.from || on > contract.to) {
    decision.refuse(takeover_rule,
                    {fact("taken_over_on", on),
                     fact("signed_on", contract.signed_on),
                     fact("from", contract.from),
                     fact("to", contract.to)});
  }
}

void check_team(const body::PropertyTakenOver& event, const World& world, Decision& decision) {
  for (const flatbuffers::String* staff : *event.team()) {
    const auto* known = world.find<StaffState>(view_of(staff));
    if (known == nullptr || !known->registered) {
      decision.refuse_schema(
          "team", "接管小组成员未登记", "a member of the team is not registered");
    }
  }
}

void decide_taken_over(const body::PropertyTakenOver& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_not_in_future("taken_over_on", date_of(event.taken_over_on()), context, decision);
  if (property_of(world, view_of(event.property())).taken_over) {
    decision.refuse_state("TAKEN_OVER", none);
  }
  check_team(event, world, decision);
  const auto* contract = find_contract(world, view_of(event.contract_id()));
  if (contract == nullptr) {
    decision.refuse(
        takeover_rule,
        {fact("missing", "contract"), fact("contract_id", view_of(event.contract_id()))});
    return;
  }
  check_contract_of_takeover(event, *contract, decision);
  const auto capacity = capacity_of(static_cast<ContractParty>(contract->counterparty));
  check_signature(signed_in_capacity(event.signatures(), capacity),
                  "须由移交方签名",
                  "the party that hands over must sign",
                  decision);
}

void apply_taken_over(const body::PropertyTakenOver& event,
                      const EventContext& context,
                      WorldChange& world) {
  ManagedProperty& property =
      world.edit<ContractsState>(contracts_key).properties[text_of(event.property())];
  property.property_kind = static_cast<std::uint8_t>(event.kind());
  property.contract_id = text_of(event.contract_id());
  property.taken_over = context.index;
  property.taken_over_on = date_of(event.taken_over_on());
}

void decide_renewed(const body::ManagementContractRenewed& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_new_contract(event, context, world, decision);
  if (event.counterparty() != ContractParty::COMMITTEE) {
    decision.refuse(takeover_rule,
                    {fact("counterparty", code_of(event.counterparty())),
                     fact("instead", code_of(ContractParty::COMMITTEE))});
  }
  const auto* former = find_contract(world, view_of(event.renews()));
  if (former == nullptr || !former->renewed_by.empty()) {
    decision.refuse_state(former == nullptr ? none : "RENEWED", signed_state);
    return;
  }
  if (former->property != view_of(event.property())) {
    decision.refuse_schema("renews", "合同不属于该物业", "a contract of another property");
  }
  if (*date_of(event.from()) <= former->from) {
    decision.refuse(validity_rule,
                    {fact("from", *date_of(event.from())), fact("former_from", former->from)});
  }
}

void apply_renewed(const body::ManagementContractRenewed& event,
                   const EventContext& context,
                   WorldChange& world) {
  ContractsState& state = world.edit<ContractsState>(contracts_key);
  add_contract(event, context, text_of(event.renews()), state);
  state.contracts[text_of(event.renews())].renewed_by = text_of(event.contract_id());
}

void decide_listed(const body::ContractListUpdated& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  const auto* contract = find_contract(world, view_of(event.contract_id()));
  if (contract == nullptr) {
    decision.refuse_state(none, "SIGNED, RENEWED");
    return;
  }
  if (*date_of(event.from()) != contract->from || *date_of(event.to()) != contract->to) {
    decision.refuse(validity_rule,
                    {fact("contract_from", contract->from),
                     fact("contract_to", contract->to),
                     fact("listed_from", *date_of(event.from())),
                     fact("listed_to", *date_of(event.to()))});
  }
}

void apply_listed(const body::ContractListUpdated& event,
                  const EventContext& context,
                  WorldChange& world) {
  ManagementContract& contract =
      world.edit<ContractsState>(contracts_key).contracts[text_of(event.contract_id())];
  contract.listed = context.index;
  contract.kept_at = text_of(event.kept_at());
}

constexpr std::array handlers{
    event<body::ManagementContractSigned, decide_signed, apply_signed>("ManagementContractSigned"),
    event<body::PropertyTakenOver, decide_taken_over, apply_taken_over>("PropertyTakenOver"),
    event<body::ManagementContractRenewed, decide_renewed, apply_renewed>(
        "ManagementContractRenewed"),
    event<body::ContractListUpdated, decide_listed, apply_listed>("ContractListUpdated"),
};

constexpr std::array rules{takeover_rule, validity_rule};

constexpr std::array states{state_type<ContractsState>("contracts")};

}  // namespace

ContractStanding standing_of(const ContractsState& state,
                             const ManagementContract& contract,
                             CivilDate on,
                             std::int64_t remind_days) {
  const auto next = state.contracts.find(contract.renewed_by);
  const bool followed = !contract.renewed_by.empty() && next != state.contracts.end();
  if (followed && on >= next->second.from) {
    return ContractStanding::renewed;
  }
  if (on < contract.from) {
    return ContractStanding::not_yet;
  }
  if (on > contract.to) {
    return ContractStanding::expired;
  }
  const bool ends_soon = contract.to.days - on.days <= remind_days;
  return ends_soon && !followed ? ContractStanding::expiring : ContractStanding::in_force;
}

const Procedure& contracts_procedure() {
  static constexpr Procedure procedure{"P46",
                                       "contracts",
                                       "物业管理委托合同",
                                       "Management contracts",
                                       contracts_schema,
                                       handlers,
                                       rules,
                                       states};
  return procedure;
}

}  // namespace juanzong
