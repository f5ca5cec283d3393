// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/source_file.h"

#include "tests/structure/code_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace juanzong::structure {
namespace {

TEST(CodeView, BlanksCommentsAndLiteralsAndKeepsLines) {
  const std::string text = "a; // rand()\n/* x\ny */ b = \"q\\\"r\" + 'c';\nc = 1'000;\n";
  const std::string code = code_view(text, Comments::blank);
  EXPECT_EQ(code, "a;          \n    \n     b = \"    \" + ' ';\nc = 1'000;\n");
}

TEST(CodeView, BlanksRawStringsOverLines) {
  const std::string code = code_view("f(R\"x(\n\" rand()\n)x\"); g();", Comments::blank);
  EXPECT_EQ(code.find("rand"), std::string::npos);
  EXPECT_NE(code.find("g();"), std::string::npos);
}

TEST(CodeView, KeepsCommentsWhenAsked) {
  const std::string code = code_view("f(\"word\");  // word", Comments::keep);
  EXPECT_EQ(code, "f(\"    \");  // word");
}

TEST(CodeView, FindsWholeWordsOnly) {
  EXPECT_EQ(find_word("double_entry + double", "double", 0), 15U);
  EXPECT_EQ(find_word("my_double", "double", 0), std::string_view::npos);
  EXPECT_EQ(find_words("a = aa + a;", "a"), (std::vector<std::size_t>{0, 9}));
}

TEST(SourceFile, KnowsLanguages) {
  EXPECT_EQ(make_source("crypto/a.h", "").language, Language::cpp);
  EXPECT_EQ(make_source("events/a.fbs", "").language, Language::flatbuffers);
  EXPECT_EQ(make_source("tools/CMakeLists.txt", "").language, Language::cmake);
  EXPECT_EQ(make_source("tools/check", "#!/bin/bash\n").language, Language::shell);
  EXPECT_EQ(make_source("tests/golden/a.bin", "").language, Language::other);
}

// A walker that finds nothing would make every structure test pass.
TEST(SourceFile, ReadsTheTreeUnderTest) {
  const auto& tree = project_tree();
  const auto has = [&tree](std::string_view path) {
    return std::any_of(
        tree.begin(), tree.end(), [path](const SourceFile& file) { return file.path == path; });
  };
  EXPECT_TRUE(has("CMakeLists.txt"));
  EXPECT_TRUE(has("crypto/digest.h"));
  EXPECT_TRUE(has("tests/structure/source_file_test.cpp"));
}

// A folder that is left out by mistake would be judged by nobody.
TEST(SourceFile, LeavesOutBuildAndHiddenFoldersOnly) {
  namespace fs = std::filesystem;
  std::string name = fs::temp_directory_path() / "juanzong-structure-XXXXXX";
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  const fs::path root = name;
  for (const char* folder : {"build", "build-debug", ".git", "building_patrol", ".ci"}) {
    fs::create_directory(root / folder);
    std::ofstream(root / folder / "a.h") << "int a;\n";
  }
  std::vector<std::string> paths;
  for (const SourceFile& file : read_tree(root)) {
    paths.push_back(file.path);
  }
  fs::remove_all(root);
  EXPECT_EQ(paths, (std::vector<std::string>{".ci/a.h", "building_patrol/a.h"}));
}

}  // namespace
}  // namespace juanzong::structure
