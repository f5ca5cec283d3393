// SPDX-License-Identifier: Apache-2.0
#include "crypto/proof_text.h"

#include "crypto/base64.h"

#include <algorithm>
#include <charconv>

namespace juanzong::crypto {
namespace {

constexpr std::string_view inclusion_title = "c2sp.org/tlog-proof@v1\nindex ";
constexpr std::string_view consistency_title = "old ";

std::string with_hashes(std::string text, std::span<const Digest> hashes, std::string_view note) {
  for (const Digest& hash : hashes) {
    text.append(base64_encode(hash.view())).append("\n");
  }
  return text.append("\n").append(note);
}

// Title, number, hashes, a blank line, the rest.
bool read_proof(std::string_view text,
                std::string_view title,
                std::uint64_t& number,
                std::vector<Digest>& hashes,
                std::string& note) {
  const std::size_t blank_line = text.find("\n\n");
  if (!text.starts_with(title) || blank_line == std::string_view::npos) {
    return false;
  }
  note = text.substr(blank_line + 2);
  std::string_view lines = text.substr(0, blank_line);
  lines.remove_prefix(title.size());
  std::from_chars(lines.data(), lines.data() + lines.size(), number);
  for (std::size_t at = lines.find('\n'); at != std::string_view::npos; at = lines.find('\n')) {
    lines.remove_prefix(at + 1);
    const auto hash = base64_decode(lines.substr(0, lines.find('\n')));
    if (!hash || hash->size() != Digest::size_bytes) {
      return false;
    }
    std::ranges::copy(*hash, hashes.emplace_back().bytes.begin());
  }
  return true;
}

}  // namespace

std::string inclusion_proof_text(std::uint64_t index,
                                 std::span<const Digest> path,
                                 std::string_view note) {
  return with_hashes(std::string(inclusion_title) + std::to_string(index) + "\n", path, note);
}

std::optional<InclusionProof> parse_inclusion_proof(std::string_view text) {
  InclusionProof proof;
  const bool read = read_proof(text, inclusion_title, proof.index, proof.path, proof.note);
  // One spelling only: what was read must write the same text.
  return read && inclusion_proof_text(proof.index, proof.path, proof.note) == text
             ? std::optional<InclusionProof>(std::move(proof))
             : std::nullopt;
}

std::string consistency_proof_text(std::uint64_t old_size,
                                   std::span<const Digest> proof,
                                   std::string_view note) {
  return with_hashes(std::string(consistency_title) + std::to_string(old_size) + "\n", proof, note);
}

std::optional<ConsistencyProof> parse_consistency_proof(std::string_view text) {
  ConsistencyProof proof;
  const bool read = read_proof(text, consistency_title, proof.old_size, proof.hashes, proof.note);
  return read && consistency_proof_text(proof.old_size, proof.hashes, proof.note) == text
             ? std::optional<ConsistencyProof>(std::move(proof))
             : std::nullopt;
}

}  // namespace juanzong::crypto
