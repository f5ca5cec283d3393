// SPDX-License-Identifier: Apache-2.0
// Published test vectors: tests/crypto/vectors (its README.md says whose).
#pragma once

#include "crypto/byte_view.h"
#include "crypto/hex.h"

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace juanzong::crypto {

inline boost::json::value read_vectors(const std::string& name) {
  std::ifstream file(std::filesystem::path(JUANZONG_SOURCE_DIR) / "tests/crypto/vectors" / name);
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
