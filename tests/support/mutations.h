// SPDX-License-Identifier: Apache-2.0
// Every way to damage a byte string a little: each prefix, one more byte, each byte changed in
// several ways. What a parser accepts of them must be written back as the same bytes.
#pragma once

#include "crypto/byte_view.h"

#include <cstddef>
#include <functional>
#include <optional>

namespace juanzong::testing {

inline void for_each_mutation(const Bytes& original,
                              const std::function<void(const Bytes&, std::size_t)>& visit) {
  for (std::size_t size = 0; size < original.size(); ++size) {
    visit(Bytes(original.begin(), original.begin() + static_cast<std::ptrdiff_t>(size)), size);
  }
  for (const std::uint8_t extra : Bytes{0x00, 0x01, 0xff}) {
    Bytes longer = original;
    longer.push_back(extra);
    visit(longer, original.size());
  }
  for (std::size_t at = 0; at < original.size(); ++at) {
    for (const std::uint8_t change : Bytes{0x01, 0x02, 0x08, 0x40, 0x80, 0xff}) {
      Bytes changed = original;
      changed[at] ^= change;
      visit(changed, at);
    }
  }
}

// `write_back` answers nullopt when the parser refuses. Counts what was accepted unchanged.
struct MutationCount {
  std::size_t refused = 0;
  std::size_t same = 0;
  std::size_t other = 0;  // must stay 0
  std::size_t first_other_at = 0;
};
inline MutationCount count_mutations(
    const Bytes& original, const std::function<std::optional<Bytes>(const Bytes&)>& write_back) {
  MutationCount count;
  for_each_mutation(original, [&](const Bytes& mutated, std::size_t at) {
    const std::optional<Bytes> again = write_back(mutated);
    if (!again) {
      ++count.refused;
    } else if (*again == mutated) {
      ++count.same;
    } else {
      count.first_other_at = count.other == 0 ? at : count.first_other_at;
      ++count.other;
    }
  });
  return count;
}

}  // namespace juanzong::testing
