// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"

#include "events/procedures/charges.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

EventContext booking(RuleTester& t, std::string_view day) {
  EventContext context;
  context.index = RecordIndex{900'000};
  context.recorded_at = t.world().zone().start_of(*parse_date(day));
  context.today = *parse_date(day);
  return context;
}

}  // namespace

std::string json(std::initializer_list<std::string> fields) {
  std::string out = "{";
  for (const std::string& field : fields) {
    if (!field.empty()) {
      out.append(out.size() == 1 ? "" : ",").append(field);
    }
  }
  return out + "}";
}

std::string text(std::string_view name, std::string_view value) {
  return "\"" + std::string(name) + "\":\"" + std::string(value) + "\"";
}

std::string house_sealed(std::string_view name, std::string_view value) {
  return "\"" + std::string(name) + "\":" + sealed(house_owner, value);
}

std::string house_attachment(std::string_view name) {
  return "\"" + std::string(name) + "\":" + attachment(house_owner);
}

std::string signed_by_house_owner() {
  return signatures({signature("OWNER", house_owner)});
}

std::string signed_by_house_tenant() {
  return signatures({signature("TENANT", house_tenant)});
}

std::string unit_field(std::string_view unit) {
  return text("unit", unit);
}

void register_unit(RuleTester& t, std::string_view unit) {
  const std::string number(unit.substr(unit.rfind('-') + 1));
  t.as("S-ARC").given("UnitRegistered",
                      json({unit_field(unit),
                            text("building", unit.substr(0, 1)),
                            text("entrance", unit.substr(2, 1)),
                            "\"floor\":12",
                            text("number", number),
                            "\"area_cm2\":895000"}));
}

void assess(RuleTester& t, const TestCharge& charge) {
  ChargeState state;
  state.unit = charge.unit;
  state.party = charge.party;
  state.purpose = charge.purpose;
  state.amount = Fen{charge.fen};
  state.due = *parse_date(charge.due);
  state.period_from = parse_date(charge.from);
  state.period_to = parse_date(charge.to);
  assess_charge(t.world(), charge.id, state, booking(t, charge.due));
}

void pay(RuleTester& t, std::string_view charge_id) {
  const auto charge = t.world().get<ChargeState>(charge_id);
  PaymentState payment;
  payment.unit = charge.unit;
  payment.party = charge.party;
  payment.method = 1;
  payment.amount = charge.open();
  payment.allocations = {{std::string(charge_id), charge.open()}};
  book_payment(t.world(), "pay-" + std::string(charge_id), payment, booking(t, "2025-03-03"));
}

std::string roster_json(std::string_view owner) {
  const std::string entry = json({unit_field(),
                                  text("owner", owner),
                                  house_sealed("owner_name", "陈静"),
                                  text("contract_no", "HT-1"),
                                  "\"area_cm2\":895000"});
  return json({text("roster_id", "R-1"),
               house_attachment("roster_digest"),
               text("developer", "DEV-1"),
               "\"entries\":[" + entry + "]"});
}

std::string identity_json(std::string_view owner) {
  return json({unit_field(),
               text("owner", owner),
               text("id_doc_kind", "ID_CARD"),
               house_sealed("id_doc"),
               text("purchase_contract_no", "HT-1"),
               house_attachment("contract_copy"),
               "\"roster_match\":true"});
}

std::string documents_json() {
  return json({unit_field(), house_attachment("id_copy")});
}

std::string owner_file_json() {
  return json({unit_field(),
               text("owner", house_owner),
               house_sealed("name", "陈静"),
               house_sealed("id_number"),
               house_sealed("emergency_mobile"),
               R"("declined":["BIRTHDAY"])",
               house_attachment("form"),
               signed_by_house_owner()});
}

std::string safety_json() {
  return json({unit_field(),
               text("party", house_owner),
               text("doc_kind", "HANDOVER"),
               text("doc_version", "v1"),
               "\"explained\":true",
               signed_by_house_owner()});
}

std::string issued_json() {
  return json({unit_field(),
               R"("docs":[{"title":"业主手册","copies":1}])",
               "\"key_use_explained\":true",
               "\"hotline_explained\":true",
               signed_by_house_owner()});
}

std::string completed_json(RecordIndex receipt, int defects_open) {
  return json({unit_field(),
               text("handed_over_on", "2025-03-03"),
               text("fee_period_start", "2025-03-03"),
               text("fee_period_end", "2025-09-02"),
               text("fee_charge_id", "F-1"),
               R"("keys_issued":["K-1"])",
               "\"docs_issued\":{\"index\":" + std::to_string(number(receipt)) + "}",
               "\"defects_open\":" + std::to_string(defects_open),
               signed_by_house_owner()});
}

void give_papers(RuleTester& t) {
  t.as("S-CSA").given("OwnerIdentityVerified", identity_json());
  t.given("OwnerDocumentsCollected", documents_json());
  t.given("OwnerFileCreated", owner_file_json());
  t.given("SafetyResponsibilitySigned", safety_json());
}

void assess_half_year(RuleTester& t) {
  assess(t, {.id = "F-1", .party = house_owner, .from = "2025-03-03", .to = "2025-09-03"});
}

