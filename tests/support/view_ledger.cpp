// SPDX-License-Identifier: Apache-2.0
#include "tests/support/view_ledger.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

constexpr std::string_view policy = R"({"policy_ver":1,"effective":"2025-01-01","values":[
  {"key":"deposit.deco.permitted","value":"true"},{"key":"penalty.deco.permitted","value":"true"},
  {"key":"tariff.deco.deposit_fen","value":"200000"},
  {"key":"tariff.deco.waste_removal_fen","value":"30000"},
  {"key":"tariff.deco.pass_fen","value":"8000"}],"signatures":[)";

std::string index_ref(std::string_view name, RecordIndex index) {
  return "\"" + std::string(name) + R"(":{"index":)" + std::to_string(number(index)) + "}";
}

}  // namespace

ViewLedger::ViewLedger(bool with_server) : ledger(with_server) {
  on("2025-01-01", "09:00:00");
  given("PM", "PolicyAdopted", std::string(policy) + staff_signature("PM") + "]}");
  for (const std::string_view role : {"CSA", "CAS", "ARC", "CSM", "ENGM", "ENG", "SEC"}) {
    ledger.actor(role);
  }
  given("CSA", "ContractorRegistered", R"({"company":"C-07","name":"宏达装饰"})");
  given("CSA", "ContractorRegistered", R"({"company":"C-11","name":"华艺装饰"})");
}

ViewLedger& ViewLedger::on(std::string_view day, std::string_view time) {
  forms.on(day, time);
  ledger.at(std::string(day) + "T" + std::string(time) + "+08:00");
  return *this;
}

ViewLedger& ViewLedger::at(std::string_view instant) {
  ledger.at(instant);
  return *this;
}

RecordIndex ViewLedger::given(std::string_view role,
                              std::string_view event,
                              std::string_view json) {
  return ledger.must_append(role, event, json).first;
}

std::vector<std::string> ViewLedger::refused(std::string_view role,
                                             std::string_view event,
                                             std::string_view json) {
  const AppendResult result =
      ledger.append(ledger.actor(role), {{std::string(event), std::string(json), {}}});
  const auto* request = std::get_if<RefusedRequest>(&result);
  return request == nullptr ? std::vector<std::string>{} : RuleTester::rules_of(request->refusals);
}

void ViewLedger::register_unit(std::string_view unit) {
  given("ARC",
        "UnitRegistered",
        R"({"unit":")" + std::string(unit) + R"(","building":")" + std::string(unit.substr(0, 1)) +
            R"(","entrance":")" + std::string(unit.substr(2, 1)) + R"(","floor":12,"number":")" +
            std::string(unit.substr(4)) + R"(","area_cm2":895000})");
}

