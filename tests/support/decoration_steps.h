// SPDX-License-Identifier: Apache-2.0
// A decoration case for tests, step by step: unit 3-1-1202, owner P-1001, contractor C-07
// (principal P-2007), deposit 200,000 fen. Every step is appended by the role whose act it is, at
// `on()`.
#pragma once

#include "events/procedures/charges.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/decorations.h"
#include "events/procedures/deposits.h"
#include "events/procedures/parties.h"
#include "events/procedures/units.h"
#include "events/schema/common_generated.h"

#include "tests/support/rule_tester.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

class DecorationSteps {
 public:
  RuleTester t;
  std::string deco = "2025-0031";
  std::string unit = "3-1-1202";
  std::string deposit = "D-2025-0031";
  std::string contractor = "C-07";
  std::string owner = person_id(1001);

  DecorationSteps() {
    add_unit("3-1-1202");
    t.world().edit<ContractorState>("C-07").registered = true;
    t.world().edit<ContractorState>("C-11").registered = true;
    on("2025-01-06");
  }

  void add_unit(std::string_view code) {
    UnitState& state = t.world().edit<UnitState>(code);
    state.registered = true;
    state.building = code.substr(0, 1);
    state.entrance = code.substr(2, 1);
    state.owner = owner;
    state.handed_over = true;
  }

  // The day of the next statements and of the signatures on their forms.
  DecorationSteps& on(std::string_view day, std::string_view time = "10:00:00") {
    now_ = std::string(day) + "T" + std::string(time) + "+08:00";
    t.at(now_);
    return *this;
  }

  // Signatures and forms.
  [[nodiscard]] std::string by_owner() const { return signature("OWNER", owner, now_); }
  [[nodiscard]] std::string by_contractor() const {
    return signature("CONTRACTOR", contractor, now_);
  }
  [[nodiscard]] std::string by_staff(std::string_view role) const {
    return staff_signature(role, now_);
  }
  [[nodiscard]] std::string scan() const { return attachment(owner); }
  [[nodiscard]] std::string text(std::string_view value = "note") const {
    return sealed(owner, value);
  }

