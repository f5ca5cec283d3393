// SPDX-License-Identifier: Apache-2.0
// What of an owner's file is changed, viewed, disclosed and copied, and on whose word (P12).
#include "events/procedures/archives/archives.h"
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string stranger = person_id(4001);

std::string of_owner(std::initializer_list<std::string> fields) {
  std::string body = json({unit_field(), text("person", house_owner)});
  body.pop_back();
  for (const std::string& field : fields) {
    body.append(",").append(field);
  }
  return body + "}";
}

std::string changed_json(std::string_view more = "") {
  return of_owner({text("field", "PHONE"),
                   house_sealed("new_value"),
                   house_attachment("evidence"),
                   signed_by_house_owner() + std::string(more)});
}

std::string view_json(std::string_view until = "2025-03-04T11:00:00+08:00",
                      std::string_view role = "ARC") {
  return of_owner({text("view_id", "Q-1"),
                   text("viewer", "S-CSA"),
                   house_sealed("purpose"),
                   R"("fields":["PHONE","ID_COPY"])",
                   text("valid_until", until),
                   signatures({staff_signature(role)})});
}

std::string accessed_json(std::string_view fields, std::string_view how = R"("view_id":"Q-1")") {
  return of_owner(
      {text("viewer", "S-CSA"), R"("fields":[)" + std::string(fields) + "]", std::string(how)});
}

std::string disclosed_json(std::string_view role) {
  return of_owner({house_sealed("recipient"),
                   R"("fields":["NAME"])",
                   house_sealed("purpose"),
                   signatures({staff_signature(role)})});
}

std::string copied_json(std::string_view no, std::string_view more = "") {
  return json({text("copy_no", no),
               text("held_by", "S-SECM"),
               signatures({staff_signature("SECM")}) + std::string(more)});
}

class OwnerInfoTest : public HouseTest {
 protected:
  OwnerInfoTest() {
    register_unit(t);
    t.world().edit<UnitState>(house_unit).owner = house_owner;
    t.at("2025-03-03T11:00:00+08:00").as("S-ARC");
  }
  std::vector<std::string> accessed(std::string_view fields,
                                    std::string_view how = R"("view_id":"Q-1")") {
    t.as("S-SYS");
    return rules_when("OwnerFileAccessed", accessed_json(fields, how));
  }
};

