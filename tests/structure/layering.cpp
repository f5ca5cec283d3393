// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/layering.h"

#include "tests/structure/code_view.h"

#include <algorithm>
#include <array>
#include <fnmatch.h>
#include <map>
#include <set>
#include <string_view>

namespace juanzong::structure {
namespace {

constexpr std::array<std::string_view, 5> layers = {
    "crypto", "events", "projections", "server", "tools"};

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool names_files(const std::string& pattern) {
  return ends_with(pattern, ".h") || ends_with(pattern, ".cpp");
}

bool glob(const std::string& pattern, const std::string& text) {
  return fnmatch(pattern.c_str(), text.c_str(), FNM_PATHNAME) == 0;
}

bool pattern_matches(const std::string& pattern, const std::string& path) {
  return glob(pattern, names_files(pattern) ? path : folder_of(path));
}

bool is_of_layers(const std::string& path) {
  const std::string_view first = std::string_view(path).substr(0, path.find('/'));
  return std::find(layers.begin(), layers.end(), first) != layers.end();
}

const PolicyRow* row_of(const LayerPolicy& policy, const std::string& path) {
  const auto row = std::find_if(policy.rows.begin(), policy.rows.end(), [&](const PolicyRow& r) {
    return pattern_matches(r.pattern, path);
  });
  return row == policy.rows.end() ? nullptr : &*row;
}

bool allows(const PolicyRow& row, const std::string& target) {
  bool allowed = false;
  for (const std::string& pattern : row.may_include) {
    if (pattern.front() == '!') {
      if (pattern_matches(pattern.substr(1), target)) {
        return false;
      }
    } else if (pattern_matches(pattern, target)) {
      allowed = true;
    }
  }
  return allowed;
}

std::string join(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) {
    all += all.empty() ? word : " " + word;
  }
  return all.empty() ? "nothing" : all;
}

bool is_at_or_below(const std::string& folder, const std::string& root) {
  return folder == root || folder.rfind(root + "/", 0) == 0;
}

void check_fences(const LayerPolicy& policy,
                  const SourceFile& file,
                  const Include& include,
                  Findings& findings) {
  const std::string folder = folder_of(file.path);
  for (const Fence& fence : policy.fences) {
    const bool inside =
        std::any_of(fence.folders.begin(), fence.folders.end(), [&](const std::string& root) {
          return is_at_or_below(folder, root);
        });
    if (include.target.rfind(fence.prefix, 0) == 0 && !inside) {
      findings.push_back({file.path,
                          include.line,
                          folder + " may not include <" + include.target + ">; only " +
                              join(fence.folders) + " may: use their interface"});
    }
  }
}

void check_own_include(const PolicyRow& row,
                       const SourceFile& file,
                       const Include& include,
                       Findings& findings) {
  const std::string folder = folder_of(file.path);
  if (folder_of(include.target) == folder || allows(row, include.target)) {
    return;
  }
  std::string message = folder + " may not include " + folder_of(include.target) + " (\"" +
                        include.target + "\"); allowed: " + join(row.may_include);
  if (!row.remedy.empty()) {
    message += "; " + row.remedy;
  }
  findings.push_back({file.path, include.line, message});
}

// Text between the first pair of delimiters of an include line; empty when there is none.
std::string include_target(std::string_view line) {
  const std::size_t open = line.find_first_of("\"<");
  if (open == std::string_view::npos) {
    return {};
  }
  const std::size_t close = line.find(line[open] == '<' ? '>' : '"', open + 1);
  return close == std::string_view::npos ? std::string()
                                         : std::string(line.substr(open + 1, close - open - 1));
}

bool is_include_line(Language language, std::string_view line) {
  const std::size_t at = next_solid(line, 0);
  if (at == std::string_view::npos) {
    return false;
  }
  if (language == Language::flatbuffers) {
    return line.substr(at, 7) == "include" && line.find('"') != std::string_view::npos;
  }
  const std::size_t word = line[at] == '#' ? next_solid(line, at + 1) : std::string_view::npos;
  return word != std::string_view::npos && line.substr(word, 7) == "include";
}

using Graph = std::map<std::string, std::set<std::string>>;

const std::string& unit_of(const PolicyRow& row) {
  return row.unit.empty() ? row.pattern : row.unit;
}

Graph graph_of(const LayerPolicy& policy) {
  Graph graph;
  for (const PolicyRow& row : policy.rows) {
    auto& edges = graph[unit_of(row)];
    for (const std::string& entry : row.may_include) {
      const std::string folder = names_files(entry) ? folder_of(entry) : entry;
      for (const PolicyRow& other : policy.rows) {
        const bool meets = glob(folder, other.pattern) || glob(other.pattern, folder);
        if (entry.front() != '!' && meets && unit_of(other) != unit_of(row)) {
          edges.insert(unit_of(other));
        }
      }
    }
  }
  return graph;
}

std::optional<std::string> cycle_from(const Graph& graph,
                                      const std::string& node,
                                      std::vector<std::string>& path,
                                      std::set<std::string>& done) {
  const auto seen = std::find(path.begin(), path.end(), node);
  if (seen != path.end()) {
    std::string cycle;
    for (auto at = seen; at != path.end(); ++at) {
      cycle += *at + " -> ";
    }
    return cycle + node;
  }
  if (!done.insert(node).second) {
    return std::nullopt;
  }
  path.push_back(node);
  for (const std::string& next : graph.at(node)) {
    if (auto cycle = cycle_from(graph, next, path, done)) {
      return cycle;
    }
  }
  path.pop_back();
  return std::nullopt;
}

}  // namespace

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  const auto code_lines = split_lines(file.code);
  const auto text_lines = split_lines(file.text);
  for (std::size_t i = 0; i < code_lines.size(); ++i) {
    if (is_include_line(file.language, code_lines[i])) {
      includes.push_back({include_target(text_lines[i]), i + 1});
    }
  }
  return includes;
}

Findings check_layering(const LayerPolicy& policy, const SourceFile& file) {
  const bool judged = file.language == Language::cpp || file.language == Language::flatbuffers;
  if (!judged || !is_of_layers(file.path)) {
    return {};
  }
  const PolicyRow* row = row_of(policy, file.path);
  if (row == nullptr) {
    return {{file.path,
             1,
             "folder " + folder_of(file.path) +
                 " has no row in tests/structure/layer_policy.cpp: add one that says what it may "
                 "include"}};
  }
  Findings findings;
  for (const Include& include : includes_of(file)) {
    check_fences(policy, file, include, findings);
    const std::string_view line = split_lines(file.text)[include.line - 1];
    const bool quoted = line.find("\"" + include.target + "\"") != std::string_view::npos;
    if (is_of_layers(include.target) || include.target.rfind("tests/", 0) == 0) {
      check_own_include(*row, file, include, findings);
    } else if (quoted) {
      findings.push_back({file.path,
                          include.line,
                          "\"" + include.target + "\": write the path from the root of the tree"});
    }
  }
  return findings;
}

std::optional<std::string> policy_cycle(const LayerPolicy& policy) {
  const Graph graph = graph_of(policy);
  std::set<std::string> done;
  for (const auto& [node, edges] : graph) {
    std::vector<std::string> path;
    if (auto cycle = cycle_from(graph, node, path, done)) {
      return cycle;
    }
  }
  return std::nullopt;
}

}  // namespace juanzong::structure