  // {"deco_id":…, fields, "signatures":[…]}
  [[nodiscard]] std::string of_case(std::string_view fields,
                                    std::initializer_list<std::string> blocks = {}) const {
    return R"({"deco_id":")" + deco + "\"" + rest(fields, blocks);
  }
  [[nodiscard]] std::string of_unit(std::string_view fields,
                                    std::initializer_list<std::string> blocks = {}) const {
    return R"({"deco_id":")" + deco + R"(","unit":")" + unit + "\"" + rest(fields, blocks);
  }
  [[nodiscard]] std::string of_deposit(std::string_view fields,
                                       std::initializer_list<std::string> blocks = {}) const {
    return R"({"deco_id":")" + deco + R"(","unit":")" + unit + R"(","deposit_id":")" + deposit +
           "\"" + rest(fields, blocks);
  }

  RecordIndex given(std::string_view role, std::string_view event, std::string_view json) {
    return t.as("S-" + std::string(role)).given(event, json);
  }
  std::vector<std::string> refused(std::string_view role,
                                   std::string_view event,
                                   std::string_view json) {
    return RuleTester::rules_of(t.as("S-" + std::string(role)).when(event, json));
  }

  // A policy with one value that differs.
  void adopt(std::string_view key,
             std::string_view value,
             std::string_view effective = "2025-01-01") {
    given("PM",
          "PolicyAdopted",
          R"({"policy_ver":2,"effective":")" + std::string(effective) + R"(","values":[{"key":")" +
              std::string(key) + R"(","value":")" + std::string(value) + R"("}],)" +
              signatures({staff_signature("PM")}) + "}");
  }

  // Bodies that several tests change.
  [[nodiscard]] std::string application(std::string_view extra = "") const {
    const std::string company =
        contractor.empty()
            ? ""
            : R"("contractor":")" + contractor + R"(","principal":")" + person_id(2007) + "\",";
    return of_unit(R"("owner":")" + owner + "\"," + company +
                       R"("scope":"interior","involves":{},"planned_start":"2025-01-08",
                          "planned_end":"2025-03-14","form":)" +
                       scan() + std::string(extra),
                   {by_owner()});
  }
  [[nodiscard]] std::string undertaking(bool delegates) const {
    return of_case(R"("delegates_agreement_to_contractor":)" +
                       std::string(delegates ? "true" : "false") + R"(,"form":)" + scan(),
                   {by_owner()});
  }
  [[nodiscard]] std::string drawing(bool stamped = true) const {
    return R"({"scan":)" + scan() + R"(,"stamped":)" + (stamped ? "true" : "false") + "}";
  }
  [[nodiscard]] std::string drawings(bool stamped = true) const {
    return R"("drawings":{"plan":)" + drawing() + R"(,"ceiling":)" + drawing() +
           R"(,"pipes_power_lowvoltage":)" + drawing() + R"(,"section":)" + drawing(stamped) + "}";
  }
  [[nodiscard]] static std::string check(std::string_view paper, std::string_view more = "") {
    return R"({"doc":")" + std::string(paper) + R"(","stamped":true,"verified":true)" +
           std::string(more) + "}";
  }
  [[nodiscard]] std::string papers(std::string_view names, std::string_view checks) const {
    std::string fields;
    for (const std::string_view name :
         {"principal_id", "business_licence", "construction_qualification"}) {
      if (names.find(name) != std::string_view::npos) {
        fields += R"(,")" + std::string(name) + "\":" + scan();
      }
    }
    return fields + R"(,"validity_checks":[)" + std::string(checks) + "]";
  }
  [[nodiscard]] std::string all_papers() const {
    return papers("principal_id business_licence construction_qualification",
                  check("PRINCIPAL_ID") + "," + check("BUSINESS_LICENCE") + "," +
                      check("CONSTRUCTION_QUALIFICATION", R"(,"valid_to":"2026-12-31")"));
  }
  [[nodiscard]] std::string review(std::string_view side,
                                   std::string_view signer,
                                   std::string_view decision = "APPROVE") const {
    return of_case(
        R"("side":")" + std::string(side) + R"(","decision":")" + std::string(decision) + "\"",
        {by_staff(signer)});
  }
  [[nodiscard]] std::string payment(std::string_view amount = "200000",
                                    std::initializer_list<std::string> blocks = {}) const {
    return of_deposit(R"("amount_fen":)" + std::string(amount) + R"(,"payer":")" + contractor +
                          R"(","payer_capacity":"CONTRACTOR","method":"CASH","book":"A",
                              "tariff_ver":1)",
                      blocks);
  }
  [[nodiscard]] std::string permit() const {
    return of_case(R"("permit_no":"P-1","hotline_printed":true,"posted_on_door":true,
                      "valid_from":"2025-01-08","valid_to":"2025-04-08")");
  }
  [[nodiscard]] std::string entry() const {
    return of_unit(R"("checklist":[{"facility":"drain","condition":"clear"}])",
                   {by_staff("CSA"), by_contractor()});
  }
  [[nodiscard]] std::string passed(std::string_view accepted_on) const {
    return of_unit(R"("accepted_on":")" + std::string(accepted_on) + "\"",
                   {by_staff("ENG"), by_staff("SEC"), by_owner()});
  }

  // Steps, each from where the one before ends.
  DecorationSteps& apply() {
    given("CSA", "DecorationApplied", application());
    given("CSA", "DecorationUndertakingSigned", undertaking(true));
    given("CSA", "DecorationDocumentsCollected", of_case(drawings() + all_papers()));
    return *this;
  }
  DecorationSteps& approve() {
    given("CSA", "DecorationSubmittedForReview", of_case(""));
    given("CSM", "DecorationReviewSigned", review("CUSTOMER", "CSM"));
    given("ENGM", "DecorationReviewSigned", review("ENGINEERING", "ENGM"));
    return *this;
  }
  DecorationSteps& contract() {
    given("CSA", "DecorationApprovalAcknowledged", of_case("", {by_owner()}));
    given("CSA",
          "DecorationAgreementSigned",
          of_case(R"("agreement_version":"2024")", {by_contractor()}));
    return *this;
  }
  DecorationSteps& pay() {
    given("CAS", "DecorationDepositPaid", payment());
    settle("WR-1", body::Purpose::WASTE_REMOVAL, 30'000);
    settle("PF-1", body::Purpose::PASS_FEE, 8'000);
    return *this;
  }
  DecorationSteps& enter() {
    given("CSA", "DecorationPermitIssued", permit());
    given("CSA", "DecorationEntryInspected", entry());
    return *this;
  }
  DecorationSteps& accept(std::string_view day) {
    on(day);
    given("CSA", "CompletionAcceptanceRequested", of_case(R"("form":)" + scan(), {by_owner()}));
    given("CSA", "CompletionAcceptancePassed", passed(day));
    return *this;
  }
  // Accepted 2025-03-14 after works since 2025-01-08.
  DecorationSteps& until_accepted() {
    apply().approve();
    return on("2025-01-08").contract().pay().enter().accept("2025-03-14");
  }

  // Charges are the fee desk's business; here they are made directly.
  ChargeState charge(body::Purpose purpose, std::int64_t fen, std::string_view case_ref) const {
    ChargeState made;
    made.unit = unit;
    made.party = contractor;
    made.purpose = static_cast<std::uint8_t>(purpose);
    made.case_ref = case_ref;
    made.amount = Fen{fen};
    return made;
  }
  void assess(std::string_view id, const ChargeState& made) {
    assess_charge(t.world(), id, made, EventContext{});
  }
  void settle(std::string_view id, body::Purpose purpose, std::int64_t fen) {
    assess(id, charge(purpose, fen, "deco:" + deco));
    settle_charge(t.world(), id, Fen{fen}, zero_fen);
  }

  [[nodiscard]] DecorationCase state() { return t.world().get<DecorationCase>(deco); }
  [[nodiscard]] DecorationStage stage() { return stage_of(t.world(), deco, state()); }

 private:
  [[nodiscard]] static std::string rest(std::string_view fields,
                                        std::initializer_list<std::string> blocks) {
    const std::string more = fields.empty() ? "" : "," + std::string(fields);
    return more + (blocks.size() == 0 ? "" : "," + signatures(blocks)) + "}";
  }
  std::string now_;
};

}  // namespace juanzong::testing
