// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/personal_data/personal_data.h"

#include "crypto/hex.h"

#include "events/procedures/complaint_cases.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/decorations.h"
#include "events/procedures/deposits.h"
#include "events/procedures/parties.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/signature_disputes.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string visitor = person_id(7001);
const std::string person_field = R"("person":")" + visitor + R"(")";

std::string asked_by(std::string_view signer, std::string_view capacity = "CUSTOMER") {
  return signatures({signature(capacity, signer)});
}

std::string reason_field(std::string_view person, std::string_view reason) {
  return R"("reason":)" + sealed(person, reason);
}

std::string of_erasure(std::initializer_list<std::string> fields, std::string_view id = "X-1") {
  std::string body = json({text("erasure_id", id), person_field});
  body.pop_back();
  for (const std::string& field : fields) {
    body.append(",").append(field);
  }
  return body + "}";
}

std::string requested_json(std::string_view id = "X-1",
                           const std::string& signed_by = asked_by(visitor)) {
  return of_erasure({text("scope", "WHOLE_PERSON"), signed_by}, id);
}

std::string erased_json(RecordIndex request) {
  return of_erasure({R"("request":{"index":)" + std::to_string(number(request)) + "}"});
}

std::string refused_json(std::string_view ground, std::string_view reason = "") {
  return reason.empty() ? of_erasure({text("ground", ground)})
                        : of_erasure({text("ground", ground), reason_field(visitor, reason)});
}

std::string hold_json(std::string_view id = "H-1", std::string_view person = visitor) {
  return json({text("hold_id", id), text("person", person), reason_field(person, "诉讼")});
}

std::string lock_json() {
  return json({person_field, reason_field(visitor, "保存期内")});
}

class PersonalDataTest : public HouseTest {
 protected:
  PersonalDataTest() { t.at("2025-03-03T10:00:00+08:00"); }

  void ask() { request = t.as("S-CSA").given("ErasureRequested", requested_json()); }
  // As ARC and CL sign it, after the cooling-off.
  std::vector<std::string> erasing(std::string_view at = "2025-03-10T10:00:00+08:00") {
    t.at(at).as("S-ARC");
    return rules_when("PersonErased", erased_json(request));
  }
  // What an erasure names as still holding.
  std::vector<std::string> relations() {
    std::vector<std::string> names;
    for (const Refusal& refusal : t.when("PersonErased", erased_json(request))) {
      for (const Fact& fact : refusal.facts) {
        if (fact.name == "relation") {
          names.push_back(fact.value);
        }
      }
    }
    return names;
  }
  void erase() {
    t.at("2025-03-10T10:00:00+08:00").as("S-ARC");
    erased = t.given("PersonErased", erased_json(request));
  }
  RecordIndex request{};
  RecordIndex erased{};
};

TEST_F(PersonalDataTest, APersonIsErasedAndTheServerSaysWhenItIsDone) {
  ask();
  EXPECT_THAT(erasing(), IsEmpty());
  EXPECT_FALSE(is_erased(t.world(), visitor));
  erase();
  EXPECT_TRUE(is_erased(t.world(), visitor));
  EXPECT_THAT(t.world().get<ErasureState>(waiting_erasures).waiting, ElementsAre("X-1"));
  const std::string completed =
      of_erasure({R"("erased":{"index":)" + std::to_string(number(erased)) + "}",
                  R"("openings":3,"blobs":1)"});
  t.as("S-ARC");
  EXPECT_THAT(rules_when("ErasureCompleted", completed), ElementsAre("ROLE"));
  t.as("S-SYS");
  EXPECT_THAT(rules_when("ErasureCompleted", replaced(completed, "\"index\":", "\"index\":9")),
              ElementsAre("SCHEMA"));
  t.given("ErasureCompleted", completed);
  EXPECT_THAT(t.world().get<ErasureState>(waiting_erasures).waiting, IsEmpty());
  EXPECT_THAT(rules_when("ErasureCompleted", completed), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(PersonalDataTest, ThePersonAsksOrAnAgentWithAPowerOfAttorney) {
  t.as("S-CSA");
  const auto asking = [this](const std::string& signed_by) {
    return rules_when("ErasureRequested", requested_json("X-1", signed_by));
  };
  EXPECT_THAT(asking(asked_by(visitor)), IsEmpty());
  EXPECT_THAT(asking(asked_by(house_owner)), ElementsAre("H-PI-6"));
  EXPECT_THAT(asking(signatures({staff_signature("CSA")})), ElementsAre("H-PI-6"));
  EXPECT_THAT(asking(asked_by(house_owner, "OWNER_AGENT")), ElementsAre("SCHEMA", "H-PI-6"));
  const std::string agent = replaced(asked_by(house_owner, "OWNER_AGENT"),
                                     "}]",
                                     ",\"authority_doc\":" + attachment(visitor) + "}]");
  EXPECT_THAT(asking(agent), IsEmpty());
}

TEST_F(PersonalDataTest, OneRequestAtATimeAndNoneAfterTheErasure) {
  ask();
  EXPECT_THAT(rules_when("ErasureRequested", requested_json("X-2")), ElementsAre("H-PI-7"));
  t.given("ErasureWithdrawn", of_erasure({asked_by(visitor)}));
  EXPECT_THAT(rules_when("ErasureRequested", requested_json("X-2")), IsEmpty());
  EXPECT_THAT(rules_when("ErasureRequested", requested_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(erasing(), ElementsAre("STATE_REFUSED")) << "it was withdrawn";
  request = t.as("S-CSA").given("ErasureRequested", requested_json("X-2"));
  t.at("2025-03-20T10:00:00+08:00").as("S-ARC");
  t.given("PersonErased", replaced(erased_json(request), "X-1", "X-2"));
  EXPECT_THAT(rules_when("ErasureRequested", requested_json("X-3")), ElementsAre("H-PI-7"));
  EXPECT_THAT(rules_when("LegalHoldPlaced", hold_json()), ElementsAre("H-PI-7"));
  EXPECT_THAT(rules_when("ProcessingRestricted", lock_json()), ElementsAre("H-PI-7"));
}

TEST_F(PersonalDataTest, OnlyThePersonTakesTheRequestBack) {
  ask();
  EXPECT_THAT(rules_when("ErasureWithdrawn", of_erasure({asked_by(house_owner)})),
              ElementsAre("H-PI-6"));
}

TEST_F(PersonalDataTest, TheCoolingOffNamesTheFirstDay) {
  ask();
  t.at("2025-03-09T23:59:00+08:00").as("S-ARC");
  const Refusals refusals = t.when("PersonErased", erased_json(request));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-PI-4"));
  EXPECT_EQ(refusals.front().earliest, parse_date("2025-03-10"));
  EXPECT_THAT(erasing("2025-03-10T00:00:00+08:00"), IsEmpty());
}

TEST_F(PersonalDataTest, WhoEnteredTheRequestDoesNotSignTheErasure) {
  request = t.as("S-ARC").given("ErasureRequested", requested_json());
  EXPECT_THAT(erasing(), ElementsAre("H-PI-5"));
  t.as("S-ADM");
  EXPECT_THAT(rules_when("PersonErased", erased_json(request)), IsEmpty());
  const KeyId key{{7}};
  t.world().edit<ActorKeyState>(crypto::hex_encode(key.view())).staff = "S-ARC";
  t.signers({key});
  EXPECT_THAT(rules_when("PersonErased", erased_json(request)), ElementsAre("H-PI-5"));
}

TEST_F(PersonalDataTest, AnErasureRefersToItsRequest) {
  ask();
  request = RecordIndex{number(request) + 1};
  EXPECT_THAT(erasing(), ElementsAre("SCHEMA"));
  request = RecordIndex{number(request) - 1};
  EXPECT_THAT(erasing(), IsEmpty());
  EXPECT_THAT(rules_when("PersonErased", replaced(erased_json(request), visitor, house_owner)),
              Contains("SCHEMA"));
}

TEST_F(PersonalDataTest, NothingIsErasedWhileAHoldStands) {
  ask();
  t.as("S-ARC").given("LegalHoldPlaced", hold_json("H-1"));
  t.as("S-CL").given("LegalHoldPlaced", hold_json("H-2"));
  EXPECT_THAT(erasing(), ElementsAre("H-PI-1", "H-PI-1"));
  t.given("LegalHoldReleased", hold_json("H-1"));
  EXPECT_THAT(erasing(), ElementsAre("H-PI-1"));
  EXPECT_THAT(rules_when("LegalHoldReleased", hold_json("H-1")), Contains("STATE_REFUSED"));
  EXPECT_THAT(rules_when("LegalHoldReleased", hold_json("H-2", house_owner)),
              ElementsAre("SCHEMA"));
  t.given("LegalHoldReleased", hold_json("H-2"));
  EXPECT_THAT(erasing(), IsEmpty());
}

TEST_F(PersonalDataTest, ARefusalNamesAGroundThatIsThere) {
  ask();
  t.as("S-ARC");
  const auto refusing = [this](const std::string& body) {
    return rules_when("ErasureRefused", body);
  };
  for (const char* ground : {"RETENTION", "RELATION", "LEGAL_HOLD", "DISPUTE", "OTHER"}) {
    EXPECT_THAT(refusing(refused_json(ground)), ElementsAre("H-PI-8")) << ground;
  }
  EXPECT_THAT(refusing(refused_json("NOT_THE_PERSON")), IsEmpty());
  EXPECT_THAT(refusing(refused_json("OTHER", "法院调取中")), IsEmpty());
  t.given("LegalHoldPlaced", hold_json());
  EXPECT_THAT(refusing(refused_json("LEGAL_HOLD")), IsEmpty());
  EXPECT_THAT(refusing(replaced(refused_json("LEGAL_HOLD"), visitor, house_owner)),
              Contains("SCHEMA"));
  t.given("ErasureRefused", refused_json("LEGAL_HOLD"));
  EXPECT_THAT(refusing(refused_json("LEGAL_HOLD")), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(t.world().get<PersonDataState>(visitor).running, "") << "he may ask again";
}

TEST_F(PersonalDataTest, AnOwnerIsNotErasedNorForThreeYearsAfterwards) {
  ask();
  const auto owner_is = [this](std::string_view person) {
    const EventContext context;
    change_unit(t.world(), house_unit, *parse_date("2025-03-03"), context, [&](UnitState& unit) {
      if (!unit.owner.empty()) {
        unit.former_owners.push_back(
            {unit.owner, "TR-1", *parse_instant("2025-03-05T09:00:00+08:00"), RecordIndex{1}});
      }
      unit.owner = person;
    });
  };
  owner_is(visitor);
  EXPECT_THAT(erasing(), ElementsAre("H-PI-2"));
  EXPECT_THAT(relations(), ElementsAre("unit:3-1-1202"));
  EXPECT_THAT(rules_when("ErasureRefused", refused_json("RELATION")), IsEmpty());
  owner_is(house_owner);
  const Refusals refusals = t.when("PersonErased", erased_json(request));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-PI-3"));
  EXPECT_EQ(refusals.front().earliest, parse_date("2028-03-04"));
  EXPECT_THAT(rules_when("ErasureRefused", refused_json("RETENTION")), IsEmpty());
  EXPECT_THAT(erasing("2028-03-04T00:00:00+08:00"), IsEmpty());
  assess(t, {.id = "F-9", .party = visitor});
  EXPECT_THAT(erasing("2028-03-04T00:00:00+08:00"), ElementsAre("H-PI-2")) << "costs unpaid";
}

TEST_F(PersonalDataTest, WhatIsOpenIsReadFromEachCase) {
  ask();
  t.at("2030-01-01T10:00:00+08:00").as("S-ARC");
  MemoryWorld& world = t.world();
  for (const char* about :
       {"tenancy:T-1", "deposit:D-1", "deco:C-1", "complaint:K-1", "staff:S-9", "signature:5/0"}) {
    tie_person(world, visitor, about);
  }
  world.edit<TenancyState>("T-1").consented = RecordIndex{2};
  world.edit<DepositState>("D-1").payer = visitor;
  world.edit<StaffState>("S-9").roles.add(Role::csa);
  world.edit<SignatureDisputeState>("5/0").standing = SignatureStanding::disputed;
  EXPECT_THAT(
      relations(),
      ElementsAre(
          "tenancy:T-1", "deposit:D-1", "deco:C-1", "complaint:K-1", "staff:S-9", "signature:5/0"));
  EXPECT_THAT(rules_when("ErasureRefused", refused_json("DISPUTE")), IsEmpty());
  world.edit<MoveOutState>("T-1").ended = RecordIndex{3};
  world.edit<DepositState>("D-1").refund = RefundStep{};
  world.edit<DecorationCase>("C-1").accepted_on = parse_date("2025-04-01");
  set_complaint_stage(world, "K-1", ComplaintStage::closed);
  world.edit<StaffState>("S-9").roles = RoleSet{};
  world.edit<SignatureDisputeState>("5/0").standing = SignatureStanding::confirmed;
  EXPECT_THAT(relations(), IsEmpty());
  world.edit<DecorationCase>("C-1").deposits = {"D-2"};
  world.edit<DepositState>("D-2").payer = "C-07";
  EXPECT_THAT(relations(), ElementsAre("deco:C-1")) << "the contractor's deposit is held";
}

TEST_F(PersonalDataTest, RestrictedDataAreKeptUntilTwoLiftIt) {
  t.as("S-ARC");
  EXPECT_THAT(rules_when("RestrictionLifted", lock_json()), ElementsAre("STATE_REFUSED"));
  t.given("ProcessingRestricted", lock_json());
  EXPECT_TRUE(is_restricted(t.world(), visitor));
  EXPECT_THAT(rules_when("ProcessingRestricted", lock_json()), ElementsAre("STATE_REFUSED"));
  t.given("RestrictionLifted", lock_json());
  EXPECT_FALSE(is_restricted(t.world(), visitor));
  for (const char* event : {"PersonErased", "RestrictionLifted"}) {
    EXPECT_NE(catalogue().find(event)->descriptor.second.bits, 0U) << event;
    EXPECT_TRUE(catalogue().find(event)->descriptor.always_signed) << event;
  }
}

// The procedures tie people to what they open; a whole handover, tenancy and dispute by the rules.
TEST_F(PersonalDataTest, WhoIsExpectedAsOwnerHasAClaim) {
  register_unit(t);
  t.given("OwnerRosterImported", roster_json(visitor));
  t.at("2025-03-01T10:00:00+08:00");
  ask();
  EXPECT_THAT(erasing(), ElementsAre("H-PI-2"));
  EXPECT_THAT(relations(), ElementsAre("handover:3-1-1202"));
  t.world().edit<UnitState>(house_unit).owner = house_owner;
  EXPECT_THAT(erasing(), IsEmpty());
}

TEST_F(PersonalDataTest, ProceduresTiePeopleToWhatTheyOpen) {
  hand_over(t);
  t.at("2025-10-20T10:00:00+08:00");
  rent_out(t, "2025-10-20");
  const auto abouts = [this](std::string_view person) {
    std::vector<std::string> names;
    for (const PersonTie& tie : ties_of(t.world(), person, *parse_date("2025-11-01"))) {
      if (tie.holds) {
        names.push_back(tie.about);
      }
    }
    return names;
  };
  EXPECT_THAT(abouts(house_owner), ElementsAre("unit:3-1-1202"));
  EXPECT_THAT(abouts(house_tenant), ElementsAre("tenancy:T-1"));
  expect_states_round_trip(t);
}

TEST_F(PersonalDataTest, ARequestIsAnsweredWithinThirtyDays) {
  t.at("2025-03-03T10:00:00+08:00").as("S-ARC");
  t.given("ErasureRequested", requested_json());
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-PI-1", "erasure:X-1"));
  };
  EXPECT_EQ(due().due_at, *parse_instant("2025-04-03T00:00:00+08:00"));
  EXPECT_EQ(due().end, ObligationEnd::running);
  t.given("ErasureRefused", refused_json("NOT_THE_PERSON"));
  EXPECT_EQ(due().end, ObligationEnd::met);
}

}  // namespace
}  // namespace juanzong::testing
