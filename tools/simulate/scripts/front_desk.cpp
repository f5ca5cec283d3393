// SPDX-License-Identifier: Apache-2.0
// Calls (P05), requests (P06) and visits to customers (P09).
#include "tools/simulate/scripts/scripts.h"

namespace juanzong::simulate {
namespace {

void take_call(Town& town) {
  const Unit* unit = town.any_home();
  if (unit == nullptr) {
    return;
  }
  const Person& person = unit->resident();
  const std::string id = town.next_id("LX");
  const bool answered = town.random.percent(80);
  Form call = town.form();
  call.text("contact_id", id)
      .text("channel", "CALL")
      .secret("caller_no", person.id, person.phone)
      .text("person", person.id)
      .text("unit", unit->code)
      .secret("content", person.id, "咨询装修时间")
      .number("rings", town.random.percent(95) ? 2 : 5);
  if (answered) {
    call.secret("answer", person.id, "已答复");
  }
  town.office.must("CSA", "CustomerContactLogged", call.json());
  if (answered) {
    return;
  }
  town.office.must("CSA",
                   "ContactForwarded",
                   town.form()
                       .text("contact_id", id)
                       .text("dept", "ENG")
                       .text("at", town.office.now_text())
                       .json());
  town.in_minutes(town.random.between(20, 180), [&town, id, who = person.id] {
    town.office.must("CSA",
                     "ContactAnswered",
                     town.form()
                         .text("contact_id", id)
                         .secret("answer", who, "已回电")
                         .text("at", town.office.now_text())
                         .json());
  });
}

void answer_request(Town& town, const std::string& id, const std::string& person) {
  const auto reply = [&] {
    return town.form()
        .text("request_id", id)
        .text("at", town.office.now_text())
        .secret("answer", person, "已办妥")
        .json();
  };
  if (town.random.percent(3)) {  // answered before it was handled
    town.office.refused("CSA", "RequestReplied", reply(), "STATE_REFUSED");
  }
  town.office.must("ENG",
                   "RequestHandled",
                   town.form()
                       .text("request_id", id)
                       .secret("result", person, "已处理")
                       .text("by", "S-ENG")
                       .json());
  town.office.must("CSA", "RequestReplied", reply());
}

// Seven of a hundred are answered too late (D-REQ-2).
void take_request(Town& town) {
  const Unit* unit = town.any_home();
  if (unit == nullptr) {
    return;
  }
  const std::string person = unit->resident().id;
  const std::string id = town.next_id("XQ");
  town.office.must("CSA",
                   "CustomerRequestReceived",
                   town.form()
                       .text("request_id", id)
                       .text("kind", town.random.percent(70) ? "REQUEST" : "SUGGESTION")
                       .text("unit", unit->code)
                       .text("person", person)
                       .secret("content", person, "希望增设快递柜")
                       .json());
  town.office.must("CSA",
                   "RequestForwarded",
                   town.form()
                       .text("request_id", id)
                       .text("dept", "ENG")
                       .text("at", town.office.now_text())
                       .json());
  const int minutes =
      town.random.percent(93) ? town.random.between(40, 900) : town.random.between(1'500, 2'600);
  town.in_minutes(minutes, [&town, id, person] { answer_request(town, id, person); });
}

void visit_customer(Town& town) {
  const Unit* unit = town.any_home();
  if (unit == nullptr) {
    return;
  }
  const Person& customer = unit->resident();
  const std::string role = town.random.percent(70) ? "CSA" : "CSM";
  town.office.must(
      role,
      "CustomerVisited",
      town.form()
          .text("visit_id", town.next_id("FW"))
          .text("customer", customer.id)
          .text("unit", unit->code)
          .text("mode", "DOOR")
          .texts("topics", {"保洁", "安全"})
          .text("satisfaction", town.random.percent(85) ? "SATISFIED" : "MOSTLY_SATISFIED")
          .text("visitor", "S-" + role)
          .text("visitor_role", role)
          .text("visited_on", to_text(town.today()))
          .by("CUSTOMER", customer.id)
          .json());
}

std::size_t a_day(const Town& town, std::size_t units_a_case) {
  return 1 + town.units.size() / units_a_case;
}

}  // namespace

void start_front_desk(Town& town) {
  town.every_working_day(8, 31, [&town] {
    for (std::size_t i = 0; i < a_day(town, 100); ++i) {
      town.then(town.office_hours_in(0), [&town] { take_call(town); });
    }
    for (std::size_t i = 0; i < a_day(town, 400); ++i) {
      town.then(town.office_hours_in(0), [&town] { take_request(town); });
    }
    for (std::size_t i = 0; i < a_day(town, 600); ++i) {
      town.then(town.office_hours_in(0), [&town] { visit_customer(town); });
    }
  });
}

}  // namespace juanzong::simulate
