// SPDX-License-Identifier: Apache-2.0
#include "server/wire/utf8.h"

namespace juanzong {
namespace {

struct LeadByte {
  std::size_t size = 0;
  unsigned second_min = 0x80;  // narrower for leads that could begin an overlong form or surrogate
  unsigned second_max = 0xBF;
};

LeadByte classify(unsigned lead) {
  if (lead < 0x80) {
    return {1};
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return {2};
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    return {3, lead == 0xE0 ? 0xA0U : 0x80U, lead == 0xED ? 0x9FU : 0xBFU};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    return {4, lead == 0xF0 ? 0x90U : 0x80U, lead == 0xF4 ? 0x8FU : 0xBFU};
  }
  return {};
}

}  // namespace

std::size_t utf8_sequence_bytes(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const auto at = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const LeadByte lead = classify(at(0));
  if (lead.size > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < lead.size; ++i) {
    const unsigned lowest = i == 1 ? lead.second_min : 0x80U;
    const unsigned highest = i == 1 ? lead.second_max : 0xBFU;
    if (at(i) < lowest || at(i) > highest) {
      return 0;
    }
  }
  return lead.size;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = utf8_sequence_bytes(text);
    if (size == 0) {
      return false;
    }
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace juanzong
