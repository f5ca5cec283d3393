// SPDX-License-Identifier: Apache-2.0
// Stages of services and of what is offered, prices by the published tariff, and problems that are
// solved when the customer says so.
#include "events/procedures/case_checks.h"
#include "events/procedures/paid_services/paid_services.h"
#include "events/procedures/paid_services/paid_services_generated.h"
#include "events/procedures/paid_services/paid_services_schema.h"
#include "events/procedures/quantities.h"
#include "events/procedures/signatures.h"

#include <array>
#include <set>

namespace juanzong {
namespace {

constexpr Rule price_rule{"H-SRV-1",
                          "S0·5§3.1, §4.1.4, §4.2",
                          "收费标准经项目经理审批并公布后方可提供服务",
                          "the price is approved by the manager and published before the service"};
constexpr Rule solved_rule{"H-SRV-4",
                           "S3/009§六(二)3",
                           "问题须客户满意后方为解决",
                           "a problem is solved when the customer is satisfied"};

enum class Item : std::uint8_t { none, proposed, stopped };
constexpr std::array<CaseStage, 3> item_stages{
    {{"NONE", "未登记"}, {"PROPOSED", "已策划"}, {"STOPPED", "已停止"}}};
constexpr std::array item_steps{
    step("PaidServiceProposed", from_to(Item::none, Item::stopped), Item::proposed),
    note("PaidServiceOrdered", StageSet<Item>(Item::proposed)),
    note("PaidServiceLossReported", from_to(Item::proposed, Item::stopped)),
    step("PaidServiceStopped", Item::proposed, Item::stopped),
};

enum class Service : std::uint8_t { none, ordered, delivered, problem, satisfied };
constexpr std::array<CaseStage, 5> service_stages{{{"NONE", "未登记"},
                                                   {"ORDERED", "已预约"},
                                                   {"DELIVERED", "已完成"},
                                                   {"PROBLEM", "有问题"},
                                                   {"SATISFIED", "客户满意"}}};
constexpr auto after_delivery = from_to(Service::delivered, Service::satisfied);

std::uint8_t surveyed_to(const std::uint8_t* body) {
  const bool satisfied = flatbuffers::GetRoot<body::SpecialServiceSurveyed>(body)->satisfied();
  return static_cast<std::uint8_t>(satisfied ? Service::satisfied : Service::problem);
}

constexpr CaseStep surveyed() {
  CaseStep survey = step("SpecialServiceSurveyed", after_delivery, Service::satisfied);
  survey.goes_to = surveyed_to;
  return survey;
}

constexpr std::array service_steps{
    opens("PaidServiceOrdered", Service::ordered),
    step("PaidServiceDelivered", from_to(Service::ordered, Service::satisfied), Service::delivered),
    note("ReturnVisitCompleted", after_delivery),
    note("ReturnVisitFailed", after_delivery),
    surveyed(),
};

constexpr std::string_view readers = "CSA CSM PS PM CAS ENG ENGM ENV QD CL AUD";
constexpr std::array machines{
    CaseMachine{"service_item", "便民服务项目", "Services offered", "*", item_stages, item_steps},
    CaseMachine{"service", "有偿服务", "Paid services", readers, service_stages, service_steps},
};

std::string service_key(const flatbuffers::String* id) {
  return "service:" + text_of(id);
}

void decide_published(const body::TariffPublished& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  std::vector<Fact> missing;
  if (!signed_by_staff(event.signatures(), Role::pm, world)) {
    missing.push_back(fact("missing_signature", "STAFF:PM"));
  }
  if (event.posted() == nullptr || event.posted()->size() == 0) {
    missing.push_back(fact("missing", "posted"));
  }
  if (!missing.empty()) {
    decision.refuse(price_rule, missing);
  }
  if (*date_of(event.effective()) < day_of_fact(context, world)) {
    decision.refuse_schema("effective", "不得早于公布之日", "before the day it is published");
  }
  std::set<std::string_view> codes;
  for (const auto* line : *event.lines()) {
    if (!codes.insert(view_of(line->code())).second) {
      decision.refuse_schema("lines", "项目重复", "a code stands once");
    }
  }
  if (world.get<PaidServiceState>(service_tariffs_key)
          .tariffs.contains(text_of(event.tariff_ver()))) {
    decision.refuse_schema("tariff_ver", "版本已公布", "the version was published already");
  }
}

void apply_published(const body::TariffPublished& event,
                     const EventContext& context,
                     WorldChange& world) {
  auto& tariffs = world.edit<PaidServiceState>(service_tariffs_key).tariffs;
  ServiceTariff& tariff = tariffs[text_of(event.tariff_ver())];
  tariff.effective = *date_of(event.effective());
  tariff.published = context.index;
  for (const auto* line : *event.lines()) {
    tariff.prices[text_of(line->code())] = Fen{line->price_fen()};
  }
}

// The newest whose day has come; of one day the one published last.
const ServiceTariff* in_force(const PaidServiceState& state, CivilDate on) {
  const ServiceTariff* newest = nullptr;
  for (const auto& [version, tariff] : state.tariffs) {
    const bool later = newest == nullptr || tariff.effective > newest->effective ||
                       (tariff.effective == newest->effective &&
                        number(tariff.published) > number(newest->published));
    if (tariff.effective <= on && later) {
      newest = &tariff;
    }
  }
  return newest;
}

void decide_ordered(const body::PaidServiceOrdered& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto state = world.get<PaidServiceState>(service_tariffs_key);
  const auto named = state.tariffs.find(text_of(event.tariff_ver()));
  const CivilDate day = day_of_fact(context, world);
  if (named == state.tariffs.end() || &named->second != in_force(state, day)) {
    decision.refuse(price_rule, {fact("not_in_force", view_of(event.tariff_ver()))});
  } else if (!named->second.prices.contains(text_of(event.item()))) {
    decision.refuse(price_rule, {fact("no_price", view_of(event.item()))});
  } else if (!cost_of(named->second.prices.at(text_of(event.item())), event.qty_milli())) {
    decision.refuse_schema("qty_milli", "数量须为正数", "a quantity is positive and not absurd");
  }
  if (event.agreement() != nullptr &&
      !signed_by(event.signatures(), view_of(event.customer()), body::Capacity::CUSTOMER)) {
    decision.refuse_schema("signatures", "协议须客户签字", "the customer signs the agreement");
  }
}

void apply_ordered(const body::PaidServiceOrdered& event, const EventContext&, WorldChange& world) {
  const auto tariffs = world.get<PaidServiceState>(service_tariffs_key).tariffs;
  const auto tariff = tariffs.find(text_of(event.tariff_ver()));
  PaidServiceState& service = world.edit<PaidServiceState>(service_key(event.service_id()));
  service.item = text_of(event.item());
  service.customer = text_of(event.customer());
  service.agreement = event.agreement() != nullptr;
  // A fold of one service's streams does not hold the tariffs; no view asks it for the price.
  if (tariff != tariffs.end() && tariff->second.prices.contains(service.item)) {
    service.price =
        cost_of(tariff->second.prices.at(service.item), event.qty_milli()).value_or(zero_fen);
  }
}

bool signed_by_customer(const SignatureList* signatures, std::string_view customer) {
  return signed_by(signatures, customer, body::Capacity::CUSTOMER) ||
         signed_by(signatures, customer, body::Capacity::OWNER) ||
         signed_by(signatures, customer, body::Capacity::TENANT);
}

void decide_delivered(const body::PaidServiceDelivered& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const auto service = world.get<PaidServiceState>(service_key(event.service_id()));
  const CaseFileState* file = find_case(world, "service", view_of(event.service_id()));
  const auto stage = file == nullptr ? Service::none : static_cast<Service>(file->stage);
  if (stage > Service::ordered && !service.agreement) {
    decision.refuse_state(service_stages[static_cast<std::size_t>(stage)].code,
                          "ORDERED; later under an agreement only");
  }
  if (!signed_by_customer(event.signatures(), service.customer)) {
    decision.refuse_schema("signatures", "须预约客户确认", "who ordered it confirms it");
  }
  // Agreements are settled as they say (§4.3.2).
  if (!service.agreement && Fen{event.bill_fen()} != service.price) {
    decision.refuse(price_rule,
                    {fact("bill", Fen{event.bill_fen()}), fact("tariff", service.price)});
  }
}

void decide_surveyed(const body::SpecialServiceSurveyed& event,
                     const EventContext&,
                     const World&,
                     Decision& decision) {
  if (event.solved() && !event.satisfied()) {
    decision.refuse(solved_rule, {fact("satisfied", "false")});
  }
}

constexpr std::array rules{price_rule, solved_rule};
constexpr std::array states{state_type<PaidServiceState>("paid_service")};

constexpr std::array handlers{
    plain("PaidServiceProposed"),
    event<body::TariffPublished, decide_published, apply_published>("TariffPublished"),
    event<body::PaidServiceOrdered, decide_ordered, apply_ordered>("PaidServiceOrdered"),
    event<body::PaidServiceDelivered, decide_delivered, apply_nothing<body::PaidServiceDelivered>>(
        "PaidServiceDelivered"),
    plain("PaidServiceLossReported"),
    plain("PaidServiceStopped"),
    event<body::SpecialServiceSurveyed,
          decide_surveyed,
          apply_nothing<body::SpecialServiceSurveyed>>("SpecialServiceSurveyed"),
};

}  // namespace

const Procedure& paid_services_procedure() {
  static constexpr Procedure procedure{.code = "P30",
                                       .name = "paid_services",
                                       .zh = "有偿服务",
                                       .en = "Paid services",
                                       .schema = paid_services_schema,
                                       .handlers = handlers,
                                       .rules = rules,
                                       .states = states,
                                       .deadlines = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
