// SPDX-License-Identifier: Apache-2.0
// What a folder holds, to compare before and after: every file's content by its path.
#pragma once

#include "crypto/sha256.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace juanzong::testing {

using FolderState = std::map<std::string, crypto::Digest>;

inline FolderState state_of(const std::filesystem::path& folder) {
  FolderState state;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) {
      continue;
    }
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    state[entry.path().lexically_relative(folder).string()] =
        crypto::sha256({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
  }
  return state;
}

}  // namespace juanzong::testing
