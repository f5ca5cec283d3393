// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/purity.h"

#include "tests/structure/code_view.h"
#include "tests/structure/layering.h"

#include <algorithm>
#include <array>
#include <string>

namespace juanzong::structure {
namespace {

struct Ban {
  std::string_view word;
  Match match;
  std::string_view remedy;
};

constexpr std::string_view use_stamp = "use the time that the writer stamped on the statement";
constexpr std::string_view use_fields = "the client draws it; take it from the statement";
constexpr std::string_view use_state = "rules read the statement, their state and World only";
constexpr std::string_view use_writer = "rules run on the one writer thread and share nothing";
constexpr std::string_view use_money = "use Money or integer arithmetic from events/model";
constexpr std::string_view use_sorted = "use std::map, std::set or a sorted vector: order shows";
constexpr std::string_view use_result = "return a Result or a refusal; the caller reports it";
constexpr std::string_view use_bytes = "compare and write bytes; texts are made by the reader";

constexpr std::array bans = {
    Ban{"system_clock", Match::word, use_stamp},
    Ban{"steady_clock", Match::word, use_stamp},
    Ban{"high_resolution_clock", Match::word, use_stamp},
    Ban{"utc_clock", Match::word, use_stamp},
    Ban{"time", Match::call, use_stamp},
    Ban{"clock", Match::call, use_stamp},
    Ban{"gettimeofday", Match::word, use_stamp},
    Ban{"clock_gettime", Match::word, use_stamp},
    Ban{"localtime", Match::call, use_stamp},
    Ban{"gmtime", Match::call, use_stamp},
    Ban{"locate_zone", Match::word, "use the ledger's zone table"},
    Ban{"current_zone", Match::word, "use the ledger's zone table"},
    Ban{"__DATE__", Match::word, use_stamp},
    Ban{"__TIME__", Match::word, use_stamp},
    Ban{"random_device", Match::word, use_fields},
    Ban{"mt19937", Match::word, use_fields},
    Ban{"mt19937_64", Match::word, use_fields},
    Ban{"default_random_engine", Match::word, use_fields},
    Ban{"rand", Match::call, use_fields},
    Ban{"random", Match::call, use_fields},
    Ban{"getrandom", Match::word, use_fields},
    Ban{"getenv", Match::word, use_state},
    Ban{"fstream", Match::word, use_state},
    Ban{"ifstream", Match::word, use_state},
    Ban{"ofstream", Match::word, use_state},
    Ban{"FILE", Match::word, use_state},
    Ban{"fopen", Match::word, use_state},
    Ban{"filesystem", Match::word, use_state},
    Ban{"thread", Match::word, use_writer},
    Ban{"jthread", Match::word, use_writer},
    Ban{"mutex", Match::word, use_writer},
    Ban{"shared_mutex", Match::word, use_writer},
    Ban{"lock_guard", Match::word, use_writer},
    Ban{"atomic", Match::word, use_writer},
    Ban{"thread_local", Match::word, use_writer},
    Ban{"condition_variable", Match::word, use_writer},
    Ban{"float", Match::word, use_money},
    Ban{"double", Match::word, use_money},
    Ban{"unordered_map", Match::word, use_sorted},
    Ban{"unordered_set", Match::word, use_sorted},
    Ban{"unordered_multimap", Match::word, use_sorted},
    Ban{"unordered_multiset", Match::word, use_sorted},
    Ban{"locale", Match::word, use_bytes},
    Ban{"setlocale", Match::word, use_bytes},
    Ban{"toupper", Match::word, use_bytes},
    Ban{"tolower", Match::word, use_bytes},
    Ban{"cout", Match::word, use_result},
    Ban{"cerr", Match::word, use_result},
    Ban{"printf", Match::call, use_result},
    Ban{"fprintf", Match::call, use_result},
};

constexpr std::array<std::string_view, 14> banned_headers = {"random",
                                                             "fstream",
                                                             "iostream",
                                                             "filesystem",
                                                             "thread",
                                                             "mutex",
                                                             "shared_mutex",
                                                             "atomic",
                                                             "future",
                                                             "locale",
                                                             "unordered_map",
                                                             "unordered_set",
                                                             "condition_variable",
                                                             "ctime"};

Finding finding_at(const SourceFile& file,
                   std::size_t line,
                   std::string what,
                   std::string_view why) {
  return {file.path, line, std::move(what) + " in a rule: " + std::string(why)};
}

void check_ban(const SourceFile& file, const Ban& ban, Findings& findings) {
  for (const std::size_t at : find_words(file.code, ban.word)) {
    const std::size_t line_begin = file.code.rfind('\n', at) + 1;
    const bool directive = file.code[next_solid(file.code, line_begin)] == '#';
    if (!directive && is_use(file.code, at, ban.word, ban.match)) {
      findings.push_back(
          finding_at(file, line_of(file.code, at), std::string(ban.word), ban.remedy));
    }
  }
}

}  // namespace

bool is_use(std::string_view code, std::size_t position, std::string_view word, Match match) {
  if (match == Match::word) {
    return true;
  }
  const std::size_t next = next_solid(code, position + word.size());
  if (next == std::string_view::npos || code[next] != '(') {
    return false;
  }
  const std::string_view before = code.substr(0, position);
  const auto ends = [&before](std::string_view end) {
    return before.size() >= end.size() && before.substr(before.size() - end.size()) == end;
  };
  const std::size_t last = previous_solid(code, position);
  // `Millis time() const` declares a member; `return time(` calls.
  const bool declared =
      last != std::string_view::npos && is_word_char(code[last]) && !ends("return ");
  const bool member = ends(".") || ends("->") || (ends("::") && !ends("std::") && !ends(" ::"));
  return !member && !declared;
}

Findings check_purity(const SourceFile& file) {
  if (file.language != Language::cpp || !is_below(file, "events/procedures")) {
    return {};
  }
  Findings findings;
  for (const Include& include : includes_of(file)) {
    if (std::find(banned_headers.begin(), banned_headers.end(), include.target) !=
        banned_headers.end()) {
      findings.push_back(finding_at(file, include.line, "<" + include.target + ">", use_state));
    }
  }
  for (const Ban& ban : bans) {
    check_ban(file, ban, findings);
  }
  return findings;
}

}  // namespace juanzong::structure
