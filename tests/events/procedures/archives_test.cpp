// SPDX-License-Identifier: Apache-2.0
// Volumes, documents and loans of the archive, its keeper and its backups.
#include "events/procedures/archives/archives.h"

#include "events/procedures/deadlines.h"
#include "events/procedures/parties.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string volume_json(std::string_view id = "V-1") {
  return json({text("volume_id", id), text("class", "INTERNAL")});
}

std::string archived_json(std::string_view id = "D-1", std::string_view more = "") {
  return json({text("doc_id", id),
               text("volume_id", "V-1"),
               text("title", "年度总结"),
               text("from_dept", "CS"),
               text("kind", "FORM"),
               house_attachment("dig") + std::string(more)});
}

std::string requested_json(std::string_view id = "B-1", std::string_view due = "2025-03-10") {
  return json({text("borrow_id", id),
               text("doc_id", "D-1"),
               text("borrower", "S-CSA"),
               house_sealed("purpose"),
               text("due", due)});
}

std::string approved_json(std::string_view role, std::string_view id = "B-1") {
  return json({text("borrow_id", id), signatures({staff_signature(role)})});
}

std::string moved_json(std::string_view role = "CSA", std::string_view doc = "D-1") {
  return json({text("borrow_id", "B-1"),
               text("doc_id", doc),
               text("at", "2025-03-03T10:00:00+08:00"),
               signatures({staff_signature(role)})});
}

std::string voided_json() {
  return json({text("doc_id", "D-1"), house_sealed("reason")});
}

std::string custodian_json(std::string_view from,
                           std::string_view to,
                           std::initializer_list<std::string> who) {
  return json({text("from", from), text("to", to), house_attachment("list"), signatures(who)});
}

class ArchivesTest : public HouseTest {
 protected:
  ArchivesTest() {
    t.at("2025-03-03T11:00:00+08:00").as("S-ARC");
    t.given("ArchiveVolumeOpened", volume_json());
  }
  // Archived, asked for by S-CSA, allowed by S-CSM.
  void allow(std::string_view more = "") {
    t.given("DocumentArchived", archived_json("D-1", more));
    t.given("DocumentBorrowRequested", requested_json());
    t.as("S-CSM").given("DocumentBorrowApproved", approved_json("CSM"));
    t.as("S-ARC");
  }
};

