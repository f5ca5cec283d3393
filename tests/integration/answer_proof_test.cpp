// SPDX-License-Identifier: Apache-2.0
// An owner's file with what it rests on, from a running server and from files, computed again by a
// program that has nothing but the proof and the log's verifier key.
#include "tools/juanzong/query_proof.h"

#include "tests/integration/scenario_site.h"
#include "tests/tools/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class AnswersWithProof : public ScenarioTest {
 protected:
  AnswersWithProof() {
    begin("sc13");
    play_to();
  }
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
  Ran verify(const std::string& proof) const {
    return run({"verify", proof, "--vkey", site.verifier_key(), "--json"});
  }
  TemporaryFolder folder_;
};

TEST_F(AnswersWithProof, AServersAnswerIsComputedAgainOffline) {
  const QueryArguments arguments{{"unit", "1-3-0101"}, {"date", "2025-07-09"}};
  const auto proof = cli::prove_answer(*player->client_of("ARC"), "owner_file", arguments);
  ASSERT_TRUE(proof.has_value()) << to_text(proof.error());
  std::ofstream(file("proof"), std::ios::binary) << to_text(*proof);
  const Ran shown = verify(file("proof"));
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  const auto json = boost::json::parse(shown.out);
  EXPECT_EQ(json.at("view"), "owner_file");
  EXPECT_EQ(json.at("answer").at("handed_over_on"), "2025-07-01");
  EXPECT_EQ(json.at("answer").at("unit"), "1-3-0101");
  close();
}

TEST_F(AnswersWithProof, FilesGiveTheSameAndAListComesWithTheWholeLog) {
  close();
  const Ran file_answer = run({"query",
                               "owner_file",
                               "--data",
                               site.data().string(),
                               "--unit",
                               "1-3-0101",
                               "--proof",
                               file("owner.answer-proof")});
  ASSERT_EQ(file_answer.exit_code, 0) << file_answer.err;
  EXPECT_THAT(file_answer.out, HasSubstr("1-3-0101"));
  EXPECT_EQ(verify(file("owner.answer-proof")).exit_code, 0);
  const Ran list = run({"query",
                        "units",
                        "--data",
                        site.data().string(),
                        "--as-of",
                        "2025-07-05",
                        "--proof",
                        file("units.answer-proof")});
  ASSERT_EQ(list.exit_code, 0) << list.err;
  const Ran shown = verify(file("units.answer-proof"));
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_EQ(boost::json::parse(shown.out).at("streams"), 0);
  std::ofstream(file("units.answer-proof"), std::ios::app) << "record AAAA\n";
  EXPECT_EQ(verify(file("units.answer-proof")).exit_code, 2);
}

}  // namespace
}  // namespace juanzong::testing
