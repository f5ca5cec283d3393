// SPDX-License-Identifier: Apache-2.0
#include "crypto/proof_text.h"

#include "crypto/base64.h"

#include <algorithm>
#include <charconv>

namespace juanzong::crypto {
namespace {

constexpr std::string_view inclusion_title = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view extra_title = "extra ";
constexpr std::string_view index_title = "index ";
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
                                 std::string_view note,
                                 ByteView extra) {
  std::string text(inclusion_title);
  if (!extra.empty()) {
    text.append(extra_title).append(base64_encode(extra)).append("\n");
  }
  text.append(index_title).append(std::to_string(index)).append("\n");
  return with_hashes(std::move(text), path, note);
}

std::optional<InclusionProof> parse_inclusion_proof(std::string_view text) {
  InclusionProof proof;
  std::string_view rest = text;
  rest.remove_prefix(rest.starts_with(inclusion_title) ? inclusion_title.size() : 0);
  if (rest.starts_with(extra_title)) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    proof.extra = base64_decode(line.substr(extra_title.size())).value_or(Bytes());
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  const bool read = read_proof(rest, index_title, proof.index, proof.path, proof.note);
  // One spelling only: what was read must write the same text.
  return read && inclusion_proof_text(proof.index, proof.path, proof.note, proof.extra) == text
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