TEST_F(ArchivesTest, ADocumentIsLentAndComesBack) {
  allow();
  t.given("DocumentBorrowed", moved_json());
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-ARC-3", "borrow:B-1"));
  };
  EXPECT_EQ(due().due_at, *parse_instant("2025-03-11T00:00:00+08:00")) << "the day agreed";
  t.given("DocumentBorrowRequested", requested_json("B-2"));
  t.as("S-CSM").given("DocumentBorrowApproved", approved_json("CSM", "B-2"));
  t.as("S-ARC");
  EXPECT_THAT(rules_when("DocumentBorrowed", replaced(moved_json(), "B-1", "B-2")),
              ElementsAre("STATE_REFUSED"))
      << "it is lent";
  EXPECT_THAT(rules_when("DocumentVoided", voided_json()), ElementsAre("STATE_REFUSED"));
  t.given("DocumentReturned", moved_json());
  EXPECT_EQ(due().end, ObligationEnd::met);
  EXPECT_THAT(rules_when("DocumentReturned", moved_json()),
              ElementsAre("STATE_REFUSED", "STATE_REFUSED"));
  t.given("DocumentVoided", voided_json());
  EXPECT_THAT(rules_when("DocumentBorrowRequested", requested_json("B-3")),
              ElementsAre("STATE_REFUSED"))
      << "void documents are not lent";
  EXPECT_THAT(rules_when("DocumentVoided", voided_json()), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(ArchivesTest, FilingNeedsAVolumeAndANewNumber) {
  EXPECT_THAT(rules_when("ArchiveVolumeOpened", volume_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("DocumentArchived", replaced(archived_json(), "V-1", "V-9")),
              ElementsAre("STATE_REFUSED"));
  t.given("DocumentArchived", archived_json());
  EXPECT_EQ(t.world().get<ArchiveEntry>("doc:D-1").subject, "V-1");
  EXPECT_THAT(rules_when("DocumentArchived", archived_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("DocumentArchived", archived_json("D-2", "," + unit_field("9-9-0909"))),
              ElementsAre("SCHEMA"))
      << "an unknown unit";
  t.as("S-CSA");
  EXPECT_THAT(rules_when("DocumentArchived", archived_json("D-2")), ElementsAre("ROLE"));
}

TEST_F(ArchivesTest, LendingNeedsASuperiorsConsent) {
  t.given("DocumentArchived", archived_json());
  t.given("DocumentBorrowRequested", requested_json());
  EXPECT_THAT(rules_when("DocumentBorrowed", moved_json()), ElementsAre("H-PRV-4"));
  EXPECT_THAT(rules_when("DocumentBorrowApproved", json({text("borrow_id", "B-1")})),
              ElementsAre("H-PRV-4"));
  EXPECT_THAT(rules_when("DocumentBorrowApproved", approved_json("CSA")), ElementsAre("H-PRV-4"))
      << "not a superior";
  EXPECT_THAT(rules_when("DocumentBorrowApproved", approved_json("ARC")), IsEmpty());
  EXPECT_THAT(rules_when("DocumentBorrowRequested", requested_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(ArchivesTest, NobodyConsentsToALoanOfHisOwn) {
  t.given("DocumentArchived", archived_json());
  t.given("DocumentBorrowRequested", replaced(requested_json(), "S-CSA", "S-PM"));
  t.as("S-PM");
  EXPECT_THAT(rules_when("DocumentBorrowApproved", approved_json("PM")), ElementsAre("H-PRV-4"));
  EXPECT_THAT(rules_when("DocumentBorrowApproved", approved_json("CSM")), IsEmpty());
}

TEST_F(ArchivesTest, TheBorrowerSignsForThatDocument) {
  allow();
  EXPECT_THAT(rules_when("DocumentBorrowed", moved_json("CAS")), ElementsAre("H-PRV-4"));
  t.given("DocumentArchived", archived_json("D-2"));
  EXPECT_THAT(rules_when("DocumentBorrowed", moved_json("CSA", "D-2")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("DocumentBorrowed", replaced(moved_json(), "03-03T10", "03-03T12")),
              ElementsAre("SCHEMA"))
      << "a moment to come";
  t.given("DocumentBorrowed", moved_json());
  EXPECT_THAT(rules_when("DocumentReturned", moved_json("CAS")), ElementsAre("H-PRV-4"));
  EXPECT_THAT(rules_when("DocumentReturned", replaced(moved_json(), "B-1", "B-9")),
              ElementsAre("STATE_REFUSED"))
      << "an unknown loan";
}

TEST_F(ArchivesTest, AConfidentialDocumentNeedsPermission) {
  t.given("DocumentArchived", archived_json("D-1", R"(,"confidential":true)"));
  t.given("DocumentBorrowRequested", requested_json());
  EXPECT_THAT(rules_when("DocumentBorrowApproved", approved_json("ARC")), ElementsAre("H-PRV-5"));
  EXPECT_THAT(rules_when("DocumentBorrowApproved", json({text("borrow_id", "B-1")})),
              ElementsAre("H-PRV-4", "H-PRV-5"));
  EXPECT_THAT(rules_when("DocumentBorrowApproved", approved_json("CL")), IsEmpty());
}

TEST_F(ArchivesTest, ALoanIsDueInTheDaysToComeAndForStaff) {
  t.given("DocumentArchived", archived_json());
  EXPECT_THAT(rules_when("DocumentBorrowRequested", requested_json("B-1", "2025-03-02")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("DocumentBorrowRequested", requested_json("B-1", "2025-03-03")),
              IsEmpty());
  EXPECT_THAT(rules_when("DocumentBorrowRequested", replaced(requested_json(), "S-CSA", "S-999")),
              ElementsAre("SCHEMA"));
}

TEST_F(ArchivesTest, TheKeeperChangesWithASignedHandover) {
  const auto both = {staff_signature("ARC"), staff_signature("ADM")};
  t.world().edit<StaffState>("S-ADM").roles.add(Role::arc);
  EXPECT_THAT(
      rules_when("CustodianHandedOver", custodian_json("S-ARC", "S-ADM", {staff_signature("ARC")})),
      ElementsAre("H-PRV-5"));
  EXPECT_THAT(rules_when("CustodianHandedOver", custodian_json("S-ARC", "S-ADM", {})),
              ElementsAre("H-PRV-5", "H-PRV-5"));
  EXPECT_THAT(rules_when("CustodianHandedOver",
                         custodian_json(
                             "S-ARC", "S-CSA", {staff_signature("ARC"), staff_signature("CSA")})),
              ElementsAre("SCHEMA"))
      << "not an archivist";
  EXPECT_THAT(
      rules_when("CustodianHandedOver", custodian_json("S-ARC", "S-ARC", {staff_signature("ARC")})),
      ElementsAre("SCHEMA"));
  t.given("CustodianHandedOver", custodian_json("S-ARC", "S-ADM", both));
  EXPECT_THAT(rules_when("CustodianHandedOver", custodian_json("S-ARC", "S-ADM", both)),
              ElementsAre("SCHEMA"))
      << "no longer the keeper";
  EXPECT_THAT(rules_when("CustodianHandedOver", custodian_json("S-ADM", "S-ARC", both)), IsEmpty());
  expect_states_round_trip(t);
}

TEST_F(ArchivesTest, ABackupIsNamedByItsDigest) {
  const auto backup = [](std::size_t bytes) {
    return json({text("set", "OFFICE"), text("dig", std::string(2 * bytes, 'a'))});
  };
  t.as("S-SYS");
  EXPECT_THAT(rules_when("BackupTaken", backup(31)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BackupTaken", backup(32)), IsEmpty());
  t.as("S-ADM");
  EXPECT_THAT(rules_when("BackupTaken", backup(32)), IsEmpty());
  t.as("S-ARC");
  EXPECT_THAT(rules_when("BackupTaken", backup(32)), ElementsAre("ROLE"));
}

TEST_F(ArchivesTest, ABackupStatesRecordsThatThereAre) {
  const auto backup = [](const std::string& size, std::size_t root_bytes) {
    std::vector<std::string> fields{text("set", "SET"), text("dig", std::string(64, 'a'))};
    if (!size.empty()) {
      fields.push_back("\"size\":" + size);
    }
    if (root_bytes > 0) {
      fields.push_back(text("root", std::string(2 * root_bytes, 'b')));
    }
    std::string body;
    for (const std::string& field : fields) {
      body += (body.empty() ? "" : ",") + field;
    }
    return "{" + body + "}";
  };
  t.as("S-ADM");
  EXPECT_THAT(rules_when("BackupTaken", backup("1", 32)), IsEmpty());
  EXPECT_THAT(rules_when("BackupTaken", backup("1", 31)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BackupTaken", backup("1", 0)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BackupTaken", backup("", 32)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BackupTaken", backup("1000000", 32)), ElementsAre("SCHEMA"))
      << "more than there are";
}

}  // namespace
}  // namespace juanzong::testing
