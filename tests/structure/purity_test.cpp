// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/purity.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace juanzong::structure {
namespace {

Findings judged(const std::string& text) {
  return check_purity(make_source("events/procedures/keys/keys.cpp", text));
}

TEST(Purity, HoldsInTheTree) {
  Findings findings;
  for (const SourceFile& file : project_tree()) {
    append(findings, check_purity(file));
  }
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Purity, RefusesEachSourceOfDifference) {
  const std::array<std::string, 19> planted = {
      "auto t = std::chrono::system_clock::now();\n",
      "auto t = time(nullptr);\n",
      "auto t = std::time(nullptr);\n",
      "return time(nullptr);\n",
      "gettimeofday(&t, nullptr);\n",
      "std::random_device device;\n",
      "int r = ::rand();\n",
      "auto v = std::getenv(\"HOME\");\n",
      "std::ifstream stream(path);\n",
      "FILE* file;\n",
      "std::thread worker;\n",
      "std::mutex mutex_;\n",
      "float rate = 1;\n",
      "double rate = 1;\n",
      "std::unordered_map<int, int> map;\n",
      "for (auto x : std::unordered_set<int>()) {}\n",
      "std::locale here;\n",
      "std::cout << 1;\n",
      "printf(\"x\");\n",
  };
  for (const std::string& text : planted) {
    EXPECT_FALSE(judged(text).empty()) << text;
  }
}

TEST(Purity, NamesTheReplacement) {
  EXPECT_EQ(describe(judged("\ndouble rate = 1;\n")),
            "events/procedures/keys/keys.cpp:2: double in a rule: use Money or integer arithmetic "
            "from events/model\n");
}

TEST(Purity, RefusesHeaders) {
  EXPECT_EQ(describe(judged("#include <random>\n")),
            "events/procedures/keys/keys.cpp:1: <random> in a rule: rules read the statement, "
            "their state and World only\n");
}

TEST(Purity, LeavesFieldsWordsAndMessagesAlone) {
  EXPECT_TRUE(judged("auto t = body->time(); auto u = event.time();\n").empty());
  EXPECT_TRUE(judged("UnixMicros time() const;\n").empty());
  EXPECT_TRUE(judged("const char* text = \"double time\";  // std::thread\n").empty());
  EXPECT_TRUE(judged("int double_control = refund_time(1);\n").empty());
}

TEST(Purity, JudgesProceduresOnly) {
  EXPECT_TRUE(check_purity(make_source("server/net/a.cpp", "std::mutex m;\n")).empty());
}

}  // namespace
}  // namespace juanzong::structure
