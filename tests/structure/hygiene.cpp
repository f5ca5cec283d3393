// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/hygiene.h"

#include "tests/structure/code_view.h"
#include "tests/structure/purity.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace juanzong::structure {
namespace {

struct BannedWord {
  std::string_view word;
  Match match;
  std::string_view remedy;
};

constexpr std::array banned_words = {
    BannedWord{"using namespace std;", Match::word, "write std:: where it is used"},
    BannedWord{"strcpy", Match::word, "use std::string or std::copy"},
    BannedWord{"strcat", Match::word, "use std::string"},
    BannedWord{"sprintf", Match::word, "use fmt::format"},
    BannedWord{"vsprintf", Match::word, "use fmt::format"},
    BannedWord{"gets", Match::call, "read into a bounded buffer"},
    BannedWord{"atoi", Match::word, "use std::from_chars and check its result"},
    BannedWord{"atol", Match::word, "use std::from_chars and check its result"},
    BannedWord{"atoll", Match::word, "use std::from_chars and check its result"},
    BannedWord{"atof", Match::word, "use integers; floating point has no place in records"},
    BannedWord{"rand", Match::call, "use crypto/random_bytes.h, or a seeded engine in a test"},
    BannedWord{"srand", Match::call, "use crypto/random_bytes.h, or a seeded engine in a test"},
};

// Spelt in pieces, so that this file passes its own check.
constexpr std::array<std::string_view, 3> notes_to_self = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X"};

bool has_line(const SourceFile& file, std::string_view wanted) {
  const auto lines = split_lines(file.text);
  return std::find(lines.begin(), lines.end(), wanted) != lines.end();
}

bool has_licence(const SourceFile& file) {
  const auto lines = split_lines(file.text);
  const std::size_t count = std::min<std::size_t>(lines.size(), 3);
  return std::any_of(
      lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(count), [](std::string_view line) {
        return line.find("SPDX-License-Identifier: Apache-2.0") != std::string_view::npos;
      });
}

void check_trailing_space(const SourceFile& file, Findings& findings) {
  const auto lines = split_lines(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].empty() && std::string_view(" \t\r").find(lines[i].back()) != std::string::npos) {
      findings.push_back({file.path, i + 1, "white space at the end of the line: remove it"});
    }
  }
}

void check_notes(const SourceFile& file, Findings& findings) {
  const std::string text =
      file.language == Language::cpp ? code_view(file.text, Comments::keep) : file.text;
  for (const std::string_view note : notes_to_self) {
    const std::size_t at = find_word(text, note, 0);
    if (at != std::string::npos) {
      findings.push_back({file.path,
                          line_of(text, at),
                          std::string(note) + ": finish it, or open an issue and name its number"});
    }
  }
}

void check_banned_words(const SourceFile& file, Findings& findings) {
  for (const BannedWord& ban : banned_words) {
    for (const std::size_t at : find_words(file.code, ban.word)) {
      if (is_use(file.code, at, ban.word, ban.match)) {
        findings.push_back({file.path,
                            line_of(file.code, at),
                            std::string(ban.word) + " is banned: " + std::string(ban.remedy)});
      }
    }
  }
}

// First and one-past-last position of the statement around `at`: from the brace or semicolon
// before it to the semicolon after it that stands outside all braces opened since.
std::size_t statement_begin(std::string_view code, std::size_t at) {
  int depth = 0;
  for (; at > 0; --at) {
    const char c = code[at - 1];
    if (c == '}' && depth == 0 && next_solid(code, at) != std::string_view::npos &&
        is_word_char(code[next_solid(code, at)])) {
      return at;  // the end of a block before this statement
    }
    depth += c == '}' ? 1 : 0;
    if (depth == 0 && (c == ';' || c == '{')) {
      return at;
    }
    depth -= c == '{' ? 1 : 0;
  }
  return at;
}

std::size_t statement_end(std::string_view code, std::size_t at) {
  int parentheses = 0;
  int braces = 0;
  for (; at < code.size(); ++at) {
    const char c = code[at];
    parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
    braces += c == '}' ? -1 : 0;
    // The block of `if (co_await f()) {` is no part of the awaited expression.
    const bool opens_block = c == '{' && parentheses < 0 && braces == 0;
    if (braces < 0 || opens_block || (c == ';' && braces == 0)) {
      return at;
    }
    braces += c == '{' ? 1 : 0;
  }
  return at;
}

