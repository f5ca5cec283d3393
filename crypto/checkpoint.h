// SPDX-License-Identifier: Apache-2.0
// Checkpoints (C2SP tlog-checkpoint v1): the signed head of a log, as the text of a signed note.
//
//   origin "\n"              names the log; equals the name of its key
//   size "\n"                ASCII decimal without leading zeros
//   base64(root[32]) "\n"
//
// Extension lines, which the format allows and advises against, are refused: nobody could audit
// what they claim, and a struct of three fields would silently drop them.
#pragma once

#include "crypto/digest.h"
#include "crypto/message_signer.h"
#include "crypto/note_key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

// Go's tools count in int64; a larger size would be refused by every witness.
inline constexpr std::uint64_t checkpoint_size_max = 0x7FFF'FFFF'FFFF'FFFF;

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;

  bool operator==(const Checkpoint&) const = default;
};

// nullopt if the origin is empty or not one line, the size above the limit, or the size 0 with
// another root than the empty tree's.
[[nodiscard]] std::optional<std::string> format_checkpoint(const Checkpoint& checkpoint);

// Accepts exactly what format_checkpoint writes.
[[nodiscard]] std::optional<Checkpoint> parse_checkpoint(std::string_view text);

// A note signed with the log's key; nullopt also if the key's name is not the origin. Signing two
// checkpoints that are not consistent with each other ruins the log: the caller decides once.
[[nodiscard]] std::optional<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                                         const SignerKey& log_key);
[[nodiscard]] std::optional<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                                         const VerifierKey& log_key,
                                                         const MessageSigner& signer);

// The checkpoint of a note signed by the log. Its origin must be the key's name, so that a key
// trusted for one log cannot speak for another. Signatures by other keys are ignored.
[[nodiscard]] std::optional<Checkpoint> open_checkpoint(std::string_view note,
                                                        const VerifierKey& log_key);

}  // namespace juanzong::crypto
