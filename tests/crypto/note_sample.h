// SPDX-License-Identifier: Apache-2.0
// Keys with fixed seeds and small helpers shared by the tests of notes.
#pragma once

#include "crypto/note_key.h"
#include "crypto/signed_note.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace juanzong::crypto {

inline SignerKey sample_signer(std::string_view name,
                               std::uint8_t seed_byte,
                               NoteKeyType type = NoteKeyType::ed25519) {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(seed_byte);
  return SignerKey::create(name, PrivateKey::from_seed(seed), type).value();
}

// Calls check(mutant) for every single-bit change, removed byte and truncation of a text.
template <typename Check>
void for_each_text_mutant(std::string_view text, Check check) {
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string mutant(text);
    mutant[bit / 8] = static_cast<char>(mutant[bit / 8] ^ (1 << (bit % 8)));
    check(mutant);
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string mutant(text);
    mutant.erase(at, 1);
    check(mutant);
    check(std::string(text.substr(0, at)));
  }
}

}  // namespace juanzong::crypto
