// SPDX-License-Identifier: Apache-2.0
// The report that is filed, and that docs/AUDIT.md lists every name that the JSON has.
#include "tools/juanzong_audit/audit_report.h"

#include "tools/juanzong_audit/audit_checks.h"
#include "tools/juanzong_audit/report_file.h"

#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

#include <set>

namespace juanzong::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditReport : public ::testing::Test {
 protected:
  AuditReport() {
    ledger_.must_append("ARC", "UnitRegistered", unit_body(1));
    export_records(records_of(ledger_), folder_.path() / "a<b");
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  Audited report_to(const std::string& file, std::vector<std::string> options = {}) {
    options.insert(options.end(), {"--report", path(file)});
    return audit(path("a<b"), options);
  }

  TemporaryFolder folder_;
  TestLedger ledger_;
};

TEST_F(AuditReport, StandsAloneByTheFourProperties) {
  ASSERT_EQ(report_to("report.html").exit_code, 0);
  const std::string html = read_all(path("report.html"));
  EXPECT_THAT(html,
              AllOf(HasSubstr("真实性"),
                    HasSubstr("完整性"),
                    HasSubstr("可用性"),
                    HasSubstr("安全性"),
                    HasSubstr("结论:核对通过"),
                    HasSubstr("needs --deep"),
                    HasSubstr("a&lt;b")));
  EXPECT_THAT(html,
              AllOf(Not(HasSubstr("a<b")),
                    Not(HasSubstr("<script")),
                    Not(HasSubstr("http")),
                    Not(HasSubstr("src="))));
}

TEST_F(AuditReport, AsTextSaysWhatTheTerminalSays) {
  std::vector<Bytes> records = records_of(ledger_);
  const auto record = parse_record(records.back());
  auto signatures = record->signatures;
  signatures.front().signature.bytes[5] ^= 1;
  RecordDraft draft = draft_of(*record);
  draft.signatures = signatures;
  records.back() = encode_record(draft);
  std::filesystem::remove_all(path("a<b"));
  export_records(rechained(records), path("a<b"));
  ASSERT_EQ(report_to("report.txt").exit_code, 2);
  EXPECT_THAT(read_all(path("report.txt")),
              AllOf(HasSubstr("卷宗四性检测报告"),
                    HasSubstr("核对不通过"),
                    HasSubstr("经办人 actor: S-ARC"),
                    HasSubstr("核对人 auditor:")));
}

TEST_F(AuditReport, KeepsAnExistingFileWithoutForce) {
  write_all(path("report.html"), "last year's");
  const Audited refused = report_to("report.html");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_EQ(read_all(path("report.html")), "last year's");
  EXPECT_EQ(report_to("report.html", {"--force"}).exit_code, 0);
  EXPECT_THAT(read_all(path("report.html")), HasSubstr("<!DOCTYPE html>"));
  EXPECT_EQ(report_to("report.pdf").exit_code, 1);
}

TEST(AuditDocument, ListsEveryCheckAndEveryKeyOfTheJson) {
  const std::string document = read_all(std::string(JUANZONG_SOURCE_DIR) + "/docs/AUDIT.md");
  const audit::LedgerAudit empty;
  std::set<std::string> names;
  for (const audit::CheckRow& row : audit::checks_of(empty)) {
    names.emplace(row.key);
  }
  const boost::json::value json = boost::json::parse(audit::to_json(empty));
  for (const auto& [key, value] : json.as_object()) {
    names.emplace(key);
  }
  EXPECT_GT(names.size(), 40U);
  for (const std::string& name : names) {
    EXPECT_THAT(document, HasSubstr("`" + name + "`"));
  }
}

}  // namespace
}  // namespace juanzong::testing
