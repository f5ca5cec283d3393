// SPDX-License-Identifier: Apache-2.0
// R14: loans and keepers of the archive, and what became of owner information; as of then.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ArchiveView : public ::testing::Test {
 protected:
  ArchiveView() {
    t.on("2025-01-02");
    for (const std::string_view role : {"SECM", "CL", "ADM"}) {
      t.ledger.actor(role);
    }
    t.hand_over(house_unit);
    t.on("2025-03-03");
    t.given("ARC", "ArchiveVolumeOpened", json({text("volume_id", "V-1"), text("class", "RULES")}));
    archive("D-1");
    archive("D-2");
    t.given("CSA",
            "DocumentBorrowRequested",
            json({text("borrow_id", "B-1"),
                  text("doc_id", "D-1"),
                  text("borrower", "S-CSA"),
                  house_sealed("purpose"),
                  text("due", "2025-03-05")}));
    t.given("CSM",
            "DocumentBorrowApproved",
            json({text("borrow_id", "B-1"), signatures({staff_signature("CSM")})}));
    lent = t.given("ARC", "DocumentBorrowed", moved("2025-03-03T09:30:00+08:00"));
  }
  void archive(std::string_view id) {
    t.given("ARC",
            "DocumentArchived",
            json({text("doc_id", id),
                  text("volume_id", "V-1"),
                  text("title", "门岗制度"),
                  text("from_dept", "SEC"),
                  text("kind", "RULE"),
                  house_attachment("dig")}));
  }
  static std::string moved(std::string_view at) {
    return json({text("borrow_id", "B-1"),
                 text("doc_id", "D-1"),
                 text("at", at),
                 signatures({staff_signature("CSA")})});
  }
  boost::json::object loans(QueryArguments arguments = {}) {
    return t.query("archive", arguments, "ARC");
  }
  static QueryArguments as_of(RecordIndex index) {
    return {{"as_of", std::to_string(number(index))}, {"date", "2025-03-06"}};
  }
  ViewLedger t;
  RecordIndex lent{};
};

TEST_F(ArchiveView, ShowsWhoHasWhatOnWhoseConsentUntilWhen) {
  const auto report = loans({{"date", "2025-03-05"}});
  EXPECT_EQ(report.at("archived"), 1);
  EXPECT_EQ(report.at("lent"), 1);
  EXPECT_EQ(report.at("overdue"), 0) << "its last day";
  const auto& loan = row(report, "loans", 0);
  EXPECT_EQ(loan.at("doc_id"), "D-1");
  EXPECT_EQ(loan.at("volume_id"), "V-1");
  EXPECT_EQ(loan.at("borrower"), "S-CSA");
  EXPECT_EQ(loan.at("approved_by"), "S-CSM (CSM)");
  EXPECT_EQ(loan.at("due"), "2025-03-05");
  EXPECT_THAT(column(report, "loans", "stage"), ElementsAre("BORROWED"));
  EXPECT_EQ(loan.at("records").at("out_at").as_array().at(0), number(lent));
  EXPECT_EQ(t.refusal("archive", {}, "SEC"), "not_permitted");
}

TEST_F(ArchiveView, ALoanIsOverdueUntilItIsBack) {
  EXPECT_EQ(loans({{"date", "2025-03-06"}}).at("overdue"), 1);
  t.on("2025-03-06");
  const RecordIndex back = t.given("ARC", "DocumentReturned", moved("2025-03-06T09:00:00+08:00"));
  t.given("ARC", "DocumentVoided", json({text("doc_id", "D-2"), house_sealed("reason")}));
  const auto report = loans({{"date", "2025-03-06"}});
  EXPECT_EQ(report.at("overdue"), 0);
  EXPECT_EQ(report.at("archived"), 1);
  EXPECT_EQ(report.at("voided"), 1);
  EXPECT_THAT(column(report, "loans", "stage"), ElementsAre("RETURNED"));
  const auto then = loans(as_of(RecordIndex{number(back) - 1}));
  EXPECT_EQ(then.at("overdue"), 1);
  EXPECT_THAT(column(then, "loans", "stage"), ElementsAre("BORROWED"));
  EXPECT_EQ(loans({{"date", "2025-03-06"}}), loans(as_of(t.newest())));
}

