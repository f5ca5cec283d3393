// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/code_view.h"
#include "tests/structure/function_scanner.h"
#include "tests/structure/sizes.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace juanzong::structure {
namespace {

std::vector<FunctionSpan> functions(std::string_view text) {
  return find_functions(code_view(text, Comments::blank));
}

std::string repeated(std::size_t count, std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += line;
  }
  return text;
}

TEST(Sizes, HoldInTheTree) {
  Findings findings;
  for (const SourceFile& file : project_tree()) {
    append(findings, check_sizes(file));
  }
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Sizes, RefuseALongFile) {
  EXPECT_TRUE(check_sizes(make_source("crypto/a.cpp", repeated(600, "\n"))).empty());
  const Findings findings = check_sizes(make_source("crypto/a.cpp", repeated(601, "\n")));
  EXPECT_EQ(describe(findings),
            "crypto/a.cpp:601: 601 lines, at most 600: split the file by concept\n");
}

TEST(Sizes, RefuseALongHeader) {
  EXPECT_TRUE(check_sizes(make_source("crypto/a.h", repeated(250, "\n"))).empty());
  EXPECT_EQ(check_sizes(make_source("crypto/a.h", repeated(251, "\n"))).size(), 1U);
}

TEST(Sizes, RefuseALongFunction) {
  const std::string body = repeated(69, "  f();\n");
  const std::string good = "void g() {\n" + repeated(68, "  f();\n") + "}\n";
  EXPECT_TRUE(check_sizes(make_source("crypto/a.cpp", good)).empty());
  const Findings findings =
      check_sizes(make_source("crypto/a.cpp", "\nvoid g() {\n" + body + "}\n"));
  EXPECT_EQ(describe(findings),
            "crypto/a.cpp:2: function of 71 lines, at most 70: name its steps as functions: void "
            "g()\n");
}

TEST(Sizes, RefuseALongLineAndCountCharactersNotBytes) {
  EXPECT_TRUE(check_sizes(make_source("crypto/a.cpp", repeated(100, "卷"))).empty());
  EXPECT_EQ(check_sizes(make_source("crypto/a.cpp", repeated(101, "卷"))).size(), 1U);
  EXPECT_EQ(check_sizes(make_source("tools/CMakeLists.txt", repeated(101, "x"))).size(), 1U);
}

TEST(FunctionScanner, FindsFunctionsOfNamespacesAndClasses) {
  const auto spans = functions(
      "namespace a::b {\nstruct S {\n  int f() const {\n    return 1;\n  }\n};\n"
      "template <class T>\nT g(T t) {\n  return t;\n}\n}\n");
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].head, "int f() const");
  EXPECT_EQ(spans[0].first_line, 3U);
  EXPECT_EQ(spans[0].last_line, 5U);
  EXPECT_EQ(spans[1].head, "T g(T t)");
}

TEST(FunctionScanner, FindsAConstructorBehindItsMemberInitializers) {
  const auto spans = functions("S::S(int a)\n    : a_{a},\n      b_(a) {\n  f();\n}\n");
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(spans[0].first_line, 3U);
  EXPECT_EQ(spans[0].last_line, 5U);
  EXPECT_EQ(functions("S::S(int a) : a_{a}, b_{a} {\n}\nvoid f() {\n}\n").size(), 2U);
}

TEST(FunctionScanner, TakesInnerBlocksAndLambdasAsPartOfTheFunction) {
  const auto spans = functions(
      "void f() {\n  for (;;) {\n    g([] {\n      h();\n    });\n  }\n}\nint k() { return 1; }\n");
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].line_count(), 7U);
  EXPECT_EQ(spans[1].line_count(), 1U);
}

TEST(FunctionScanner, LeavesTablesEnumsAndDefaultArgumentsAlone) {
  EXPECT_TRUE(functions("constexpr std::array<R, 2> rows = {{\n  {1},\n  {2},\n}};\n").empty());
  EXPECT_TRUE(functions("const auto rows = make({\n  {1},\n});\n").empty());
  EXPECT_TRUE(functions("enum class E : int {\n  a,\n  b,\n};\n").empty());
  EXPECT_TRUE(functions("void f(Options options = {});\n").empty());
}

TEST(FunctionScanner, FindsTestsOperatorsTrailingReturnsAndLambdaConstants) {
  EXPECT_EQ(functions("TEST(A, B) {\n}\n").size(), 1U);
  EXPECT_EQ(functions("bool operator==(const A& a, const A& b) {\n}\n").size(), 1U);
  EXPECT_EQ(functions("auto f() -> std::vector<int> {\n}\n").size(), 1U);
  EXPECT_EQ(functions("const auto f = [](int a) {\n};\n").size(), 1U);
  EXPECT_EQ(functions("class C {\n public:\n  explicit C(int a) : a_(a) {}\n};\n").size(), 1U);
}

TEST(FunctionScanner, SkipsPreprocessorLines) {
  const auto spans = functions("#define OPEN void f() { \\\n  g(\nvoid h() {\n}\n");
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(spans[0].first_line, 3U);
}

}  // namespace
}  // namespace juanzong::structure
