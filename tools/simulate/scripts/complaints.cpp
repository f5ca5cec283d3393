// SPDX-License-Identifier: Apache-2.0
// Complaints (P07) with their return visits (P08): some unfounded, some major, some handled too
// late, some that come back because the customer is not satisfied.
#include "tools/simulate/scripts/scripts.h"

#include <memory>

namespace juanzong::simulate {
namespace {

struct Complaint {
  std::string id;
  std::string customer;
  bool satisfied = true;
};

Form of_complaint(const Town& town, const Complaint& complaint) {
  return town.form().text("complaint_id", complaint.id);
}

void receive(Town& town, const Complaint& complaint, const Unit& unit) {
  town.office.must("CSA",
                   "ComplaintReceived",
                   of_complaint(town, complaint)
                       .text("customer", complaint.customer)
                       .text("unit", unit.code)
                       .text("channel", "CALL")
                       .secret("content", complaint.customer, "电梯多次停运")
                       .text("first_receiver", "S-CSA")
                       .text("incident", town.next_id("SJ"))
                       .text("accused_department", "ENG")
                       .json());
  town.office.must(
      "CSA",
      "ComplaintForwarded",
      of_complaint(town, complaint).text("dept", "ENG").text("at", town.office.now_text()).json());
}

// "" for one that is not founded.
void classify(Town& town, const Complaint& complaint, const std::string& severity) {
  Form form = of_complaint(town, complaint);
  form.text("validity", severity.empty() ? "INVALID" : "VALID");
  if (severity == "MAJOR") {
    form.text("severity", severity).texts("grounds", {"OUTAGE"});
  } else if (severity == "IMPORTANT") {
    form.text("severity", severity).texts("grounds", {"SERVICE_FAULT"});
  } else if (!severity.empty()) {
    form.text("severity", severity);
  }
  if (town.random.percent(4)) {  // the manager of the customer centre is not who judges
    town.office.refused("CSM", "ComplaintClassified", form.json(), "ROLE");
  }
  town.office.must("PS", "ComplaintClassified", form.by_staff("PS").json());
  if (severity == "MAJOR" || severity == "IMPORTANT") {
    town.office.must(
        "CSM",
        "ComplaintEscalated",
        of_complaint(town, complaint).text("to", "S-PM").text("at", town.office.now_text()).json());
  }
  if (severity == "MAJOR") {
    town.office.must("CSA",
                     "ComplaintInterimReplyGiven",
                     of_complaint(town, complaint)
                         .secret("text", complaint.customer, "已安排抢修")
                         .flag("definite", true)
                         .json());
  }
}

std::string reply_json(const Town& town, const Complaint& complaint) {
  return of_complaint(town, complaint)
      .text("replied_at", town.office.now_text())
      .secret("text", complaint.customer, "处理结果")
      .json();
}

void close(Town& town, const Complaint& complaint, std::string_view outcome) {
  town.office.must("CSM",
                   "ComplaintClosed",
                   of_complaint(town, complaint).text("outcome", outcome).by_staff("CSM").json());
}

void explain(Town& town, const Complaint& complaint) {
  town.office.must("CSA", "ComplaintReplied", reply_json(town, complaint));
  close(town, complaint, "EXPLAINED_INVALID");
}

void assign(Town& town, const Complaint& complaint) {
  town.office.must("CSM",
                   "ComplaintOpinionSigned",
                   of_complaint(town, complaint)
                       .secret("opinion", complaint.customer, "请工程部处理")
                       .text("dept", "ENG")
                       .by_staff("CSM")
                       .json());
  town.office.must("CSA",
                   "ComplaintFormCollected",
                   of_complaint(town, complaint)
                       .text("dept_head", "S-ENGM")
                       .text("at", town.office.now_text())
                       .by_staff("ENGM")
                       .json());
}

void visit(Town& town, const Complaint& complaint) {
  town.office.must("CSA",
                   "ReturnVisitCompleted",
                   town.form()
                       .text("source", "complaint:" + complaint.id)
                       .text("kind", "COMPLAINT")
                       .text("level", "CSA")
                       .flag("handled", true)
                       .flag("satisfied", true)
                       .text("channel", "PHONE")
                       .text("at", town.office.now_text())
                       .json());
  close(town, complaint, "SOLVED");
}

void handle(Town& town, const std::shared_ptr<Complaint>& complaint) {
  town.office.must("ENGM",
                   "ComplaintHandled",
                   of_complaint(town, *complaint)
                       .secret("result", complaint->customer, "更换电梯主板")
                       .text("at", town.office.now_text())
                       .text("measures", "更换电梯主板")
                       .json());
  if (town.random.percent(5)) {  // answered before the manager agreed
    town.office.refused("CSA", "ComplaintReplied", reply_json(town, *complaint), "H-CMP-2");
  }
  town.office.must(
      "CSM", "ComplaintResultApproved", of_complaint(town, *complaint).by_staff("CSM").json());
  town.office.must("CSA", "ComplaintReplied", reply_json(town, *complaint));
  town.office.must("CSA",
                   "ComplaintCustomerOpinionSigned",
                   of_complaint(town, *complaint)
                       .secret("opinion", complaint->customer, "意见")
                       .text("satisfied", complaint->satisfied ? "SATISFIED" : "UNSATISFIED")
                       .by("CUSTOMER", complaint->customer)
                       .json());
  const bool again = !complaint->satisfied;
  complaint->satisfied = true;
  town.in_minutes(town.random.between(120, 1'000), [&town, complaint, again] {
    if (again) {
      town.office.must("CSA",
                       "ComplaintFormCollected",
                       of_complaint(town, *complaint)
                           .text("dept_head", "S-ENGM")
                           .text("at", town.office.now_text())
                           .by_staff("ENGM")
                           .json());
      handle(town, complaint);
    } else {
      visit(town, *complaint);
    }
  });
}

void complain(Town& town) {
  const Unit* unit = town.any_home();
  if (unit == nullptr) {
    return;
  }
  const auto complaint = std::make_shared<Complaint>(
      Complaint{town.next_id("TS"), unit->resident().id, town.random.percent(88)});
  receive(town, *complaint, *unit);
  const auto draw = town.random.below(100);
  const std::string severity = draw < 15   ? ""
                               : draw < 75 ? "MINOR"
                               : draw < 94 ? "IMPORTANT"
                                           : "MAJOR";
  classify(town, *complaint, severity);
  if (severity.empty()) {
    town.in_minutes(town.random.between(30, 200),
                    [&town, complaint] { explain(town, *complaint); });
    return;
  }
  assign(town, *complaint);
  const bool late = town.random.percent(12);
  town.in_minutes(late ? town.random.between(1'600, 4'000) : town.random.between(30, 170),
                  [&town, complaint] { handle(town, complaint); });
}

}  // namespace

void start_complaints(Town& town) {
  town.every_working_day(8, 32, [&town] {
    for (std::size_t i = 0; i < 1 + town.units.size() / 600; ++i) {
      if (town.random.percent(60)) {
        town.then(town.office_hours_in(0), [&town] { complain(town); });
      }
    }
  });
}

}  // namespace juanzong::simulate
