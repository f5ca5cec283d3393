// SPDX-License-Identifier: Apache-2.0
// The tests that documents name are there: what is said to be shown by `Suite.Name` is shown by
// one.
#include "tests/structure/source_file.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

namespace juanzong::structure {
namespace {

using Names = std::set<std::string>;

Names tests_in(const std::string& text) {
  static const std::regex test(R"(\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))");
  Names names;
  for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at) {
    names.insert((*at)[1].str() + "." + (*at)[2].str());
  }
  return names;
}

Names named_in(const std::string& text) {
  static const std::regex name(R"(`([A-Z]\w+\.[A-Z]\w+)`)");
  Names names;
  for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end; ++at) {
    names.insert((*at)[1].str());
  }
  return names;
}

TEST(TestNames, OfDocumentsAreThoseOfTests) {
  Names tests;
  Names named;
  for (const SourceFile& file : project_tree()) {
    if (file.path.starts_with("tests/") && file.path.ends_with(".cpp")) {
      tests.merge(tests_in(file.text));
    } else if (file.path == "docs/THREATS.md" || file.path == "tests/attacks/README.md") {
      named.merge(named_in(file.text));
    }
  }
  EXPECT_GT(named.size(), 30U);
  for (const std::string& name : named) {
    EXPECT_TRUE(tests.contains(name)) << name << ": no such test";
  }
}

TEST(TestNames, AreReadFromCodeAndFromText) {
  EXPECT_EQ(tests_in("TEST(A, B) {}\nTEST_F(Cd,\n       Ef) {}"), (Names{"A.B", "Cd.Ef"}));
  EXPECT_EQ(named_in("| x | `A1.Bc`, `audit_test`, `Cd.ef`, Ab.Cd |"), (Names{"A1.Bc"}));
}

}  // namespace
}  // namespace juanzong::structure
