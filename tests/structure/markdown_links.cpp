// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/markdown_links.h"

#include <string_view>

namespace juanzong::structure {
namespace {

namespace fs = std::filesystem;

std::string without_inline_code(std::string_view line) {
  std::string text;
  bool code = false;
  for (const char c : line) {
    code = c == '`' ? !code : code;
    text += code || c == '`' ? ' ' : c;
  }
  return text;
}

// "target", "<target>" or "target \"title\"" as the bare target.
std::string bare_target(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" <");
  if (begin == std::string_view::npos) {
    return {};
  }
  text = text.substr(begin);
  return std::string(text.substr(0, text.find_first_of(" >")));
}

void collect_inline_links(std::string_view line, std::size_t number, std::vector<Link>& links) {
  for (std::size_t at = line.find("]("); at != std::string_view::npos;
       at = line.find("](", at + 2)) {
    const std::size_t close = line.find(')', at);
    if (close != std::string_view::npos) {
      links.push_back({bare_target(line.substr(at + 2, close - at - 2)), number});
    }
  }
}

void collect_definition(std::string_view line, std::size_t number, std::vector<Link>& links) {
  const std::size_t colon = line.find("]: ");
  if (!line.empty() && line.front() == '[' && colon != std::string_view::npos) {
    links.push_back({bare_target(line.substr(colon + 3)), number});
  }
}

bool has_scheme(const std::string& target) {
  return target.find("://") != std::string::npos || target.rfind("mailto:", 0) == 0;
}

}  // namespace

std::vector<Link> links_of(const SourceFile& file) {
  std::vector<Link> links;
  bool fenced = false;
  std::size_t number = 0;
  for (const std::string_view line : split_lines(file.text)) {
    ++number;
    const std::size_t solid = line.find_first_not_of(' ');
    if (solid != std::string_view::npos && line.substr(solid, 3) == "```") {
      fenced = !fenced;
    } else if (!fenced) {
      const std::string text = without_inline_code(line);
      collect_inline_links(text, number, links);
      collect_definition(text, number, links);
    }
  }
  return links;
}

Findings check_links(const SourceFile& file, const fs::path& root) {
  if (file.language != Language::markdown) {
    return {};
  }
  Findings findings;
  for (const Link& link : links_of(file)) {
    const std::string path = link.target.substr(0, link.target.find('#'));
    if (has_scheme(link.target) || path.empty()) {
      continue;
    }
    const fs::path folder = path.front() == '/' ? root : root / fs::path(file.path).parent_path();
    const fs::path target = (folder / fs::path(path).relative_path()).lexically_normal();
    if (!fs::exists(target)) {
      findings.push_back({file.path, link.line, "link to " + link.target + ", which is not there"});
    }
  }
  return findings;
}

}  // namespace juanzong::structure
