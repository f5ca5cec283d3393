// SPDX-License-Identifier: Apache-2.0
#include "crypto/proof_text.h"

#include "crypto/base64.h"

namespace juanzong::crypto {
namespace {

std::string with_hashes(std::string text, std::span<const Digest> hashes, std::string_view note) {
  for (const Digest& hash : hashes) {
    text.append(base64_encode(hash.view())).append("\n");
  }
  return text.append("\n").append(note);
}

}  // namespace

std::string inclusion_proof_text(std::uint64_t index,
                                 std::span<const Digest> path,
                                 std::string_view note) {
  return with_hashes("c2sp.org/tlog-proof@v1\nindex " + std::to_string(index) + "\n", path, note);
}

std::string consistency_proof_text(std::uint64_t old_size,
                                   std::span<const Digest> proof,
                                   std::string_view note) {
  return with_hashes("old " + std::to_string(old_size) + "\n", proof, note);
}

}  // namespace juanzong::crypto
