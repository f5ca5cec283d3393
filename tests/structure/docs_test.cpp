// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/markdown_links.h"

#include <gtest/gtest.h>

#include <string>

namespace juanzong::structure {
namespace {

Findings judged(const std::string& text) {
  return check_links(make_source("docs/adr/a.md", text), JUANZONG_SOURCE_DIR);
}

TEST(Docs, LinksHoldInTheTree) {
  Findings findings;
  for (const SourceFile& file : project_tree()) {
    append(findings, check_links(file, JUANZONG_SOURCE_DIR));
  }
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Docs, RefusesALinkToNothing) {
  EXPECT_EQ(describe(judged("text\n[a](../missing.md#part)\n")),
            "docs/adr/a.md:2: link to ../missing.md#part, which is not there\n");
  EXPECT_EQ(judged("![a](missing.png \"title\")\n").size(), 1U);
  EXPECT_EQ(judged("[a]: missing.md\n").size(), 1U);
  EXPECT_EQ(judged("[a](/missing.md) [b](<missing.md>)\n").size(), 2U);
}

TEST(Docs, AcceptsExistingFilesFoldersAnchorsAndAddresses) {
  EXPECT_TRUE(judged("[a](../../LICENSE) [b](../../crypto/) [c](/LICENSE)\n").empty());
  EXPECT_TRUE(judged("[a](#part) [b](https://example.org/x) [c](mailto:a@b.c)\n").empty());
}

TEST(Docs, LeavesCodeAlone) {
  EXPECT_TRUE(judged("`[a](missing.md)`\n```\n[a](missing.md)\n```\n").empty());
}

}  // namespace
}  // namespace juanzong::structure
