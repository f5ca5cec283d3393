// SPDX-License-Identifier: Apache-2.0
// A small simulated community as a user meets it: the same seed gives the same records, the deep
// audit finds nothing, every month ends balanced, and every script had its turn.
#include "tools/juanzong_audit/audit_command.h"
#include "tools/simulate/simulation.h"

#include "tests/tools/commands.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

namespace json = boost::json;

Ran simulate_into(const std::string& out, const std::string& units, const std::string& seed) {
  return run(
      {"simulate", "--out", out, "--units", units, "--months", "1", "--seed", seed, "--json"});
}

std::vector<std::string> names(const json::value& counts) {
  std::vector<std::string> list;
  for (const auto& [name, count] : counts.as_object()) {
    list.emplace_back(name);
  }
  return list;
}

// Half a year of 60 units, run once for all tests of the suite.
class SimulatedHalfYear : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<TemporaryFolder>();
    data = (folder->path() / "data").string();
    ran =
        run({"simulate", "--out", data, "--units", "60", "--months", "6", "--seed", "7", "--json"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    summary = json::parse(ran.out);
  }
  static void TearDownTestSuite() { folder.reset(); }

  static inline std::unique_ptr<TemporaryFolder> folder;
  static inline std::string data;
  static inline Ran ran;
  static inline json::value summary;
};

TEST_F(SimulatedHalfYear, EveryMonthEndsBalanced) {
  ASSERT_THAT(summary.at("months").as_array(), SizeIs(6));
  for (const json::value& month : summary.at("months").as_array()) {
    for (const std::string_view check : {"deposits", "receivables", "cash"}) {
      EXPECT_TRUE(month.at(check).at("balanced").as_bool()) << month << check;
      EXPECT_EQ(month.at(check).at("booked_fen"), month.at(check).at("accounts_fen"));
    }
  }
  const json::value& last = summary.at("months").as_array().back();
  EXPECT_GT(last.at("deposits").at("booked_fen").as_int64(), 0) << "there is something to compare";
  EXPECT_GT(last.at("receivables").at("booked_fen").as_int64(), 0);
  EXPECT_GT(last.at("cash").at("booked_fen").as_int64(), 0);
}

TEST_F(SimulatedHalfYear, EveryScriptHadItsTurn) {
  EXPECT_THAT(names(summary.at("accepted")),
              IsSupersetOf({"HandoverCompleted",
                            "KeyIssuedToOwner",
                            "MoveInRegistered",
                            "TenantRegistered",
                            "TenancyEnded",
                            "OwnershipTransferred",
                            "CompletionAcceptancePassed",
                            "DepositRefunded",
                            "PaymentReceived",
                            "ChargeReversed",
                            "DunningNoticeSent",
                            "ParkingRentPaid",
                            "ParkingCardDepositRefunded",
                            "TemporaryParkingFeePaid",
                            "ContactAnswered",
                            "RequestReplied",
                            "CustomerVisited",
                            "ComplaintClosed",
                            "RepairCompleted",
                            "ReturnVisitCompleted",
                            "GoodsReleasedAtGate",
                            "PatrolDefectVerified",
                            "SecurityPatrolRecorded",
                            "CleaningChecked",
                            "GreeningChecked",
                            "DefectClosureVerified",
                            "MeetingMinutesIssued",
                            "NoticePosted",
                            "ActivityHeld",
                            "MonthlyOccupancyTableDistributed"}));
}

TEST_F(SimulatedHalfYear, MistakesAreRefusedByTheirRules) {
  EXPECT_THAT(names(summary.at("refused")),
              IsSupersetOf({"H-DEC-13",
                            "H-DEC-17",
                            "H-FEE-2",
                            "H-FEE-4",
                            "H-REL-3",
                            "H-RPR-3",
                            "ROLE",
                            "SCHEMA",
                            "STATE_REFUSED"}));
}

// What the server states itself as the clock moves is in the ledger too.
TEST_F(SimulatedHalfYear, MissedDeadlinesAreOnRecord) {
  const Ran board =
      run({"query", "deadlines", "--data", data, "--arg", "state=BREACHED", "--json"});
  EXPECT_EQ(board.exit_code, 0) << board.err;
  EXPECT_THAT(board.out, HasSubstr("D-")) << board.out;
}

TEST_F(SimulatedHalfYear, TheDeepAuditFindsNothing) {
  const std::string key(summary.at("verifier_key").as_string());
  const std::vector<const char*> words{
      "juanzong-audit", data.c_str(), "--vkey", key.c_str(), "--deep"};
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(audit::run_audit(static_cast<int>(words.size()), words.data(), out, err), 0)
      << out.str() << err.str();
}

TEST_F(SimulatedHalfYear, SaysThatItProvesNothing) {
  EXPECT_THAT(ran.err, HasSubstr("it proves nothing real"));
  EXPECT_THAT(std::string(summary.at("verifier_key").as_string()),
              HasSubstr("test.juanzong.local/simulated-7"));
}

TEST(SimulateTest, TheSeedDecidesEveryRecord) {
  const TemporaryFolder folder;
  const auto root_of = [&folder](const std::string& name, const std::string& seed) {
    const Ran ran = simulate_into((folder.path() / name).string(), "8", seed);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return std::string(json::parse(ran.out).at("root").as_string());
  };
  const std::string root = root_of("a", "3");
  EXPECT_EQ(root_of("b", "3"), root);
  EXPECT_NE(root_of("c", "4"), root);
}

TEST(SimulateTest, WritesIntoANewDirectoryOnly) {
  const TemporaryFolder folder;
  const Ran ran = simulate_into(folder.path().string(), "8", "3");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("exists already"));
}

}  // namespace
}  // namespace juanzong::testing
