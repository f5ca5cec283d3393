// SPDX-License-Identifier: Apache-2.0
// The catalogue against what people read and what was released: every procedure has its README,
// every event and refusal stands in it, every rule is named by a test, and numbers and fields that
// once shipped are still there.
#include "events/procedures/catalogue.h"

#include "events/log/record.h"
#include "events/procedures/actor_keys/actor_keys.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue_digest.h"
#include "events/procedures/json_body.h"
#include "events/procedures/policy.h"
#include "events/procedures/registry/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace juanzong::testing {
namespace {

const std::filesystem::path root = JUANZONG_SOURCE_DIR;

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::set<std::string> lines_of(const std::filesystem::path& file) {
  std::istringstream in(read(file));
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.insert(line);
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text.append(line).append("\n");
  }
  return text;
}

// Whole words only: "H-DEC-1" is not found in "H-DEC-11".
bool names(const std::string& text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (end == text.size() || std::isalnum(static_cast<unsigned char>(text[end])) == 0) {
      return true;
    }
  }
  return false;
}

std::string all_tests() {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(root / "tests/events/procedures")) {
    text += read(entry.path());
  }
  return text + read(root / "tests/projections/ledger_machine_test.cpp");
}

void add_fields(const TableShape& table, std::set<std::string>& lines) {
  for (const FieldDescriptor& field : table.fields) {
    const bool is_new =
        lines
            .insert(table.name + "." + field.name + " @" + std::to_string(field.vtable_offset) +
                    " shape " + std::to_string(static_cast<int>(field.shape)) + " width " +
                    std::to_string(field.width))
            .second;
    if (is_new && field.table != nullptr) {
      add_fields(*field.table, lines);
    }
  }
}

// Numbers, names and fields as they are now; the golden file holds what has shipped.
std::set<std::string> schema_lines() {
  std::set<std::string> lines;
  for (const CatalogueEntry* entry : catalogue().entries()) {
    lines.insert("event " + std::to_string(number(entry->descriptor.type)) + " " +
                 entry->descriptor.name);
    add_fields(*entry->descriptor.body, lines);
  }
  return lines;
}

TEST(Catalogue, KeepsEveryNumberNameAndFieldThatShipped) {
  const std::set<std::string> shipped = lines_of(root / "tests/golden/schema.golden");
  const std::set<std::string> now = schema_lines();
  std::vector<std::string> lost;
  std::ranges::set_difference(shipped, now, std::back_inserter(lost));
  EXPECT_TRUE(lost.empty())
      << "removed, renamed or retyped: records of these would no longer verify\n"
      << joined(lost);
  std::vector<std::string> unlisted;
  std::ranges::set_difference(now, shipped, std::back_inserter(unlisted));
  EXPECT_TRUE(unlisted.empty()) << "new: add these lines to tests/golden/schema.golden\n"
                                << joined(unlisted);
}

TEST(Catalogue, EveryProcedureHasItsFolderAndReadme) {
  for (const Procedure* procedure : catalogue().procedures()) {
    const auto folder = root / "events/procedures" / procedure->name;
    EXPECT_TRUE(std::filesystem::exists(folder / "README.md")) << folder;
    EXPECT_TRUE(std::filesystem::exists(folder / (std::string(procedure->name) + ".fbs")))
        << folder;
  }
  for (const auto& entry : std::filesystem::directory_iterator(root / "events/procedures")) {
    const bool known = std::ranges::any_of(catalogue().procedures(), [&](const Procedure* listed) {
      return listed->name == entry.path().filename().string();
    });
    EXPECT_TRUE(!entry.is_directory() || known) << entry.path() << " is not in catalogue.cpp";
  }
}

bool has_stream(const EventDescriptor& event, std::string_view prefix) {
  return std::ranges::any_of(event.body->fields, [prefix](const FieldDescriptor& field) {
    return field.stream_prefix == prefix || field.stream_prefix == "*";
  });
}

TEST(Catalogue, MachinesNameEventsOfTheirStreamsAndStagesOfTheirReadme) {
  for (const Procedure* procedure : catalogue().procedures()) {
    const auto readme = read(root / "events/procedures" / procedure->name / "README.md");
    for (const CaseMachine& machine : procedure->cases) {
      ASSERT_FALSE(machine.stages.empty()) << machine.stream;
      EXPECT_EQ(machine.stages.front().code, "NONE") << machine.stream;
      for (const CaseStage& stage : machine.stages.subspan(1)) {
        EXPECT_TRUE(names(readme, stage.code)) << machine.stream << " " << stage.code;
      }
      for (const CaseStep& step : machine.steps) {
        const CatalogueEntry* entry = catalogue().find(step.event);
        ASSERT_NE(entry, nullptr) << step.event;
        EXPECT_TRUE(has_stream(entry->descriptor, machine.stream)) << step.event;
        EXPECT_LT(step.accepted_in, 1U << machine.stages.size()) << step.event;
        EXPECT_TRUE(step.to == CaseStep::stays || step.to < machine.stages.size()) << step.event;
      }
    }
  }
}

