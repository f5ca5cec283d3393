// SPDX-License-Identifier: Apache-2.0
// Published test vectors, read from a folder beside the source tree. It may be missing: the tests
// that need it then skip, and the short known answers written in the tests still run.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/hex.h"

#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace juanzong::crypto {

inline std::optional<boost::json::value> read_vectors(const std::string& name) {
  std::ifstream file(std::string(JUANZONG_SOURCE_DIR) + "/../shared/vectors/" + name);
  if (!file) {
    return std::nullopt;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return boost::json::parse(text);
}

inline std::string text_field(const boost::json::value& object, const char* name) {
  return std::string(object.at(name).as_string());
}

inline Bytes hex_field(const boost::json::value& object, const char* name) {
  return hex_decode(text_field(object, name)).value();
}

inline bool is_valid(const boost::json::value& test) {
  return text_field(test, "result") == "valid";
}

// Calls visit(group, test) for every test of a Wycheproof file; returns how many there were.
template <typename Visit>
int for_each_test(const boost::json::value& file, Visit visit) {
  int count = 0;
  for (const boost::json::value& group : file.at("testGroups").as_array()) {
    for (const boost::json::value& test : group.at("tests").as_array()) {
      visit(group, test);
      ++count;
    }
  }
  return count;
}

}  // namespace juanzong::crypto
