// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/code_view.h"

#include <algorithm>

namespace juanzong::structure {
namespace {

constexpr std::string_view white_space = " \t\r\n";

class Blanker {
 public:
  Blanker(std::string_view text, Comments comments)
      : text_(text), result_(text), comments_(comments) {}

  std::string run() {
    while (at_ < text_.size()) {
      step();
    }
    return result_;
  }

 private:
  void step() {
    if (text_.substr(at_, 2) == "//") {
      skip_comment(std::min(text_.find('\n', at_), text_.size()));
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      skip_comment(end == std::string_view::npos ? text_.size() : end + 2);
    } else if (text_[at_] == '"' && starts_raw_string()) {
      skip_raw_string();
    } else if (text_[at_] == '"' || (text_[at_] == '\'' && !separates_digits())) {
      skip_literal(text_[at_]);
    } else {
      ++at_;
    }
  }

  void blank_until(std::size_t end) {
    for (; at_ < std::min(end, text_.size()); ++at_) {
      if (text_[at_] != '\n') {
        result_[at_] = ' ';
      }
    }
  }

  void skip_comment(std::size_t end) {
    if (comments_ == Comments::keep) {
      at_ = end;
    } else {
      blank_until(end);
    }
  }

  // An unfinished literal ends at the end of its line, so that one slip does not hide a file.
  void skip_literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    ++at_;
    blank_until(end);
    ++at_;
  }

  void skip_raw_string() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      ++at_;
      return;
    }
    const std::string closing = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t end = text_.find(closing, open);
    ++at_;
    blank_until(end == std::string_view::npos ? text_.size() : end + closing.size() - 1);
    ++at_;
  }

  [[nodiscard]] std::string_view word_before(std::string_view extra) const {
    std::size_t begin = at_;
    while (begin > 0 && (is_word_char(text_[begin - 1]) ||
                         extra.find(text_[begin - 1]) != std::string_view::npos)) {
      --begin;
    }
    return text_.substr(begin, at_ - begin);
  }

  [[nodiscard]] bool starts_raw_string() const {
    const std::string_view prefix = word_before("");
    return prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" || prefix == "LR";
  }

  [[nodiscard]] bool separates_digits() const {
    const std::string_view number = word_before("'.");
    return !number.empty() && number.front() >= '0' && number.front() <= '9';
  }

  std::string_view text_;
  std::string result_;
  Comments comments_;
  std::size_t at_ = 0;
};

}  // namespace

std::string code_view(std::string_view text, Comments comments) {
  return Blanker(text, comments).run();
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t find_word(std::string_view code, std::string_view word, std::size_t from) {
  std::size_t at = code.find(word, from);
  while (at != std::string_view::npos) {
    const std::size_t end = at + word.size();
    const bool joined_before = at > 0 && is_word_char(code[at - 1]) && is_word_char(word.front());
    const bool joined_after =
        end < code.size() && is_word_char(code[end]) && is_word_char(word.back());
    if (!joined_before && !joined_after) {
      return at;
    }
    at = code.find(word, at + 1);
  }
  return at;
}

std::vector<std::size_t> find_words(std::string_view code, std::string_view word) {
  std::vector<std::size_t> places;
  for (std::size_t at = find_word(code, word, 0); at != std::string_view::npos;
       at = find_word(code, word, at + 1)) {
    places.push_back(at);
  }
  return places;
}

std::size_t next_solid(std::string_view code, std::size_t from) {
  return code.find_first_not_of(white_space, from);
}

std::size_t previous_solid(std::string_view code, std::size_t before) {
  return before == 0 ? std::string_view::npos : code.find_last_not_of(white_space, before - 1);
}

std::size_t line_of(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, position);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace juanzong::structure