TEST(Catalogue, EveryEventStandsInItsReadme) {
  for (const CatalogueEntry* entry : catalogue().entries()) {
    const auto readme = read(root / "events/procedures" / entry->procedure->name / "README.md");
    EXPECT_TRUE(names(readme, entry->descriptor.name)) << entry->descriptor.name;
    EXPECT_FALSE(entry->descriptor.zh.empty()) << entry->descriptor.name;
    EXPECT_NE(entry->descriptor.append.bits, 0U) << entry->descriptor.name << " has no role";
  }
}

TEST(Catalogue, EveryRuleStandsInItsReadmeAndInATest) {
  const std::string tests = all_tests();
  for (const Procedure* procedure : catalogue().procedures()) {
    const auto readme = read(root / "events/procedures" / procedure->name / "README.md");
    for (const Rule& rule : procedure->rules) {
      EXPECT_TRUE(names(readme, rule.id)) << rule.id << " is not in the README";
      EXPECT_TRUE(names(tests, rule.id)) << rule.id << " is provoked by no test";
      EXPECT_FALSE(rule.zh.empty() || rule.en.empty() || rule.clause.empty()) << rule.id;
    }
  }
}

TEST(Catalogue, NoRoleOfTheAuditorAppendsAnything) {
  for (const CatalogueEntry* entry : catalogue().entries()) {
    EXPECT_FALSE(entry->descriptor.append.has(Role::aud)) << entry->descriptor.name;
  }
}

// An unsigned one would let the server decide who may do what.
TEST(Catalogue, WhatDecidesWhoMayDoWhatIsAlwaysSigned) {
  std::vector<std::string> always_signed;
  for (const CatalogueEntry* entry : catalogue().entries()) {
    if (entry->descriptor.always_signed) {
      always_signed.push_back(entry->descriptor.name);
    }
  }
  EXPECT_EQ(
      joined(always_signed),
      joined(
          {"LedgerCreated",      "StaffRegistered",       "StaffRoleChanged", "PolicyAdopted",
           "ActorKeyRegistered", "ActorKeyRotated",       "ActorKeyRevoked",  "RulesActivated",
           "RecoveryPerformed",  "ClockAnomalyDetected",  "ClockCorrected",   "SlaBreached",
           "DayClosed",          "CheckpointTimestamped", "ChainAnchored",    "PersonErased",
           "ErasureCompleted",   "RestrictionLifted",     "RecoveryDeclared", "LedgerHandedOver"}));
}

TEST(Catalogue, ItsDigestFollowsEventsFieldsAndRules) {
  EXPECT_EQ(catalogue_digest(catalogue()), catalogue_digest(Catalogue()));
  const std::string text = catalogue_text(catalogue());
  EXPECT_NE(text.find("\nevent 2 UnitRegistered PX 1 "), std::string::npos);
  EXPECT_NE(text.find("\nfield UnitRegistered building 6 "), std::string::npos);
  EXPECT_NE(text.find("\nrule H-DEC-13 S0§2.18 "), std::string::npos);
  constexpr const Procedure& (*fewer[])() = {&registry_procedure, &actor_keys_procedure};
  EXPECT_NE(catalogue_digest(Catalogue(fewer)), catalogue_digest(catalogue()));
}

// Verifying times needs no catalogue, so the number of this event stands in events/log as well.
TEST(Catalogue, TheEventAfterWhichTimeMayFallHasItsNumber) {
  EXPECT_EQ(catalogue().find("ClockCorrected")->descriptor.type, clock_corrected_type);
}

// So do those after which the origin changes, and the stream that names the next.
TEST(Catalogue, TheEventsThatChangeTheOriginHaveTheirNumbers) {
  for (const auto& [name, type] : {std::pair{"RecoveryDeclared", recovery_declared_type},
                                   std::pair{"LedgerHandedOver", ledger_handed_over_type}}) {
    const EventDescriptor& event = catalogue().find(name)->descriptor;
    EXPECT_EQ(event.type, type);
    EXPECT_TRUE(has_stream(event, "origin"));
    EXPECT_NE(event.second.bits, 0U);
  }
}

TEST(Catalogue, EveryPolicyKeyStandsInTheDocumentWithItsDefault) {
  const std::string document = read(root / "docs/POLICY.md");
  for (const PolicyParameter& parameter : policy_parameters()) {
    const std::string fallback =
        parameter.fallback.empty() ? "none: must be set" : std::string(parameter.fallback);
    const std::size_t row = document.find("| `" + std::string(parameter.key) + "` |");
    ASSERT_NE(row, std::string::npos) << parameter.key;
    const std::string line = document.substr(row, document.find('\n', row) - row);
    EXPECT_NE(line.find("| " + fallback + " |"), std::string::npos) << line;
  }
}

TEST(Catalogue, FindsEveryPolicyKeyByItsName) {
  for (const PolicyParameter& parameter : policy_parameters()) {
    EXPECT_EQ(find_policy_parameter(parameter.key), &parameter)
        << parameter.key << ": the table is searched by halves, keep it in order";
  }
}

TEST(Catalogue, FindsWordsOnlyWhole) {
  EXPECT_FALSE(names("H-DEC-11", "H-DEC-1"));
  EXPECT_TRUE(names("| H-DEC-1 |", "H-DEC-1"));
}

}  // namespace
}  // namespace juanzong::testing
