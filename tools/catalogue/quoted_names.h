// SPDX-License-Identifier: Apache-2.0
// Quoted names: which files of the tree hold a name as a string of its own ("H-DEC-13",
// "DecorationApplied"). Read from the sources, so that a reference to a test is true by being read.
#pragma once

#include "events/model/result.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace juanzong {

// The names in quotes in a text: letters, digits, '-' and '_' and nothing else between the quotes.
[[nodiscard]] std::set<std::string> quoted_names(std::string_view text);

class QuotedNames {
 public:
  // The .cpp files of the folder, not of its subfolders. environment: it cannot be read.
  [[nodiscard]] static Result<QuotedNames> read(const std::filesystem::path& folder);

  void add(const std::string& file, std::string_view text);
  // The file to look into for a name: of those that hold it the first whose own name begins with
  // `prefix`, else the first. Empty: none.
  [[nodiscard]] std::string file_of(std::string_view name, std::string_view prefix) const;

 private:
  std::map<std::string, std::set<std::string>, std::less<>> files_;  // by name, ascending
};

}  // namespace juanzong