void hand_over(RuleTester& t) {
  t.at("2025-03-03T10:00:00+08:00");
  register_unit(t);
  t.given("OwnerRosterImported", roster_json());
  give_papers(t);
  assess_half_year(t);
  pay(t, "F-1");
  const RecordIndex receipt = t.given("HandoverDocumentsIssued", issued_json());
  t.given("HandoverCompleted", completed_json(receipt));
}

std::string consent_json(std::string_view tenancy) {
  return json({unit_field(),
               text("tenancy_id", tenancy),
               text("owner", house_owner),
               "\"owner_verified\":true",
               house_attachment("undertaking"),
               house_attachment("lease"),
               text("lease_from", "2025-10-20"),
               text("lease_to", "2026-10-19"),
               signed_by_house_owner()});
}

std::string tenant_json(std::string_view tenancy) {
  return json({unit_field(),
               text("tenancy_id", tenancy),
               text("tenant", house_tenant),
               house_sealed("tenant_name", "王磊"),
               text("use", "RESIDENTIAL"),
               "\"householder_id_proofs\":[" + attachment(house_tenant) + "]",
               signed_by_house_tenant()});
}

std::string tenant_paper_json(std::string_view tenancy) {
  return json({unit_field(),
               text("party", house_tenant),
               text("doc_kind", "TENANT"),
               text("doc_version", "v1"),
               tenancy.empty() ? "" : text("tenancy_id", tenancy),
               signed_by_house_tenant()});
}

std::string tenant_moves_in_json(std::string_view on, std::string_view use) {
  return json({unit_field(),
               text("person", house_tenant),
               text("who", "TENANT"),
               text("tenancy_id", "T-1"),
               text("use", use),
               text("moved_in_on", on)});
}

std::string owner_confirmed_json(std::string_view on) {
  return json({unit_field(),
               text("who", "OWNER"),
               text("person", house_owner),
               text("moved_in_on", on),
               "\"identity_verified\":true"});
}

std::string owner_moves_in_json(std::string_view on, std::string_view use) {
  return json({unit_field(),
               text("person", house_owner),
               text("who", "OWNER"),
               text("use", use),
               text("moved_in_on", on)});
}

void rent_out(RuleTester& t, std::string_view on) {
  t.as("S-CSA").given("OwnerLeaseConsentRecorded", consent_json());
  t.given("TenantRegistered", tenant_json());
  t.given("SafetyResponsibilitySigned", tenant_paper_json());
  t.given("MoveInRegistered", tenant_moves_in_json(on, "RESIDENTIAL"));
}

void move_owner_in(RuleTester& t, std::string_view on, std::string_view use) {
  t.as("S-CSA").given("MoveInConfirmed", owner_confirmed_json(on));
  t.given("MoveInRegistered", owner_moves_in_json(on, use));
}

std::string of_tenancy(std::initializer_list<std::string> fields) {
  const std::string rest = json(fields);
  return "{" + unit_field() + "," + text("tenancy_id", "T-1") + (rest == "{}" ? "" : ",") +
         rest.substr(1);
}

std::string move_out_declared_json() {
  return of_tenancy({text("planned", "2025-10-31"), signed_by_house_tenant()});
}

std::string metered_json() {
  return of_tenancy({R"("meters":[{"kind":"WATER","reading_milli":412600,)"
                     R"("read_at":"2025-10-30T14:00:00+08:00"}])"});
}

std::string settled_json(std::string_view up_to) {
  return of_tenancy({text("up_to", up_to),
                     "\"total_fen\":79170",
                     R"("receipts":["A-000001"])",
                     signatures({staff_signature("CAS")})});
}

std::string move_out_consented_json() {
  return of_tenancy({"\"told_of_move\":true",
                     R"("not_to_remove":["空调","衣柜"])",
                     text("called_at", "2025-10-30T15:40:00+08:00"),
                     signatures({signature(
                         "OWNER", house_owner, "2025-10-30T15:40:00+08:00", "PHONE_RECORDED")})});
}

std::string ended_json(std::string_view on, std::string_view reason) {
  return of_tenancy({text("ended_on", on), text("reason", reason)});
}

void clear_tenancy(RuleTester& t, std::string_view up_to) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  t.as("S-CAS").given("MeterReadingTaken", metered_json());
  t.given("TenantArrearsSettled", settled_json(up_to));
  t.as("S-CSA").given("OwnerMoveOutConsented", move_out_consented_json());
}

void expect_states_round_trip(RuleTester& t) {
  for (const auto& [key, bytes] : t.world().encoded_states()) {
    const StateType* type = catalogue().find_state(key.first);
    if (type == nullptr) {
      continue;
    }
    const auto decoded = type->decode(bytes);
    ASSERT_NE(decoded, nullptr) << type->name << " " << key.second;
    EXPECT_EQ(encoded(*decoded), bytes) << type->name << " " << key.second;
  }
}

std::string replaced(std::string body, std::string_view from, std::string_view to) {
  const std::size_t at = body.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? body : body.replace(at, from.size(), to);
}

void adopt(RuleTester& t,
           std::string_view key,
           std::string_view value,
           std::string_view effective) {
  t.as("S-PM").given("PolicyAdopted",
                     json({"\"policy_ver\":2",
                           text("effective", effective),
                           "\"values\":[" + json({text("key", key), text("value", value)}) + "]",
                           signatures({staff_signature("PM")})}));
}

}  // namespace juanzong::testing