void ViewLedger::hand_over(std::string_view unit) {
  const auto of = [unit](std::string body) { return with(std::move(body), house_unit, unit); };
  register_unit(unit);
  given("ARC", "OwnerRosterImported", of(with(roster_json(), "R-1", "R-" + std::string(unit))));
  given("CSA", "OwnerIdentityVerified", of(identity_json()));
  given("CSA", "OwnerDocumentsCollected", of(documents_json()));
  given("CSA", "OwnerFileCreated", of(owner_file_json()));
  given("CSA", "SafetyResponsibilitySigned", of(safety_json()));
  const std::string fee = "F-" + std::string(unit);
  given("CAS",
        "ChargeAssessed",
        charge_json({fee,
                     42'000,
                     "PROPERTY_FEE",
                     "2025-01-02",
                     R"(,"period_from":"2025-01-02","period_to":"2025-07-02")",
                     unit}));
  given("CAS", "PaymentReceived", payment_json("P-" + fee, fee, 42'000, "", unit));
  const RecordIndex receipt = given("CSA", "HandoverDocumentsIssued", of(issued_json()));
  std::string completed = with(of(completed_json(receipt)), "2025-03-03", "2025-01-02");
  completed = with(with(completed, "2025-09-02", "2025-07-01"), "F-1", fee);
  given("CSA", "HandoverCompleted", completed);
}

void ViewLedger::move_owner_in(std::string_view unit, std::string_view day) {
  given("CSA", "MoveInConfirmed", with(owner_confirmed_json(day), house_unit, unit));
  given("CSA", "MoveInRegistered", with(owner_moves_in_json(day, "RESIDENTIAL"), house_unit, unit));
}

void ViewLedger::decorate() {
  const std::string in_case = R"(,"case_ref":"deco:)" + forms.deco + "\"";
  on("2025-01-06");
  given("CSA", "DecorationApplied", forms.application());
  given("CSA", "DecorationUndertakingSigned", forms.undertaking(true));
  given(
      "CSA", "DecorationDocumentsCollected", forms.of_case(forms.drawings() + forms.all_papers()));
  given("CSA", "DecorationSubmittedForReview", forms.of_case(""));
  given("CSM", "DecorationReviewSigned", forms.review("CUSTOMER", "CSM"));
  given("ENGM", "DecorationReviewSigned", forms.review("ENGINEERING", "ENGM"));
  on("2025-01-08");
  given("CSA", "DecorationApprovalAcknowledged", forms.of_case("", {forms.by_owner()}));
  given("CSA",
        "DecorationAgreementSigned",
        forms.of_case(R"("agreement_version":"2024")", {forms.by_contractor()}));
  given("CAS", "DecorationDepositPaid", forms.payment());
  for (const auto& [id, purpose, fen] :
       {std::tuple("WR-", "WASTE_REMOVAL", 30'000), std::tuple("PF-", "PASS_FEE", 8'000)}) {
    const std::string charge = id + forms.deco;
    given("CAS",
          "ChargeAssessed",
          charge_json({charge, fen, purpose, "2025-01-08", in_case, forms.unit}));
    given("CAS", "PaymentReceived", payment_json("P-" + charge, charge, fen, in_case, forms.unit));
  }
  given("CSA", "DecorationPermitIssued", forms.permit());
  given("CSA", "DecorationEntryInspected", forms.entry());
}

void ViewLedger::accept(std::string_view day) {
  on(day);
  given("CSA",
        "CompletionAcceptanceRequested",
        forms.of_case(R"("form":)" + forms.scan(), {forms.by_owner()}));
  given("CSA", "CompletionAcceptancePassed", forms.passed(day));
}

RecordIndex ViewLedger::inspect(std::string_view flags) {
  return given(
      "CSA",
      "DepositRefundInspected",
      forms.of_deposit(flags, {forms.by_owner(), forms.by_contractor(), forms.by_staff("PM")}));
}

std::string ViewLedger::calculation(std::string_view lines, std::int64_t net) {
  return forms.of_deposit(R"("deposit_fen":200000,)" + std::string(lines) + R"("net_fen":)" +
                              std::to_string(net) + R"(,"history_upto_seq":)" +
                              std::to_string(number(newest())),
                          {forms.by_staff("CSA")});
}

RecordIndex ViewLedger::calculate(std::string_view lines, std::int64_t net) {
  return given("CSA", "DepositRefundCalculated", calculation(lines, net));
}

RecordIndex ViewLedger::approve(RecordIndex calculation, std::int64_t net) {
  return given("PM",
               "DepositRefundApproved",
               forms.of_deposit(
                   index_ref("calc_event", calculation) + R"(,"net_fen":)" + std::to_string(net),
                   {forms.by_staff("PM")}));
}

RecordIndex ViewLedger::refund(RecordIndex approval, std::int64_t net) {
  return given("CAS",
               "DepositRefunded",
               forms.of_deposit(index_ref("approval_event", approval) + R"(,"amount_fen":)" +
                                std::to_string(net) + R"(,"payee":")" + forms.contractor +
                                R"(","method":"CASH","receipt":)" + forms.scan()));
}

Result<Report> ViewLedger::ask(std::string_view view,
                               const QueryArguments& arguments,
                               std::string_view roles) {
  const DerivedRows::Snapshot rows(ledger.rows());
  const RecordReader records(rows, ledger.journal(), LedgerOrdinal{0});
  const OpenField open = [](RecordIndex /*index*/, std::string_view path) -> std::optional<Bytes> {
    const std::string_view value = path == "name"               ? "张三丰"
                                   : path == "emergency_mobile" ? "13812341234"
                                   : path == "new_value"        ? "13900005678"
                                                                : "1980-02-03";
    return Bytes(value.begin(), value.end());
  };
  const QuerySource source{rows,
                           records,
                           catalogue(),
                           LedgerOrdinal{0},
                           "estate",
                           *roles_from_codes(roles),
                           sealed ? OpenField() : open,
                           ledger.now(),
                           &shown};
  shown.clear();
  return run_query(source, view, arguments);
}

boost::json::object ViewLedger::query(std::string_view view,
                                      const QueryArguments& arguments,
                                      std::string_view roles) {
  const Result<Report> report = ask(view, arguments, roles);
  EXPECT_TRUE(report.has_value()) << view << ": " << (report ? "" : to_text(report.error()));
  return report ? boost::json::parse(to_json(*report, ledger.machine().world().zone())).as_object()
                : boost::json::object{};
}

std::string ViewLedger::refusal(std::string_view view,
                                const QueryArguments& arguments,
                                std::string_view roles) {
  const Result<Report> report = ask(view, arguments, roles);
  return report ? "" : std::string(name_of(report.error().code));
}

std::string charge_json(const ViewCharge& charge) {
  return R"({"charge_id":")" + std::string(charge.id) + R"(","unit":")" + std::string(charge.unit) +
         R"(","party":")" + house_owner + R"(","party_kind":"OWNER","purpose":")" +
         std::string(charge.purpose) + R"(","amount_fen":)" + std::to_string(charge.fen) +
         R"(,"due":")" + std::string(charge.due) +
         R"(","tariff_ver":"2025-1","calc":"89.5 m2 x 3.02 x 6")" + std::string(charge.more) + "}";
}

std::string payment_json(std::string_view id,
                         std::string_view charge_id,
                         std::int64_t fen,
                         std::string_view more,
                         std::string_view unit) {
  return R"({"payment_id":")" + std::string(id) + R"(","unit":")" + std::string(unit) +
         R"(","charges":[{"charge_id":")" + std::string(charge_id) + R"(","amount_fen":)" +
         std::to_string(fen) + R"(}],"amount_fen":)" + std::to_string(fen) +
         R"(,"method":"CASH","book":"A","payer":")" + house_owner + "\"" + std::string(more) + "}";
}

std::string with(std::string body, std::string_view from, std::string_view to) {
  for (std::size_t at = body.find(from); at != std::string::npos;
       at = body.find(from, at + to.size())) {
    body.replace(at, from.size(), to);
  }
  return body;
}

std::vector<std::string> column(const boost::json::object& report,
                                std::string_view table,
                                std::string_view key) {
  std::vector<std::string> values;
  for (const boost::json::value& each : report.at(table).as_array()) {
    const boost::json::value& cell = each.as_object().at(key);
    const auto* code = cell.if_object();
    const boost::json::value& shown = code == nullptr ? cell : code->at("code");
    values.push_back(shown.is_string() ? std::string(shown.as_string())
                                       : boost::json::serialize(shown));
  }
  return values;
}

const boost::json::object& row(const boost::json::object& report,
                               std::string_view table,
                               std::size_t at) {
  return report.at(table).as_array().at(at).as_object();
}

}  // namespace juanzong::testing
