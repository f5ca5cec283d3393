// SPDX-License-Identifier: Apache-2.0
// Signed notes (C2SP signed-note v1): a text, a blank line, and one line per signature.
//
//   text             UTF-8, ends with a newline; may itself contain blank lines
//   "\n"             the last blank line separates
//   "— " name " " base64(key id[4] ‖ blob) "\n"      one to signature_count_max times
//
// Signed are the bytes of the text with its last newline, without the blank line. Parsing is
// strict and formatting its exact inverse, so a parsed note can be stored and compared by bytes.
#pragma once

#include "crypto/message_signer.h"
#include "crypto/note_key.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::crypto {

// Beyond these a note is refused before any signature is checked; the count is Go's sumdb/note's.
inline constexpr std::size_t note_signature_count_max = 100;
inline constexpr std::size_t note_size_bytes_max = 1'000'000;

struct SignedNote {
  std::string text;
  std::vector<NoteSignature> signatures;

  bool operator==(const SignedNote&) const = default;
};

// Checks the form only: a parsed note proves nothing.
[[nodiscard]] std::optional<SignedNote> parse_note(std::string_view bytes);

// The bytes of a note; nullopt if parse_note would not give the same note back.
[[nodiscard]] std::optional<std::string> format_note(const SignedNote& note);

// One signature line with its newline: what a witness answers, to be appended to a note.
[[nodiscard]] std::string format_signature_line(const NoteSignature& signature);

// Signs with a key of type ed25519; nullopt for another type or if the text is no note text.
[[nodiscard]] std::optional<NoteSignature> sign_text(const SignerKey& signer,
                                                     std::string_view text);

// The same by a key that may be kept elsewhere; nullopt also if it is not the verifier key's other
// half: what it signs is verified before it is given out.
[[nodiscard]] std::optional<NoteSignature> sign_text(const VerifierKey& key,
                                                     const MessageSigner& signer,
                                                     std::string_view text);

// A whole note with one signature.
[[nodiscard]] std::optional<std::string> sign_note(const SignerKey& signer, std::string_view text);

// Verifies by the key's own type. False if the signature names another key.
[[nodiscard]] bool verify_signature(const VerifierKey& key,
                                    std::string_view text,
                                    const NoteSignature& signature);

// Opens a note against the keys that the caller trusts. Signatures by other keys are ignored and
// left out of the result; one bad signature by a trusted key refuses the whole note, and so does
// the lack of any good one. Repeated signatures by one key are each checked and kept once.
[[nodiscard]] std::optional<SignedNote> open_note(std::string_view bytes,
                                                  std::span<const VerifierKey> trusted_keys);

}  // namespace juanzong::crypto
