// SPDX-License-Identifier: Apache-2.0
// The texts in which Merkle proofs travel. Each ends with a checkpoint's signed note, against which
// whoever holds the log's verifier key can check it.
//
//   C2SP tlog-proof v1: one record      C2SP tlog-witness: add-checkpoint, growth since old size
//   "c2sp.org/tlog-proof@v1\n"          "old " size "\n"
//   "extra " base64 "\n"    or nothing  base64(hash) "\n"    of the consistency proof
//   "index " index "\n"                 "\n"
//   base64(hash) "\n"    of the path    note
//   "\n"
//   note
//
// Nothing signs the extra data: whoever reads it verifies it by itself, or ignores it. Ours are
// events/log/time_evidence.h.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::crypto {

[[nodiscard]] std::string inclusion_proof_text(std::uint64_t index,
                                               std::span<const Digest> path,
                                               std::string_view note,
                                               ByteView extra = {});
struct InclusionProof {
  std::uint64_t index = 0;
  std::vector<Digest> path;
  std::string note;  // not verified
  Bytes extra = {};  // not verified; empty: the line is not there
  bool operator==(const InclusionProof&) const = default;
};
// Accepts exactly what inclusion_proof_text() writes, with any note.
[[nodiscard]] std::optional<InclusionProof> parse_inclusion_proof(std::string_view text);

[[nodiscard]] std::string consistency_proof_text(std::uint64_t old_size,
                                                 std::span<const Digest> proof,
                                                 std::string_view note);

// The body of a witness's add-checkpoint request.
struct ConsistencyProof {
  std::uint64_t old_size = 0;
  std::vector<Digest> hashes;
  std::string note;  // not verified
  bool operator==(const ConsistencyProof&) const = default;
};
[[nodiscard]] std::optional<ConsistencyProof> parse_consistency_proof(std::string_view text);

}  // namespace juanzong::crypto
