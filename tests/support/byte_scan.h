// SPDX-License-Identifier: Apache-2.0
// Looks for what must not be there: any 8 consecutive bytes of a set of secrets, in files and whole
// folders.
#pragma once

#include "crypto/byte_view.h"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace juanzong::testing {

class ByteScan {
 public:
  static constexpr std::size_t window = 8;

  // Shorter than the window: nothing can be said about it.
  void look_for(std::string_view secret) {
    for (std::size_t at = 0; at + window <= secret.size(); ++at) {
      const std::uint64_t bytes = word_of(secret.data() + at);
      words_.insert(bytes);
      hints_[hint_of(bytes)] = true;
    }
  }
  void look_for(ByteView secret) {
    look_for({reinterpret_cast<const char*>(secret.data()), secret.size()});
  }
  [[nodiscard]] std::size_t size() const { return words_.size(); }

  [[nodiscard]] bool finds_in(std::string_view text) const {
    for (std::size_t at = 0; at + window <= text.size(); ++at) {
      const std::uint64_t bytes = word_of(text.data() + at);
      if (hints_[hint_of(bytes)] && words_.contains(bytes)) {
        return true;
      }
    }
    return false;
  }
  // Paths of the files, names included in the search, that have any of it.
  [[nodiscard]] std::vector<std::string> files_with_it(const std::filesystem::path& folder) const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string name = entry.path().lexically_relative(folder).string();
      std::string content = name + "\n";
      if (entry.is_regular_file()) {
        std::ifstream in(entry.path(), std::ios::binary);
        content.append(std::istreambuf_iterator<char>(in), {});
      }
      if (finds_in(content)) {
        found.push_back(name);
      }
    }
    return found;
  }

 private:
  static std::uint64_t word_of(const char* at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, window);
    return bytes;
  }
  static std::size_t hint_of(std::uint64_t bytes) { return bytes & 0xffffU; }

  std::unordered_set<std::uint64_t> words_;
  std::vector<bool> hints_ = std::vector<bool>(0x10000, false);
};

}  // namespace juanzong::testing
