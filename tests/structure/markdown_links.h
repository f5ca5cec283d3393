// SPDX-License-Identifier: Apache-2.0
// Relative links of Markdown files: a document that points at nothing is out of date.
#pragma once

#include "tests/structure/source_file.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace juanzong::structure {

struct Link {
  std::string target;
  std::size_t line = 0;
};

// Inline links, images and reference definitions, outside code; as written.
[[nodiscard]] std::vector<Link> links_of(const SourceFile& file);

// Links without a scheme must name an existing file or folder below root.
[[nodiscard]] Findings check_links(const SourceFile& file, const std::filesystem::path& root);

}  // namespace juanzong::structure
