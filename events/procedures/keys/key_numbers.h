// SPDX-License-Identifier: Apache-2.0
// Key numbers (按序编号): a series and a running number, "K-0001" or "3-1-1202-1". The first number
// of a series is free, so that an old register can be carried on; every later one is the next.
#pragma once

#include "events/procedures/procedure.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::keys {

struct KeyNumber {
  std::string series;  // "K-"
  std::uint64_t number = 0;
};
// nullopt without digits at the end, or with more than 18 of them.
[[nodiscard]] std::optional<KeyNumber> parse_key_number(std::string_view key_no);

// Judges the new numbers of one event in their order.
class NumberCheck {
 public:
  NumberCheck(const World& world, Decision& decision) : world_(world), decision_(decision) {}
  void take(std::string_view key_no);

 private:
  const World& world_;
  Decision& decision_;
  std::map<std::string, std::uint64_t> last_;
};

void use_key_number(WorldChange& world, std::string_view key_no);

}  // namespace juanzong::keys
