// SPDX-License-Identifier: Apache-2.0
#include "tests/support/rule_tester.h"

#include "crypto/sha256.h"

#include "events/model/error.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/judgement.h"
#include "events/procedures/parties.h"
#include "events/procedures/rolls.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace juanzong::testing {
namespace {

constexpr std::string_view role_codes =
    "CSA CSM PS PM CAS CLK GFC ARC KEY ENG ENGM SEC SECM ENV AREA CONF WH CL MDM QD MR FIN HR MKT "
    "PUR TOP AUD SYS ADM";

constexpr std::string_view shared_policy = R"({"policy_ver":1,"effective":"2020-01-01","values":[
  {"key":"deposit.deco.permitted","value":"true"},{"key":"penalty.deco.permitted","value":"true"},
  {"key":"tariff.deco.deposit_fen","value":"200000"},
  {"key":"tariff.deco.waste_removal_fen","value":"30000"},
  {"key":"tariff.deco.pass_fen","value":"8000"}],"signatures":[)";

// Deterministic hooks: a rule never depends on salts or blob ids.
BodyHooks test_hooks() {
  return {[](const FieldValue& value) { return crypto::sha256(value.value); },
          [] {
            return BlobId{{1, 2, 3}};
          },
          [](std::string_view) -> Result<Bytes> {
            return Bytes{1, 2, 3};
          }};
}

}  // namespace

RuleTester::RuleTester() : codec_(catalogue()) {
  at("2024-01-01T08:00:00+08:00");
  std::string_view rest = role_codes;
  while (!rest.empty()) {
    const std::string code(rest.substr(0, rest.find(' ')));
    rest.remove_prefix(std::min(rest.size(), code.size() + 1));
    StaffState& staff = world_.edit<StaffState>("S-" + code);
    staff.registered = true;
    staff.badge_no = "B-" + code;
    staff.roles = *roles_from_codes(code);
    enter_roll(staff_roll, "S-" + code, world_);
  }
  as("S-PM");
  given("PolicyAdopted", std::string(shared_policy) + staff_signature("PM") + "]}");
  as("S-CSA");
}

RuleTester& RuleTester::at(std::string_view instant) {
  const auto parsed = parse_instant(instant);
  EXPECT_TRUE(parsed.has_value()) << instant;
  now_ = parsed.value_or(UnixMicros{});
  return *this;
}

RuleTester& RuleTester::as(std::string_view staff) {
  actor_ = staff;
  return *this;
}

RuleTester& RuleTester::back_entry(bool flag) {
  back_entry_ = flag;
  return *this;
}

RuleTester& RuleTester::target_event(std::string_view event) {
  target_event_ = event;
  return *this;
}

RuleTester& RuleTester::signers(std::vector<KeyId> keys) {
  signers_ = std::move(keys);
  return *this;
}

EventView RuleTester::view_of(Prepared& prepared) {
  prepared.stream_views.assign(prepared.streams.begin(), prepared.streams.end());
  return {prepared.body.data(), prepared.context, prepared.stream_views};
}

RuleTester::Prepared RuleTester::prepare(std::string_view event, std::string_view json) {
  Prepared prepared;
  prepared.entry = catalogue().find(event);
  EXPECT_NE(prepared.entry, nullptr) << "no event " << event;
  Result<JsonBody> body = codec_.from_json(*prepared.entry, json, test_hooks());
  if (!body) {
    prepared.decision.refuse_schema(to_text(body.error()), "", "");
    return prepared;
  }
  prepared.body = std::move(body->body);
  EventContext& context = prepared.context;
  context.index = RecordIndex{next_index_};
  context.request_first = context.index;
  context.recorded_at = now_;
  context.occurred_at = now_;
  context.today = world_.zone().date_of(now_);
  context.back_entry = back_entry_;
  context.signers = signers_;
  context.target_event = target_event_;
  context.actor = actor_;
  context.roles = world_.get<StaffState>(actor_).roles;
  const Result<BodyFacts> facts = inspect_body(prepared.entry->descriptor, prepared.body);
  if (!facts) {
    prepared.decision.refuse_schema(to_text(facts.error()), "", "");
    return prepared;
  }
  prepared.streams = facts->streams;
  if (!context.roles.intersects(prepared.entry->descriptor.append)) {
    prepared.decision.refuse(Rule{"ROLE", "", "", ""});
  } else {
    decide_event(*prepared.entry, view_of(prepared), world_, prepared.decision);
  }
  return prepared;
}

Refusals RuleTester::when(std::string_view event, std::string_view json) {
  return prepare(event, json).decision.take_refusals();
}

Refusals RuleTester::append(std::string_view event, std::string_view json) {
  Prepared prepared = prepare(event, json);
  if (prepared.decision.refused()) {
    return prepared.decision.take_refusals();
  }
  assigned_ = prepared.decision.assigned;
  prepared.context.receipt_no = assigned_.receipt_no;
  // As the ledger's machine does before the first record of a day.
  if (next_index_ > 0) {
    begin_duties(catalogue().duties(),
                 world_.zone().date_of(last_),
                 prepared.context.today,
                 prepared.context.index,
                 world_);
  }
  last_ = now_;
  apply_event(*prepared.entry, view_of(prepared), world_);
  ++next_index_;
  return {};
}

RecordIndex RuleTester::given(std::string_view event, std::string_view json) {
  const RecordIndex index{next_index_};
  for (const Refusal& refusal : append(event, json)) {
    ADD_FAILURE() << event << " refused by " << refusal.rule << ": " << refusal.en
                  << (refusal.facts.empty() ? "" : " [" + refusal.facts.front().value + "]");
  }
  return index;
}

std::vector<std::string> RuleTester::rules_of(const Refusals& refusals) {
  std::vector<std::string> ids;
  std::ranges::transform(refusals, std::back_inserter(ids), &Refusal::rule);
  return ids;
}

std::string person_id(int number) {
  std::string digits = std::to_string(number);
  return std::string(32 - digits.size(), '0') + digits;
}

std::string sealed(std::string_view subject, std::string_view value) {
  return R"({"subject":")" + std::string(subject) + R"(","value":")" + std::string(value) + "\"}";
}

std::string attachment(std::string_view subject, std::string_view text) {
  return R"({"subject":")" + std::string(subject) + R"(","text":")" + std::string(text) + "\"}";
}

std::string signature(std::string_view capacity,
                      std::string_view signer,
                      std::string_view signed_at,
                      std::string_view method) {
  const std::string staff_role = capacity == "STAFF" && signer.starts_with("S-")
                                     ? R"(,"staff_role":")" + std::string(signer.substr(2)) + "\""
                                     : "";
  return R"({"signer":")" + std::string(signer) + R"(","capacity":")" + std::string(capacity) +
         "\"" + staff_role + R"(,"method":")" + std::string(method) + R"(","signed_at":")" +
         std::string(signed_at) + R"(","signed_digest":)" + sealed(person_id(1), "form") +
         R"(,"id_checked":"ID_CARD"})";
}

std::string staff_signature(std::string_view role, std::string_view signed_at) {
  return signature("STAFF", "S-" + std::string(role), signed_at, "STAFF_LOGIN");
}

std::string signatures(std::initializer_list<std::string> blocks) {
  std::string text = R"("signatures":[)";
  for (const std::string& block : blocks) {
    text.append(text.back() == '[' ? "" : ",").append(block);
  }
  return text + "]";
}

}  // namespace juanzong::testing
