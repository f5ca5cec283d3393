// SPDX-License-Identifier: Apache-2.0
// Timestamped Ed25519 cosignatures of checkpoints (C2SP tlog-cosignature v1): a witness says that
// at this time this was the largest consistent tree it had seen for the checkpoint's origin.
//
//   signed message   "cosignature/v1\n" ‖ "time " ‖ decimal ‖ "\n" ‖ note text
//   blob in a note   timestamp (u64, big-endian, POSIX seconds) ‖ Ed25519 signature[64]
//
// The message does not name the cosigner, so every role needs its own key.
#pragma once

#include "crypto/note_key.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace juanzong::crypto {

inline constexpr std::uint64_t cosignature_time_unix_seconds_max = 0x7FFF'FFFF'FFFF'FFFF;

// `note_text` is the text of the note with its last newline, without signature lines. nullopt
// unless the key is of type cosignature_v1, the text a note text and the time within the limit.
[[nodiscard]] std::optional<NoteSignature> cosign(const SignerKey& signer,
                                                  std::string_view note_text,
                                                  std::uint64_t time_unix_seconds);

// The time the cosigner vouches for; nullopt if the signature is not by this key over this text.
[[nodiscard]] std::optional<std::uint64_t> verify_cosignature(const VerifierKey& key,
                                                              std::string_view note_text,
                                                              const NoteSignature& signature);

}  // namespace juanzong::crypto
