// SPDX-License-Identifier: Apache-2.0
// The day's close on the real server, and what an owner can show with it years later: with the
// proof's text and the log's verifier key, offline, by the program that anybody may run.
#include "events/log/stream_proof.h"

#include "tests/integration/site.h"
#include "tests/tools/commands.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <fstream>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

std::string unit_line(const std::string& room) {
  return R"({"type":"UnitRegistered","body":{"unit":"3-1-)" + room +
         R"(","building":"3","entrance":"1","floor":12,"number":")" + room + R"("}})";
}

class DayCloseTest : public ::testing::Test {
 protected:
  DayCloseTest() {
    site_.start();
    desk_ = site_.hire("S-ARC", "ARC");
    register_unit("1201");
    register_unit("1202");
    pass_to("2025-01-03T08:00:00+08:00");
    register_unit("1203");  // and before it, the day before is closed
  }
  void register_unit(const std::string& room) const {
    EXPECT_EQ(outcome_of(desk_.submitter->submit(unit_line(room))), "");
  }
  void pass_to(const std::string& instant) { site_.set_clock(instant); }
  std::string write(const std::string& name, const std::string& text) const {
    const std::string file = (folder_.path() / name).string();
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  Ran verify(const std::string& text) const {
    return run({"verify", write("proof", text), "--vkey", site_.verifier_key(), "--json"});
  }
  Site site_{{.clock = "2025-01-02T08:00:00+08:00"}};
  TemporaryFolder folder_;
  Desk desk_;
};

TEST_F(DayCloseTest, ProvesAWholeStreamAndOneThatIsNotThere) {
  const auto proof = desk_.client->prove_stream("unit:3-1-1202");
  ASSERT_TRUE(proof.has_value()) << to_text(proof.error());
  const Ran shown = verify(*proof);
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  const auto json = boost::json::parse(shown.out);
  EXPECT_EQ(json.at("stream"), "unit:3-1-1202");
  EXPECT_EQ(json.at("exists"), true);
  EXPECT_EQ(json.at("complete_until"), "2025-01-02");
  EXPECT_EQ(json.at("records").as_array().size(), 1U);
  const auto absent = desk_.client->prove_stream("unit:3-1-1203");
  ASSERT_TRUE(absent.has_value());
  const Ran none = verify(*absent);
  ASSERT_EQ(none.exit_code, 0) << none.err;
  EXPECT_EQ(boost::json::parse(none.out).at("exists"), false) << "not yet, on that day";
  EXPECT_EQ(site_.stop(), 0);
  EXPECT_EQ(site_.audit(), 0);
}

TEST_F(DayCloseTest, AProofOfAnotherLogOrAChangedOneIsRefused) {
  const auto proof = desk_.client->prove_stream("unit:3-1-1202");
  ASSERT_TRUE(proof.has_value());
  const Site other({.origin = "test.juanzong.local/other"});
  const Ran by_other =
      run({"verify", write("proof", *proof), "--vkey", other.verifier_key(), "--json"});
  EXPECT_EQ(by_other.exit_code, 2);
  EXPECT_THAT(by_other.err, HasSubstr("proof_invalid"));
  std::string changed = *proof;
  changed.replace(changed.find("1202"), 4, "1201");
  EXPECT_EQ(verify(changed).exit_code, 2);
  EXPECT_EQ(verify("nonsense\n").exit_code, 2);
}

TEST_F(DayCloseTest, FollowsTheClockThroughARestart) {
  EXPECT_EQ(site_.stop(), 0);
  pass_to("2025-01-06T08:00:00+08:00");
  site_.start();
  desk_ = site_.desk(desk_.keys);
  register_unit("1204");
  const auto proof = desk_.client->prove_stream("unit:3-1-1203");
  ASSERT_TRUE(proof.has_value()) << to_text(proof.error());
  EXPECT_EQ(boost::json::parse(verify(*proof).out).at("complete_until"), "2025-01-05");
  EXPECT_EQ(outcome_of(desk_.submitter->submit(unit_line("1204"))), "H-REG-1");
  EXPECT_EQ(site_.stop(), 0);
  EXPECT_EQ(site_.audit(), 0);
}

TEST_F(DayCloseTest, OneRecordIsVerifiedOfflineToo) {
  const auto proof = desk_.client->prove(RecordIndex{3});
  const auto page = desk_.client->read_records(RecordIndex{3}, 1);
  ASSERT_TRUE(proof.has_value() && page.has_value());
  const Bytes& record = page->records.front();
  const std::string record_file = write("record", std::string(record.begin(), record.end()));
  const std::string proof_file = write("proof", *proof);
  const std::vector<std::string> words{
      "verify", proof_file, "--vkey", site_.verifier_key(), "--record", record_file};
  EXPECT_EQ(run(words).exit_code, 0);
  write("record", std::string(record.begin(), record.end()) + "x");
  EXPECT_EQ(run(words).exit_code, 2);
  EXPECT_EQ(run({"verify", proof_file, "--vkey", site_.verifier_key()}).exit_code, 1);
}

}  // namespace
}  // namespace juanzong::testing
