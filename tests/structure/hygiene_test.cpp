// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/hygiene.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace juanzong::structure {
namespace {

const std::string licence = "// SPDX-License-Identifier: Apache-2.0\n";

std::string judged(std::string path, const std::string& text) {
  return describe(check_hygiene(make_source(std::move(path), text)));
}

Findings awaited(const std::string& text) {
  return check_awaited_lambdas(make_source("server/net/a.cpp", text));
}

TEST(Hygiene, HoldsInTheTree) {
  Findings findings;
  for (const SourceFile& file : project_tree()) {
    append(findings, check_hygiene(file));
    append(findings, check_awaited_lambdas(file));
  }
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Hygiene, WantsPragmaOnce) {
  EXPECT_EQ(judged("crypto/a.h", licence + "#pragma once\n"), "");
  EXPECT_EQ(judged("crypto/a.h", licence + "// #pragma once\n"),
            "crypto/a.h:1: header without #pragma once: add it below the comment\n");
}

TEST(Hygiene, WantsTheLicenceInEveryLanguage) {
  EXPECT_NE(judged("crypto/a.cpp", "int a;\n"), "");
  EXPECT_NE(judged("events/schema/a.fbs", "table A {}\n"), "");
  EXPECT_NE(judged("tools/run", "#!/bin/bash\n"), "");
  EXPECT_NE(judged("tools/CMakeLists.txt", "# none\n"), "");
  EXPECT_EQ(judged("tools/run", "#!/bin/bash\n# SPDX-License-Identifier: Apache-2.0\n"), "");
}

TEST(Hygiene, RefusesNotesToSelf) {
  const std::string note = std::string("TO") + "DO";
  EXPECT_EQ(judged("crypto/a.cpp", licence + "// " + note + ": later\n"),
            "crypto/a.cpp:2: " + note + ": finish it, or open an issue and name its number\n");
  EXPECT_NE(judged("tools/CMakeLists.txt", "# SPDX-License-Identifier: Apache-2.0\n# " + note), "");
  EXPECT_EQ(judged("crypto/a.cpp", licence + "auto s = \"" + note + "\";\n"), "");
}

TEST(Hygiene, RefusesTrailingWhiteSpace) {
  EXPECT_EQ(judged("docs/a.md", "text \nmore\n"),
            "docs/a.md:1: white space at the end of the line: remove it\n");
  EXPECT_NE(judged("crypto/a.cpp", licence + "int a;\t\n"), "");
  EXPECT_NE(judged("crypto/a.cpp", licence + "int a;\r\n"), "");
}

TEST(Hygiene, RefusesBannedIdentifiers) {
  const std::array<std::string, 6> planted = {"using namespace std;\n",
                                              "strcpy(a, b);\n",
                                              "std::sprintf(a, b);\n",
                                              "int i = atoi(text);\n",
                                              "int i = rand();\n",
                                              "int i = std::rand();\n"};
  for (const std::string& text : planted) {
    EXPECT_NE(judged("server/a.cpp", licence + text), "") << text;
  }
  EXPECT_EQ(judged("server/a.cpp", licence + "auto a = \"rand()\"; int operand = brand(1);\n"), "");
}

TEST(AwaitedLambdas, RefusesACapturingLambdaInAnAwait) {
  EXPECT_EQ(awaited("void f() {\n  co_await g(\n      [this] { h(); });\n}\n").size(), 1U);
  EXPECT_EQ(awaited("auto r = co_await g([x = 1](int a) { return a; });\n").size(), 1U);
  EXPECT_EQ(awaited("co_await g([&]() mutable { h(); }, 1);\n").size(), 1U);
  EXPECT_EQ(awaited("co_await [self]() -> awaitable<void> { co_return; }();\n").size(), 1U);
  EXPECT_EQ(awaited("f([x] { h(); }, co_await g());\n").size(), 1U);
  EXPECT_EQ(awaited("if (co_await g([x] { return x; })) {\n}\n").size(), 1U);
  EXPECT_EQ(awaited("h(co_await g(), [x] { return x; });\n").size(), 1U);
}

TEST(AwaitedLambdas, SaysWhatToDo) {
  EXPECT_EQ(describe(awaited("\nco_await g([x] { h(x); });\n")),
            "server/net/a.cpp:2: lambda with captures in a co_await expression: GCC 12 destroys it "
            "twice; name it in a statement before\n");
}

TEST(AwaitedLambdas, LeavesOtherStatementsAlone) {
  EXPECT_TRUE(awaited("co_await g([] { h(); });\n").empty());
  EXPECT_TRUE(awaited("auto h = [x] { return x; };\nco_await g(h);\n").empty());
  EXPECT_TRUE(awaited("co_await g(a[i], b[0]);\n").empty());
  EXPECT_TRUE(awaited("auto [error, count] = co_await g();\n").empty());
  EXPECT_TRUE(awaited("auto f = [this]() -> awaitable<void> { co_await g(); };\n").empty());
  EXPECT_TRUE(awaited("if (co_await g()) {\n  h([x] { return x; });\n}\n").empty());
  EXPECT_TRUE(awaited("co_await g();\nh([x] { return x; });\n").empty());
  EXPECT_TRUE(awaited("if (a) {\n  h([x] { return x; });\n}\nco_await g();\n").empty());
}

TEST(AwaitedConditions, HoldInTheTree) {
  Findings findings;
  for (const SourceFile& file : project_tree()) {
    append(findings, check_awaited_conditions(file));
  }
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(AwaitedConditions, RefusesAnAwaitThatAConditionAsks) {
  const auto check = [](std::string_view text) {
    return check_awaited_conditions(make_source("server/net/a.cpp", std::string(text))).size();
  };
  EXPECT_EQ(check("if (co_await g()) {\n}\n"), 1U);
  EXPECT_EQ(check("if (!co_await g(h(1))) {\n}\n"), 1U);
  EXPECT_EQ(check("while (a && co_await g()) {\n}\n"), 1U);
  EXPECT_EQ(check("const bool done = co_await g();\nif (done) {\n}\n"), 0U);
  EXPECT_EQ(check("if (const Error error = co_await g(); error) {\n}\n"), 0U);
  EXPECT_EQ(check("if (a) {\n  co_await g();\n}\n"), 0U);
}

}  // namespace
}  // namespace juanzong::structure