std::string_view word_ending_at(std::string_view code, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && is_word_char(code[begin - 1])) {
    --begin;
  }
  return code.substr(begin, end - begin);
}

bool may_start_lambda(std::string_view code, std::size_t bracket) {
  const std::size_t last = previous_solid(code, bracket);
  if (last == std::string_view::npos) {
    return false;
  }
  if (is_word_char(code[last])) {
    const std::string_view word = word_ending_at(code, last + 1);
    return word == "return" || word == "co_await" || word == "co_return" || word == "co_yield";
  }
  return code[last] != ')' && code[last] != ']' && code[last] != '[';
}

// True when the bracket opens a capture list that captures something.
bool is_capturing_lambda(std::string_view code, std::size_t bracket) {
  const std::size_t close = code.find(']', bracket);
  const std::size_t inside = next_solid(code, bracket + 1);
  if (close == std::string_view::npos || inside >= close || code[inside] == '[' ||
      !may_start_lambda(code, bracket)) {
    return false;
  }
  const std::size_t next = next_solid(code, close + 1);
  if (next == std::string_view::npos) {
    return false;
  }
  const std::string_view rest = code.substr(next);
  return rest[0] == '(' || rest[0] == '{' || rest[0] == '<' || rest.rfind("->", 0) == 0 ||
         rest.rfind("mutable", 0) == 0 || rest.rfind("noexcept", 0) == 0;
}

// What an if or while asks, without the statement that may stand before it: empty if `keyword` is
// not followed by parentheses.
std::string_view condition_after(std::string_view code, std::size_t keyword_end) {
  const std::size_t open = next_solid(code, keyword_end);
  if (open == std::string_view::npos || code[open] != '(') {
    return {};
  }
  int depth = 0;
  std::size_t begin = open + 1;
  for (std::size_t at = open; at < code.size(); ++at) {
    depth += code[at] == '(' ? 1 : code[at] == ')' ? -1 : 0;
    if (depth == 0) {
      return code.substr(begin, at - begin);
    }
    begin = depth == 1 && code[at] == ';' ? at + 1 : begin;
  }
  return {};
}

}  // namespace

Findings check_hygiene(const SourceFile& file) {
  Findings findings;
  check_trailing_space(file, findings);
  if (file.language == Language::markdown) {
    return findings;
  }
  if (is_header(file) && !has_line(file, "#pragma once")) {
    findings.push_back({file.path, 1, "header without #pragma once: add it below the comment"});
  }
  if (!has_licence(file)) {
    findings.push_back(
        {file.path, 1, "no line \"SPDX-License-Identifier: Apache-2.0\" at the top"});
  }
  check_notes(file, findings);
  if (file.language == Language::cpp) {
    check_banned_words(file, findings);
  }
  return findings;
}

Findings check_awaited_lambdas(const SourceFile& file) {
  Findings findings;
  if (file.language != Language::cpp) {
    return findings;
  }
  const std::string_view code = file.code;
  for (const std::size_t at : find_words(code, "co_await")) {
    const std::size_t end = statement_end(code, at);
    for (std::size_t i = statement_begin(code, at); i < end; ++i) {
      if (code[i] == '[' && is_capturing_lambda(code, i)) {
        findings.push_back({file.path,
                            line_of(code, i),
                            "lambda with captures in a co_await expression: GCC 12 destroys it "
                            "twice; name it in a statement before"});
        break;
      }
    }
  }
  return findings;
}

Findings check_awaited_conditions(const SourceFile& file) {
  Findings findings;
  if (file.language != Language::cpp) {
    return findings;
  }
  const std::string_view code = file.code;
  for (const std::string_view keyword : {"if", "while", "switch"}) {
    for (const std::size_t at : find_words(code, keyword)) {
      const std::string_view condition = condition_after(code, at + keyword.size());
      if (find_word(condition, "co_await", 0) != std::string_view::npos) {
        findings.push_back({file.path,
                            line_of(code, at),
                            "co_await in a condition: GCC 12 makes wrong code of it; name the "
                            "result in a statement before"});
      }
    }
  }
  return findings;
}

}  // namespace juanzong::structure
