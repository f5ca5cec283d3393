// SPDX-License-Identifier: Apache-2.0
// The commands that talk to a server, when it keeps two ledgers: each needs --ledger, and says so.
#include "tests/integration/cli_fixture.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class CliTwoLedgers : public CliTest {
 public:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    ASSERT_EQ(server()->stop(), 0);
    ASSERT_EQ(add("annex").code, 0);
    auto again = ServerProcess::start(
        {"--data", data().string(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"},
        folder() / "server.log");
    ASSERT_TRUE(again.has_value()) << to_text(again.error());
    server() = std::move(*again);
  }

 protected:
  static Ran add(const std::string& name) {
    return juanzong({"ledger",
                     "add",
                     "--data",
                     data().string(),
                     "--ledger",
                     name,
                     "--origin",
                     "test.example.cn/" + name});
  }
  static std::string founder_of(const std::string& ledger) {
    const std::string prefix = ledger == "estate" ? "" : ledger + ".";
    return (data() / "keys" / (prefix + "founder.key")).string();
  }
  static Ran in(const std::string& ledger, const std::string& key, Words words) {
    words.insert(words.end(), {"--ledger", ledger});
    return as(key, words);
  }
  static Words hiring(const std::string& file) {
    return {"actor",
            "add",
            "--staff",
            "S-ARC",
            "--roles",
            "ARC",
            "--badge",
            "B-1",
            "--key-out",
            file,
            "--department",
            "PROJECT"};
  }
};

std::string unit_line(const std::string& room) {
  return R"({"type":"UnitRegistered","body":{"unit":"3-1-)" + room +
         R"(","building":"3","entrance":"1","floor":12,"number":")" + room + R"("}})";
}

TEST_F(CliTwoLedgers, EveryCommandAsksWhichOne) {
  const std::string events = write("events.jsonl", unit_line("1201"));
  const std::string roster = std::string(JUANZONG_SOURCE_DIR) + "/tools/import/sample_roster.csv";
  const std::string out = (folder() / "out").string();
  const std::vector<Words> commands{
      {"append", events},
      hiring(out),
      {"query", "units"},
      {"log"},
      {"checkpoint"},
      {"prove", "--index", "0"},
      {"export", "--out", out},
      {"attachment", "--index", "0", "--path", "licence", "--out", out},
      {"import", "roster", roster, "--roster-id", "R-1", "--developer", "DEV-1"},
      {"bench", "append", "--connections", "1", "--requests", "1"},
  };
  for (const Words& words : commands) {
    const Ran ran = as(founder_of("estate"), words);
    EXPECT_EQ(ran.code, 1) << words.front() << ran.out;
    EXPECT_THAT(ran.out + ran.err, AllOf(HasSubstr("ledger_not_named"), HasSubstr("estate, annex")))
        << words.front();
  }
}

TEST_F(CliTwoLedgers, EachKeepsItsOwn) {
  for (const std::string ledger : {"estate", "annex"}) {
    const std::string key = (folder() / (ledger + ".arc.key")).string();
    const Ran hired = in(ledger, founder_of(ledger), hiring(key));
    ASSERT_EQ(hired.code, 0) << hired.err;
    const std::string room = ledger == "estate" ? "1201" : "1202";
    const Ran appended = in(ledger, key, {"append", write(ledger, unit_line(room))});
    ASSERT_EQ(appended.code, 0) << appended.err;
    const Ran asked = in(ledger, key, {"query", "units"});
    EXPECT_EQ(asked.out,
              juanzong({"query", "units", "--data", data().string(), "--ledger", ledger}).out);
    EXPECT_THAT(asked.out, HasSubstr(room));
    EXPECT_THAT(asked.out, Not(HasSubstr(ledger == "estate" ? "1202" : "1201")));
    const std::string out = (folder() / ("export-" + ledger)).string();
    ASSERT_EQ(in(ledger, key, {"export", "--out", out}).code, 0);
    EXPECT_EQ(run("juanzong-audit", {out, "--deep"}).code, 0);
  }
  const std::string key = (folder() / "estate.arc.key").string();
  EXPECT_THAT(in("annex", key, {"log"}).err, HasSubstr("unknown_key"));
}

TEST_F(CliTwoLedgers, AreListedBesideTheServerAndAddedWithoutIt) {
  const Ran list = juanzong({"ledger", "list", "--data", data().string(), "--json"});
  EXPECT_EQ(list.code, 0) << list.err;
  ASSERT_THAT(list.lines(), SizeIs(2)) << list.out;
  EXPECT_EQ(list.lines().at(1).at("ledger"), "annex");
  const Ran third = add("third");
  EXPECT_EQ(third.code, 1);
  EXPECT_THAT(third.err, HasSubstr("already_running"));
}

}  // namespace
}  // namespace juanzong::testing
