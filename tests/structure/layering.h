// SPDX-License-Identifier: Apache-2.0
// Who may include whom. The policy is data (layer_policy.cpp); this file judges files by it.
//
// A pattern is a folder, or a file when it ends in .h or .cpp; '*' stands for any characters but
// '/'. A file is judged by the first row whose pattern matches the file or its folder. Its own
// folder is always allowed.
#pragma once

#include "tests/structure/source_file.h"

#include <optional>
#include <string>
#include <vector>

namespace juanzong::structure {

struct PolicyRow {
  std::string pattern;
  // Rows of one unit may include each other; between units the table must have no cycle.
  // Empty: the row is a unit of its own.
  std::string unit;
  // Patterns; one that starts with '!' takes back what the others allow.
  std::vector<std::string> may_include;
  std::string remedy;
};

struct Fence {
  std::string prefix;                // of an include in angle brackets
  std::vector<std::string> folders;  // the only folders, with all below them, that may name it
};

struct LayerPolicy {
  std::vector<PolicyRow> rows;
  std::vector<Fence> fences;
};

struct Include {
  std::string target;
  std::size_t line = 0;
};

// The table of this project.
[[nodiscard]] const LayerPolicy& juanzong_policy();

// Every #include of a C++ file, or include of a FlatBuffers schema.
[[nodiscard]] std::vector<Include> includes_of(const SourceFile& file);

[[nodiscard]] Findings check_layering(const LayerPolicy& policy, const SourceFile& file);

// The units of a cycle as "a -> b -> a"; nullopt when the table is acyclic.
[[nodiscard]] std::optional<std::string> policy_cycle(const LayerPolicy& policy);

}  // namespace juanzong::structure