TEST_F(OwnerInfoTest, AChangeIsSignedByTheOwner) {
  EXPECT_THAT(rules_when("OwnerFileChanged", changed_json()), IsEmpty());
  EXPECT_THAT(rules_when("OwnerFileChanged", replaced(changed_json(), "OWNER", "CUSTOMER")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("OwnerFileChanged", replaced(changed_json(), "PHONE", "WHOLE_FILE")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("OwnerFileChanged", changed_json(R"(,"old_digest":"0102")")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("OwnerFileChanged",
                 replaced(changed_json(), text("person", house_owner), text("person", stranger))),
      ElementsAre("SCHEMA"));
}

TEST_F(OwnerInfoTest, TheNewestChangeOfEachItemCounts) {
  const auto phone = static_cast<std::uint8_t>(body::OwnerFileItem::PHONE);
  t.given("OwnerFileChanged", replaced(changed_json(), "PHONE", "ADDRESS"));
  t.given("OwnerFileChanged", changed_json());
  const RecordIndex newest = t.given("OwnerFileChanged", changed_json());
  const auto entry = t.world().get<ArchiveEntry>(owner_file_key(house_unit, house_owner));
  EXPECT_EQ(entry.changed.at(phone), newest);
  EXPECT_EQ(entry.changed.size(), 2U);
  expect_states_round_trip(t);
}

TEST_F(OwnerInfoTest, TheArchivistApprovesAViewForADay) {
  EXPECT_THAT(rules_when("OwnerFileViewApproved", view_json("2025-03-04T11:00:00+08:00", "CSM")),
              ElementsAre("H-PRV-2"));
  EXPECT_THAT(rules_when("OwnerFileViewApproved", view_json("2025-03-04T11:00:01+08:00")),
              ElementsAre("H-PRV-2"))
      << "longer than 24 hours";
  EXPECT_THAT(rules_when("OwnerFileViewApproved", view_json("2025-03-03T11:00:00+08:00")),
              ElementsAre("H-PRV-2"))
      << "over already";
  EXPECT_THAT(
      rules_when("OwnerFileViewApproved",
                 replaced(view_json(), text("person", house_owner), text("person", stranger))),
      ElementsAre("SCHEMA"));
  t.given("OwnerFileViewApproved", view_json());
  EXPECT_THAT(rules_when("OwnerFileViewApproved", view_json()), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(OwnerInfoTest, ThePolicySaysForHowLong) {
  adopt(t, "archive.view_h", "2", "2025-03-01");
  t.at("2025-03-03T11:00:00+08:00").as("S-ARC");
  EXPECT_THAT(rules_when("OwnerFileViewApproved", view_json("2025-03-03T13:00:01+08:00")),
              ElementsAre("H-PRV-2"));
  EXPECT_THAT(rules_when("OwnerFileViewApproved", view_json("2025-03-03T13:00:00+08:00")),
              IsEmpty());
}

TEST_F(OwnerInfoTest, AFileIsViewedAsApproved) {
  EXPECT_THAT(accessed(R"("PHONE")"), ElementsAre("H-PRV-2")) << "no such approval";
  t.as("S-ARC").given("OwnerFileViewApproved", view_json());
  EXPECT_THAT(accessed(R"("PHONE","ID_COPY")"), IsEmpty());
  EXPECT_THAT(accessed(R"("PHONE","BIRTHDAY")"), ElementsAre("H-PRV-2")) << "not approved";
  t.as("S-SYS");
  EXPECT_THAT(
      rules_when("OwnerFileAccessed", replaced(accessed_json(R"("PHONE")"), "S-CSA", "S-SEC")),
      ElementsAre("H-PRV-2"))
      << "another viewer";
  EXPECT_THAT(rules_when("OwnerFileAccessed",
                         replaced(accessed_json(R"("PHONE")"),
                                  text("person", house_owner),
                                  text("person", stranger))),
              ElementsAre("SCHEMA", "H-PRV-2"))
      << "not an owner of the unit";
  t.at("2025-03-04T11:00:01+08:00");
  EXPECT_THAT(accessed(R"("PHONE")"), ElementsAre("H-PRV-2")) << "too late";
}

TEST_F(OwnerInfoTest, AnApprovalOfTheWholeFileCoversEverything) {
  t.given("OwnerFileViewApproved",
          replaced(view_json(), R"("PHONE","ID_COPY")", R"("WHOLE_FILE")"));
  EXPECT_THAT(accessed(R"("BIRTHDAY","WHOLE_FILE")"), IsEmpty());
}

TEST_F(OwnerInfoTest, ARunningCaseShowsWhatItNeedsAndNoMore) {
  const std::string how = text("case_ref", "deco:2025-0031");
  EXPECT_THAT(accessed(R"("NAME","PHONE")", how), IsEmpty());
  EXPECT_THAT(accessed(R"("NAME","ID_COPY","BIRTHDAY")", how), ElementsAre("H-PRV-2", "H-PRV-2"));
  EXPECT_THAT(accessed(R"("WHOLE_FILE")", how), ElementsAre("H-PRV-2"));
  t.as("S-SYS");
  EXPECT_THAT(
      rules_when("OwnerFileAccessed", of_owner({text("viewer", "S-CSA"), R"("fields":["NAME"])"})),
      ElementsAre("H-PRV-2"))
      << "neither approval nor case";
}

TEST_F(OwnerInfoTest, OutsidersAreToldOnlyWithTheLeadersApproval) {
  EXPECT_THAT(rules_when("OwnerInfoDisclosed", disclosed_json("PM")), ElementsAre("H-PRV-1"));
  EXPECT_THAT(rules_when("OwnerInfoDisclosed", disclosed_json("CL")), IsEmpty());
  EXPECT_THAT(
      rules_when(
          "OwnerInfoDisclosed",
          replaced(disclosed_json("PM"), text("person", house_owner), text("person", stranger))),
      ElementsAre("SCHEMA", "H-PRV-1"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("OwnerInfoDisclosureRefused",
                         json({house_sealed("recipient"), house_sealed("reason")})),
              IsEmpty());
}

TEST_F(OwnerInfoTest, AFormerOwnersFileIsStillHis) {
  UnitState& unit = t.world().edit<UnitState>(house_unit);
  unit.owner = stranger;
  EXPECT_THAT(rules_when("OwnerInfoDisclosed", disclosed_json("CL")), ElementsAre("SCHEMA"));
  unit.former_owners.push_back(
      {house_owner, "T-1", *parse_instant("2025-03-01T10:00:00+08:00"), {}});
  EXPECT_THAT(rules_when("OwnerInfoDisclosed", disclosed_json("CL")), IsEmpty());
  EXPECT_THAT(rules_when("OwnerFileChanged", changed_json()), ElementsAre("SCHEMA", "SCHEMA"))
      << "only the present owner's file is changed";
}

TEST_F(OwnerInfoTest, TheHeadOfSecurityKeepsOneCopyOfTheContactList) {
  EXPECT_THAT(
      rules_when("EmergencyContactListCopied",
                 replaced(copied_json("1"), R"("held_by":"S-SECM")", R"("held_by":"S-SEC")")),
      ElementsAre("H-PRV-3"));
  EXPECT_THAT(rules_when("EmergencyContactListCopied",
                         replaced(copied_json("1"), R"("signer":"S-SECM")", R"("signer":"S-PM")")),
              ElementsAre("H-PRV-3"))
      << "he did not sign";
  EXPECT_THAT(rules_when("EmergencyContactListCopied",
                         copied_json("1", R"(,"replaces_copy_no":"0","old_copy_destroyed":true)")),
              ElementsAre("SCHEMA"));
  t.given("EmergencyContactListCopied", copied_json("1"));
  EXPECT_EQ(t.world().get<ArchiveEntry>(contact_list).holder, "S-SECM");
  EXPECT_THAT(rules_when("EmergencyContactListCopied", copied_json("2")), ElementsAre("H-PRV-3"));
  EXPECT_THAT(
      rules_when("EmergencyContactListCopied", copied_json("2", R"(,"replaces_copy_no":"1")")),
      ElementsAre("H-PRV-3"))
      << "the old one still exists";
  const std::string instead = R"(,"replaces_copy_no":"1","old_copy_destroyed":true)";
  EXPECT_THAT(rules_when("EmergencyContactListCopied", copied_json("1", instead)),
              ElementsAre("SCHEMA"))
      << "a number is used once";
  EXPECT_THAT(rules_when("EmergencyContactListCopied", copied_json("2", instead)), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
