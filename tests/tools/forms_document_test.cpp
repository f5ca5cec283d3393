// SPDX-License-Identifier: Apache-2.0
// docs/FORMS.md: every form that the seeds name has its event or view, and both exist.
#include "events/procedures/catalogue.h"

#include "projections/views/query.h"

#include "tests/tools/pending_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct FormRow {
  std::vector<std::string> forms;  // without brackets
  std::vector<std::string> events;
  std::vector<std::string> views;
  std::vector<std::string> kinds;  // of the view `cases`
};

std::string text_of_file(const std::string& path) {
  std::ifstream in(std::string(JUANZONG_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> split(std::string text, const std::string& between) {
  std::vector<std::string> parts;
  for (std::size_t at = text.find(between); at != std::string::npos; at = text.find(between)) {
    parts.push_back(text.substr(0, at));
    text.erase(0, at + between.size());
  }
  parts.push_back(text);
  return parts;
}

std::string without_brackets(std::string name) {
  for (const std::string bracket : {"《", "》", "〈", "〉"}) {
    for (std::size_t at = name.find(bracket); at != std::string::npos; at = name.find(bracket)) {
      name.erase(at, bracket.size());
    }
  }
  return name;
}

// What stands between back-quotes.
std::vector<std::string> quoted(const std::string& cell) {
  std::vector<std::string> words;
  const std::vector<std::string> parts = split(cell, "`");
  for (std::size_t i = 1; i < parts.size(); i += 2) {
    words.push_back(parts[i]);
  }
  return words;
}

// Both tables of the document: | Form | English | Seed | Events | Views | Note | and
// | Document | Seed | Event |.
std::vector<FormRow> rows_of(const std::string& document) {
  std::vector<FormRow> rows;
  for (const std::string& line : lines_of(document)) {
    const std::vector<std::string> cells = split(line, " | ");
    const bool is_form = cells.size() == 6;
    if (!line.starts_with("| ") || line.starts_with("| Form ") || line.starts_with("| Document ") ||
        (!is_form && cells.size() != 3)) {
      continue;
    }
    FormRow& row = rows.emplace_back();
    for (const std::string& name : split(cells[0].substr(2), " / ")) {
      row.forms.push_back(without_brackets(name));
    }
    row.events = quoted(cells[is_form ? 3 : 2]);
    if (is_form) {
      row.views = quoted(cells[4]);
      for (const std::string& word : quoted(cells[5])) {
        if (word.starts_with("kind=")) {
          row.kinds.push_back(word.substr(5));
        }
      }
    }
  }
  return rows;
}

const std::vector<FormRow>& rows() {
  static const std::vector<FormRow> read = rows_of(text_of_file("docs/FORMS.md"));
  return read;
}

bool is_event(std::string_view name) {
  return catalogue().find(name) != nullptr;
}

bool is_view(std::string_view name) {
  const std::vector<ViewInfo> all = views();
  return std::ranges::find(all, name, &ViewInfo::name) != all.end();
}

bool is_case_kind(std::string_view kind) {
  return std::ranges::any_of(catalogue().procedures(), [kind](const Procedure* procedure) {
    return std::ranges::find(procedure->cases, kind, &CaseMachine::stream) !=
           procedure->cases.end();
  });
}

template <class Names>
bool has(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Names of the rows that are neither there nor announced.
std::set<std::string> unknown_names(const std::vector<FormRow>& rows) {
  std::set<std::string> unknown;
  for (const FormRow& row : rows) {
    for (const std::string& event : row.events) {
      if (!is_event(event) && !has(pending_events, event)) {
        unknown.insert("event " + event);
      }
    }
    for (const std::string& view : row.views) {
      if (!is_view(view) && !has(pending_views, view)) {
        unknown.insert("view " + view);
      }
    }
    for (const std::string& kind : row.kinds) {
      if (!is_case_kind(kind)) {
        unknown.insert("kind " + kind);
      }
    }
  }
  return unknown;
}

std::set<std::string> unanswered_forms(const std::vector<FormRow>& rows) {
  std::set<std::string> forms;
  for (const FormRow& row : rows) {
    if (row.events.empty() && row.views.empty()) {
      forms.insert(row.forms.front());
    }
  }
  return forms;
}

// How often each form stands in the first column.
std::map<std::string, int> counts_of(const std::vector<FormRow>& rows) {
  std::map<std::string, int> counts;
  for (const FormRow& row : rows) {
    for (const std::string& form : row.forms) {
      ++counts[form];
    }
  }
  return counts;
}

std::vector<std::string> forms_of_the_seeds() {
  std::vector<std::string> forms = lines_of(text_of_file("tests/tools/seed_forms.txt"));
  std::erase_if(forms, [](const std::string& line) { return line.starts_with('#'); });
  return forms;
}

TEST(FormsDocument, NamesOnlyEventsViewsAndCasesThatExist) {
  EXPECT_THAT(unknown_names(rows()), IsEmpty());
}

TEST(FormsDocument, AnswersEveryForm) {
  EXPECT_THAT(unanswered_forms(rows()), IsEmpty());
}

TEST(FormsDocument, HasEveryFormOfTheSeedsOnceAndNoOther) {
  std::map<std::string, int> counts = counts_of(rows());
  const std::vector<std::string> wanted = forms_of_the_seeds();
  EXPECT_GT(wanted.size(), 200U);
  for (const std::string& form : wanted) {
    EXPECT_EQ(counts[form], 1) << form << ": give it one row in docs/FORMS.md";
    counts.erase(form);
  }
  for (const auto& [form, count] : counts) {
    ADD_FAILURE() << form << " is no form of tests/tools/seed_forms.txt";
  }
}

TEST(FormsDocument, WhatHasArrivedIsNotAnnouncedAnyMore) {
  for (const std::string_view event : pending_events) {
    EXPECT_FALSE(is_event(event)) << event << " has arrived: strike it from pending_names.h";
  }
  for (const std::string_view view : pending_views) {
    EXPECT_FALSE(is_view(view)) << view << " has arrived: strike it from pending_names.h";
  }
}

TEST(FormsDocument, ReadsBothTables) {
  const std::vector<FormRow> read = rows_of(
      "| Form 表单 | English | Seed | Events | Views | Note |\n|---|---|---|---|---|---|\n"
      "| 《A》 / b | a | S0§1 | `E` `F` | `cases` | `kind=k`, `--x` |\n"
      "| 《W》 | S0 | `WorkInstructionPublished` |\n");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_THAT(read[0].forms, ElementsAre("A", "b"));
  EXPECT_THAT(read[0].events, ElementsAre("E", "F"));
  EXPECT_THAT(read[0].views, ElementsAre("cases"));
  EXPECT_THAT(read[0].kinds, ElementsAre("k"));
  EXPECT_THAT(read[1].events, ElementsAre("WorkInstructionPublished"));
}

TEST(FormsDocument, FindsWhatIsWrongInATable) {
  const std::vector<FormRow> read = rows_of(
      "| A | a | S0§1 | `HandoverComplete` | `keyz` | `kind=kez` |\n"
      "| B | b | S0§1 | — | — | — |\n"
      "| B | b | S0§1 | `HandoverCompleted` | `keys` | `kind=patrol` |\n");
  EXPECT_THAT(unknown_names(read),
              UnorderedElementsAre("event HandoverComplete", "view keyz", "kind kez"));
  EXPECT_THAT(unanswered_forms(read), ElementsAre("B"));
  EXPECT_EQ(counts_of(read)["B"], 2);
}

}  // namespace
}  // namespace juanzong::testing