TEST_F(ArchiveView, NamesItsKeepers) {
  t.given("CL",
          "StaffRoleChanged",
          json({text("staff", "S-ADM"), text("roles", "ADM ARC"), house_sealed("reason")}));
  t.given("ARC",
          "CustodianHandedOver",
          json({text("from", "S-ARC"),
                text("to", "S-ADM"),
                house_attachment("list"),
                signatures({staff_signature("ARC"), staff_signature("ADM")})}));
  EXPECT_THAT(column(loans(), "custodians", "to"), ElementsAre("S-ADM"));
  EXPECT_THAT(loans(as_of(lent)).at("custodians").as_array().size(), 0U);
}

class OwnerInfoView : public ArchiveView {
 protected:
  OwnerInfoView() {
    approved = t.given("ARC", "OwnerFileViewApproved", view_json());
    t.given("CSA",
            "OwnerInfoDisclosureRefused",
            json({house_sealed("recipient", "某中介"), house_sealed("reason")}));
    t.given("ARC",
            "EmergencyContactListCopied",
            json({text("copy_no", "TX-1"),
                  text("held_by", "S-SECM"),
                  signatures({staff_signature("SECM")})}));
  }
  static std::string view_json() {
    return json({unit_field(),
                 text("person", house_owner),
                 text("view_id", "Q-1"),
                 text("viewer", "S-CSA"),
                 house_sealed("purpose", "核对手机"),
                 R"("fields":["PHONE"])",
                 text("valid_until", "2025-03-03T18:00:00+08:00"),
                 signatures({staff_signature("ARC")})});
  }
  boost::json::object register_of(QueryArguments arguments = {}) {
    return t.query("owner_info", arguments, "ARC");
  }
  RecordIndex approved{};
};

TEST_F(OwnerInfoView, ShowsWhatBecameOfOwnerInformation) {
  const auto report = register_of();
  EXPECT_EQ(report.at("approved"), 1);
  EXPECT_EQ(report.at("refused"), 1);
  EXPECT_EQ(report.at("disclosed"), 0);
  EXPECT_EQ(report.at("contact_list_copy"), "TX-1");
  EXPECT_EQ(report.at("contact_list_keeper"), "S-SECM");
  EXPECT_THAT(
      column(report, "records", "event"),
      ElementsAre(
          "OwnerFileViewApproved", "OwnerInfoDisclosureRefused", "EmergencyContactListCopied"));
  EXPECT_THAT(column(report, "records", "signed_by"),
              ElementsAre("S-ARC (ARC)", "null", "S-SECM (SECM)"));
  const std::string content = column(report, "records", "content").at(0);
  EXPECT_THAT(content, HasSubstr("viewer S-CSA"));
  EXPECT_THAT(content, HasSubstr("PHONE"));
  EXPECT_THAT(content, Not(HasSubstr("核对手机"))) << "sealed";
}

TEST_F(OwnerInfoView, IsReadByUnitByPageAndAsOfThen) {
  EXPECT_EQ(register_of({{"unit", std::string(house_unit)}}).at("records").as_array().size(), 1U);
  const auto first = register_of({{"limit", "1"}});
  EXPECT_EQ(first.at("approved"), 1);
  const std::string cursor(first.at("next").as_string());
  EXPECT_THAT(column(register_of({{"limit", "1"}, {"cursor", cursor}}), "records", "event"),
              ElementsAre("OwnerInfoDisclosureRefused"));
  const auto then = register_of({{"as_of", std::to_string(number(approved))}});
  EXPECT_EQ(then.at("refused"), 0);
  EXPECT_TRUE(then.at("contact_list_copy").is_null());
  EXPECT_EQ(register_of(), register_of({{"as_of", std::to_string(number(t.newest()))}}));
  EXPECT_EQ(t.refusal("owner_info", {}, "CSM"), "not_permitted");
  EXPECT_EQ(t.refusal("owner_info", {}, "SEC"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
