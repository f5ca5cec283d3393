// SPDX-License-Identifier: Apache-2.0
#include "crypto/witness_policy.h"

#include "crypto/cosignature.h"
#include "crypto/signed_note.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace juanzong::crypto {
namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty()) {
      return words;
    }
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    words.push_back(word);
    line.remove_prefix(word.size());
  }
}

std::optional<std::size_t> parse_count(std::string_view text) {
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && count > 0;
  return whole ? std::optional<std::size_t>(count) : std::nullopt;
}

}  // namespace

// One line after the other; the first fault ends it.
struct WitnessPolicy::Reader {
  WitnessPolicy& policy;
  Fault& fault;
  bool has_quorum = false;

  bool refuse(std::string zh, std::string en) {
    fault.zh = std::move(zh);
    fault.en = std::move(en);
    return false;
  }
  bool read_log(const std::vector<std::string_view>& words) {
    const auto key = words.size() == 2 ? VerifierKey::parse(words[1]) : std::nullopt;
    if (!key || key->type() != NoteKeyType::ed25519) {
      return refuse("log 后须为日志验证公钥", "log takes a log's verifier key");
    }
    policy.logs_.push_back(*key);
    return true;
  }
  bool is_new(std::string_view name) {
    if (policy.witnesses_.size() + policy.groups_.size() == policy_names_max) {
      return refuse("见证人与组过多", "too many witnesses and groups");
    }
    return name != "none" && !policy.is_known(name)
               ? true
               : refuse("名称重复或不可用", "the name is taken or not allowed");
  }
  bool read_witness(const std::vector<std::string_view>& words) {
    const bool counted = words.size() == 3 || words.size() == 4;
    const auto key = counted ? VerifierKey::parse(words[2]) : std::nullopt;
    if (!key || key->type() != NoteKeyType::cosignature_v1) {
      return refuse("witness 后须为名称与见证公钥", "witness takes a name and a cosigner's key");
    }
    if (!is_new(words[1])) {
      return false;
    }
    policy.witnesses_.push_back(
        {std::string(words[1]), *key, std::string(words.size() == 4 ? words[3] : "")});
    return true;
  }
  bool read_group(const std::vector<std::string_view>& words) {
    if (words.size() < 4) {
      return refuse("group 后须为名称、个数与成员", "group takes a name, a count and members");
    }
    Group group{std::string(words[1]), 0, {words.begin() + 3, words.end()}};
    const std::size_t members = group.members.size();
    const auto count = words[2] == "all"   ? std::optional<std::size_t>(members)
                       : words[2] == "any" ? std::optional<std::size_t>(1)
                                           : parse_count(words[2]);
    if (!count || *count > members) {
      return refuse("个数须为 all、any 或 1 至成员数",
                    "the count is all, any, or 1 to the members");
    }
    group.needed = *count;
    for (const std::string& member : group.members) {
      if (!policy.is_known(member) || std::ranges::count(group.members, member) > 1) {
        return refuse("成员未在前面列出或重复:" + member, "unknown or repeated member: " + member);
      }
    }
    if (!is_new(words[1])) {
      return false;
    }
    policy.groups_.push_back(std::move(group));
    return true;
  }
  bool read_quorum(const std::vector<std::string_view>& words) {
    const bool named = words.size() == 2 && (words[1] == "none" || policy.is_known(words[1]));
    if (!named || has_quorum) {
      return refuse("quorum 只能出现一次,其后为前面的名称或 none",
                    "quorum comes once and takes a name from above, or none");
    }
    has_quorum = true;
    policy.quorum_ = words[1] == "none" ? "" : words[1];
    return true;
  }
  bool read(std::string_view line) {
    const std::vector<std::string_view> words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) {
      return true;
    }
    if (words.front() == "log") {
      return read_log(words);
    }
    if (words.front() == "witness") {
      return read_witness(words);
    }
    if (words.front() == "group") {
      return read_group(words);
    }
    return words.front() == "quorum" ? read_quorum(words)
                                     : refuse("未知的行", "a line of no known kind");
  }
};

std::optional<WitnessPolicy> WitnessPolicy::parse(std::string_view text, Fault& fault) {
  WitnessPolicy policy;
  Reader reader{policy, fault};
  fault = {};
  while (!text.empty()) {
    ++fault.line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!reader.read(text.substr(0, end))) {
      return std::nullopt;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!reader.has_quorum) {
    reader.refuse("缺少 quorum 行", "there is no quorum line");
    return std::nullopt;
  }
  return policy;
}

bool WitnessPolicy::is_known(std::string_view name) const {
  return std::ranges::find(witnesses_, name, &PolicyWitness::name) != witnesses_.end() ||
         std::ranges::find(groups_, name, &Group::name) != groups_.end();
}

Cosigners WitnessPolicy::cosigners_of(std::string_view note) const {
  Cosigners cosigners;
  const auto parsed = parse_note(note);
  if (!parsed) {
    return cosigners;
  }
  for (const PolicyWitness& witness : witnesses_) {
    for (const NoteSignature& signature : parsed->signatures) {
      const auto time = witness.key.is_named_by(signature)
                            ? verify_cosignature(witness.key, parsed->text, signature)
                            : std::nullopt;
      if (time) {
        cosigners.emplace(witness.name, *time);
      }
    }
  }
  return cosigners;
}

// Groups name only what stands above them, so one pass decides all.
bool WitnessPolicy::is_satisfied_by(const Cosigners& cosigners) const {
  std::set<std::string_view> holding;
  for (const auto& [name, time] : cosigners) {
    holding.insert(name);
  }
  for (const Group& group : groups_) {
    const auto count = std::ranges::count_if(
        group.members, [&](const std::string& member) { return holding.contains(member); });
    if (static_cast<std::size_t>(count) >= group.needed) {
      holding.insert(group.name);
    }
  }
  return quorum_.empty() || holding.contains(quorum_);
}

}  // namespace juanzong::crypto
