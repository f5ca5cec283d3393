// SPDX-License-Identifier: Apache-2.0
// Views of C++ text for checkers that search words: comments and literals become spaces, so that
// a banned word inside a message or a planted sample is not a finding. Lines keep their numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::structure {

enum class Comments { blank, keep };

// The text with the inside of string and character literals blanked, and comments as asked.
[[nodiscard]] std::string code_view(std::string_view text, Comments comments);

[[nodiscard]] bool is_word_char(char c);

// First place at or after `from` where `word` stands with no word character on either side.
[[nodiscard]] std::size_t find_word(std::string_view code, std::string_view word, std::size_t from);
// All such places, ascending.
[[nodiscard]] std::vector<std::size_t> find_words(std::string_view code, std::string_view word);

// Index of the next or previous character that is not white space; npos when there is none.
[[nodiscard]] std::size_t next_solid(std::string_view code, std::size_t from);
[[nodiscard]] std::size_t previous_solid(std::string_view code, std::size_t before);

// Line number, from 1, of a position.
[[nodiscard]] std::size_t line_of(std::string_view text, std::size_t position);

}  // namespace juanzong::structure
