// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/function_scanner.h"

#include "tests/structure/code_view.h"

#include <algorithm>
#include <array>

namespace juanzong::structure {
namespace {

enum class Block {
  scope,        // namespace or class: functions are looked for inside
  function,     // a body
  initializer,  // of a variable, an enum or a member in a constructor's list
};

// Drops "template <...>", access specifiers and attributes from the front of a head.
std::string_view without_prefixes(std::string_view head) {
  for (;;) {
    const std::size_t solid = next_solid(head, 0);
    head = solid == std::string_view::npos ? std::string_view() : head.substr(solid);
    if (head.rfind("template", 0) == 0) {
      int depth = 0;
      std::size_t at = head.find('<');
      for (; at < head.size(); ++at) {
        depth += head[at] == '<' ? 1 : head[at] == '>' ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
      head = at < head.size() ? head.substr(at + 1) : std::string_view();
    } else if (head.rfind("[[", 0) == 0 && head.find("]]") != std::string_view::npos) {
      head = head.substr(head.find("]]") + 2);
    } else if (head.rfind("public:", 0) == 0 || head.rfind("private:", 0) == 0 ||
               head.rfind("protected:", 0) == 0) {
      head = head.substr(head.find(':') + 1);
    } else {
      return head;
    }
  }
}

std::string_view first_word(std::string_view head) {
  std::size_t end = 0;
  while (end < head.size() && is_word_char(head[end])) {
    ++end;
  }
  return head.substr(0, end);
}

// Position of `wanted` outside all parentheses; npos when there is none. "::" is not a colon and
// "==" is not an assignment.
std::size_t find_outside(std::string_view head, char wanted) {
  int depth = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    depth += head[i] == '(' ? 1 : head[i] == ')' ? -1 : 0;
    const bool doubled =
        (i + 1 < head.size() && head[i + 1] == wanted) ||
        (i > 0 && std::string_view(":=<>!").find(head[i - 1]) != std::string_view::npos);
    if (depth == 0 && head[i] == wanted && !doubled) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool is_lambda(std::string_view initializer) {
  const std::size_t open = next_solid(initializer, 0);
  return open != std::string_view::npos && initializer[open] == '[';
}

// In "Type(int a) : member_{a} {" the first brace belongs to the member.
bool is_member_initializer(std::string_view head) {
  const std::size_t close = head.find(')');
  if (close == std::string_view::npos) {
    return false;
  }
  const std::size_t colon = find_outside(head, ':');
  const std::size_t last = previous_solid(head, head.size());
  return colon != std::string_view::npos && colon > close && is_word_char(head[last]);
}

Block classify(std::string_view raw_head, int open_parentheses) {
  const std::string_view head = without_prefixes(raw_head);
  const std::string_view word = first_word(head);
  if (open_parentheses > 0) {
    return Block::initializer;
  }
  constexpr std::array<std::string_view, 6> scopes = {
      "namespace", "inline namespace", "class", "struct", "union", "extern"};
  const bool is_function = head.find('(') != std::string_view::npos;
  if (std::find(scopes.begin(), scopes.end(), word) != scopes.end() &&
      (!is_function || head.find("alignas") != std::string_view::npos)) {
    return Block::scope;
  }
  if (word == "inline" && head.find("namespace") != std::string_view::npos) {
    return Block::scope;
  }
  const bool is_operator = head.find("operator") != std::string_view::npos;
  const std::size_t equals = is_operator ? std::string_view::npos : find_outside(head, '=');
  if (equals != std::string_view::npos) {
    return is_lambda(head.substr(equals + 1)) ? Block::function : Block::initializer;
  }
  if (!is_function || is_member_initializer(head)) {
    return Block::initializer;
  }
  return Block::function;
}

std::string on_one_line(std::string_view head) {
  std::string line;
  for (const char c : without_prefixes(head)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ') {
    line.pop_back();
  }
  return line;
}

class Scanner {
 public:
  explicit Scanner(std::string_view code) : code_(code) {}

  std::vector<FunctionSpan> run() {
    for (; at_ < code_.size(); ++at_) {
      step(code_[at_]);
    }
    return spans_;
  }

 private:
  void step(char c) {
    if (c == '\n') {
      ++line_;
      at_line_start_ = true;
    } else if (c == '#' && at_line_start_) {
      skip_directive();
      return;
    } else if (c != ' ') {
      at_line_start_ = false;
    }
    if (c == '{') {
      open();
    } else if (c == '}') {
      close();
    } else if (looking()) {
      collect(c);
    }
  }

  [[nodiscard]] bool looking() const { return blocks_.empty() || blocks_.back() == Block::scope; }

  void collect(char c) {
    parentheses_ += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ';' && parentheses_ == 0) {
      head_.clear();
    } else {
      head_ += c;
    }
  }

  void open() {
    const Block block = looking() ? classify(head_, parentheses_) : blocks_.back();
    if (looking() && block == Block::function) {
      spans_.push_back({on_one_line(head_), line_, line_});
    }
    if (looking() && block != Block::initializer) {
      head_.clear();
      parentheses_ = 0;
    }
    blocks_.push_back(block);
  }

  void close() {
    if (blocks_.empty()) {
      return;
    }
    const Block block = blocks_.back();
    blocks_.pop_back();
    if (!looking()) {
      return;
    }
    if (block == Block::function) {
      spans_.back().last_line = line_;
    }
    if (block == Block::initializer) {
      head_ += '}';  // a constructor's body may follow
    } else {
      head_.clear();
    }
  }

  void skip_directive() {
    while (at_ < code_.size() && code_[at_] != '\n') {
      const bool continued = code_[at_] == '\\' && at_ + 1 < code_.size() && code_[at_ + 1] == '\n';
      line_ += continued ? 1 : 0;
      at_ += continued ? 2 : 1;
    }
    ++line_;
  }

  std::string_view code_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool at_line_start_ = true;
  int parentheses_ = 0;
  std::string head_;
  std::vector<Block> blocks_;
  std::vector<FunctionSpan> spans_;
};

}  // namespace

std::vector<FunctionSpan> find_functions(std::string_view code) {
  return Scanner(code).run();
}

}  // namespace juanzong::structure
