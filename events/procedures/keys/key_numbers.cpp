// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/keys/key_numbers.h"

#include "events/procedures/key_custody.h"
#include "events/procedures/register_numbers.h"

#include <charconv>

namespace juanzong::keys {
namespace {

constexpr std::size_t digits_max = 18;  // fits 64 bits

std::string state_key(std::string_view series) {
  return series_key("key_no", series);
}

}  // namespace

std::optional<KeyNumber> parse_key_number(std::string_view key_no) {
  const std::size_t last_other = key_no.find_last_not_of("0123456789");
  const std::size_t start = last_other == std::string_view::npos ? 0 : last_other + 1;
  const std::string_view digits = key_no.substr(start);
  if (digits.empty() || digits.size() > digits_max) {
    return std::nullopt;
  }
  KeyNumber parsed{std::string(key_no.substr(0, start)), 0};
  std::from_chars(digits.data(), digits.data() + digits.size(), parsed.number);
  return parsed;
}

void NumberCheck::take(std::string_view key_no) {
  const auto parsed = parse_key_number(key_no);
  if (!parsed) {
    decision_.refuse(key_register_rule,
                     {fact("key_no", key_no), fact("expected", "a running number at its end")});
    return;
  }
  const auto* used = world_.find<RegisterNumberState>(state_key(parsed->series));
  const auto seen = last_.find(parsed->series);
  if (used != nullptr || seen != last_.end()) {
    const std::uint64_t next = (seen != last_.end() ? seen->second : used->last) + 1;
    if (parsed->number != next) {
      decision_.refuse(
          key_register_rule,
          {fact("key_no", key_no), fact("expected", parsed->series + std::to_string(next))});
    }
  }
  last_[parsed->series] = parsed->number;
}

void use_key_number(WorldChange& world, std::string_view key_no) {
  if (const auto parsed = parse_key_number(key_no)) {
    world.edit<RegisterNumberState>(state_key(parsed->series)).last = parsed->number;
  }
}

}  // namespace juanzong::keys
