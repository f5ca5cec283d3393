// SPDX-License-Identifier: Apache-2.0
// docs/PROCEDURES.md says what the program does, and names a test for each rule and deadline.
#include "tools/catalogue/procedures_document.h"

#include "tools/catalogue/procedure_sources.h"
#include "tools/catalogue/view_subjects.h"

#include "tests/tools/pending_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::filesystem::path tree = JUANZONG_SOURCE_DIR;
const std::filesystem::path rule_tests = tree / "tests/events/procedures";

std::string text_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.good()) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

const QuotedNames& tests_of_rules() {
  static const Result<QuotedNames> read = QuotedNames::read(rule_tests);
  return *read;
}

std::string document() {
  const std::vector<ViewInfo> all = views();
  return procedures_document({catalogue(), all, tests_of_rules()});
}

// The first line in which two texts differ, from 1; 0: they are the same.
std::size_t first_difference(std::string_view one, std::string_view other) {
  if (one == other) {
    return 0;
  }
  const auto at = std::ranges::mismatch(one, other).in1;
  return 1 + static_cast<std::size_t>(std::count(one.begin(), at, '\n'));
}

// True if a file of the rule tests holds the name between quotes; asked of the file's text itself.
bool is_provoked_in(const std::string& file, std::string_view name) {
  return !file.empty() &&
         text_of_file(rule_tests / file).find('"' + std::string(name) + '"') != std::string::npos;
}

TEST(ProceduresDocument, IsWhatTheProgramWrites) {
  const std::string in_tree = text_of_file(tree / "docs/PROCEDURES.md");
  const std::size_t line = first_difference(in_tree, document());
  EXPECT_EQ(line, 0U) << "docs/PROCEDURES.md:" << line
                      << " is not what the catalogue says; write it again with\n"
                         "  juanzong catalogue --markdown --source . > docs/PROCEDURES.md";
}

TEST(ProceduresDocument, NamesTheFirstLineThatDiffers) {
  EXPECT_EQ(first_difference("a\nb\n", "a\nb\n"), 0U);
  EXPECT_EQ(first_difference("a\nb\n", "a\nc\n"), 2U);
  EXPECT_EQ(first_difference("a\n", "a\nb\n"), 2U);
}

TEST(ProceduresDocument, EveryRuleAndDeadlineHasATestThatNamesIt) {
  for (const Procedure* procedure : catalogue().procedures()) {
    for (const Rule& rule : procedure->rules) {
      EXPECT_TRUE(is_provoked_in(tests_of_rules().file_of(rule.id, procedure->name), rule.id))
          << rule.id << " of " << procedure->name << " is provoked by no test of its own";
    }
    for (const DeadlineRule& rule : procedure->deadlines) {
      EXPECT_TRUE(is_provoked_in(tests_of_rules().file_of(rule.id, procedure->name), rule.id))
          << rule.id << " of " << procedure->name << " is followed by no test of its own";
    }
    for (const DutyRule& rule : procedure->duties) {
      EXPECT_TRUE(is_provoked_in(tests_of_rules().file_of(rule.id, procedure->name), rule.id))
          << rule.id << " of " << procedure->name << " is counted by no test of its own";
    }
  }
}

TEST(ProceduresDocument, EveryEventIsStatedInATest) {
  for (const CatalogueEntry* entry : catalogue().entries()) {
    const std::string& event = entry->descriptor.name;
    EXPECT_TRUE(is_provoked_in(tests_of_rules().file_of(event, entry->procedure->name), event))
        << event << " of " << entry->procedure->name << " stands in no test";
  }
}

TEST(ProceduresDocument, KnowsEveryProcedureOfTheSeeds) {
  EXPECT_EQ(procedure_sources().size(), 49U);  // P01 to P48, PX
  for (const Procedure* procedure : catalogue().procedures()) {
    EXPECT_FALSE(clauses_of(procedure->code).empty())
        << procedure->code << " " << procedure->name << ": add it to procedure_sources.cpp";
  }
}

TEST(ProceduresDocument, KnowsWhatEachViewReports) {
  for (const ViewInfo& view : views()) {
    EXPECT_NE(std::ranges::find(view_subjects(), view.name, &ViewSubjects::view),
              view_subjects().end())
        << "view " << view.name << ": say in view_subjects.cpp which procedures it reports";
  }
  const std::vector<ViewInfo> all = views();
  for (const ViewSubjects& subject : view_subjects()) {
    EXPECT_NE(std::ranges::find(all, subject.view, &ViewInfo::name) != all.end(),
              std::ranges::find(pending_views, subject.view) != pending_views.end())
        << subject.view << " is a view, or pending, and not both";
  }
}

TEST(ProceduresDocument, ShowsEventsRulesDeadlinesAndCasesInWords) {
  const std::string text = document();
  EXPECT_THAT(text, HasSubstr("\n## P10 楼宇巡视 Building patrol\n"));
  EXPECT_THAT(text,
              HasSubstr("| 2564 | `PatrolDefectForwarded` | 巡视问题转报 | CSA | — | — | "
                        "`patrol_defect:` | patrols_test.cpp |\n"));
  EXPECT_THAT(text,
              HasSubstr("| D-PAT-3 | S0§10.3(3) | 巡视问题不超过第 2 日到现场核实 | "
                        "a defect is looked at again by the end of the second day | "
                        "`PatrolDefectFound` | `PatrolDefectVerified` | "
                        "`PatrolDefectFixedOnSpot` | 1 civil day, `patrol.verify_days` | "
                        "CSA | patrols_test.cpp |\n"));
  EXPECT_THAT(text, HasSubstr("| `PatrolDefectForwarded` | 已发现、当场处理、已转报 | 已转报 |\n"));
  EXPECT_THAT(text, HasSubstr("| H-DEC-13 | S0§2.18 |"));
}

TEST(ProceduresDocument, ListsTheProceduresWithoutEvents) {
  const std::vector<ViewInfo> none;
  const Catalogue empty{Catalogue::List{}};
  const std::string text = procedures_document({empty, none, tests_of_rules()});
  EXPECT_THAT(text, HasSubstr("- P10 楼宇巡视 Building patrol (S0§10)\n"));
  EXPECT_THAT(text, Not(HasSubstr("## P10")));
}

TEST(QuotedNames, TakesWhatStandsAloneBetweenQuotes) {
  EXPECT_THAT(quoted_names(R"(ElementsAre("H-DEC-13", "b_2") "two words" "" "open)"),
              ElementsAre("H-DEC-13", "b_2"));
}

TEST(QuotedNames, PrefersTheProceduresOwnTest) {
  QuotedNames index;
  index.add("b_test.cpp", R"("X")");
  index.add("patrols_test.cpp", R"("X" "Y")");
  EXPECT_EQ(index.file_of("X", "patrols"), "patrols_test.cpp");
  EXPECT_EQ(index.file_of("X", "keys"), "b_test.cpp");
  EXPECT_THAT(index.file_of("Z", "patrols"), IsEmpty());
}

TEST(QuotedNames, SaysWhichFolderIsNotThere) {
  const auto read = QuotedNames::read(tree / "nowhere");
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().detail, HasSubstr("nowhere"));
}

}  // namespace
}  // namespace juanzong::testing
