// SPDX-License-Identifier: Apache-2.0
#include "crypto/signed_note.h"

#include "crypto/base64.h"
#include "crypto/cosignature.h"
#include "crypto/note_text.h"

#include <algorithm>

namespace juanzong::crypto {
namespace {

constexpr std::string_view signature_prefix = "\u2014 ";
constexpr std::size_t key_id_size_bytes = 4;

std::uint32_t read_key_id(ByteView bytes) {
  std::uint32_t id = 0;
  for (const std::uint8_t byte : bytes.first(key_id_size_bytes)) {
    id = (id << 8U) | byte;
  }
  return id;
}

// A line without its newline. At least one byte must follow the key id.
std::optional<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(signature_prefix)) {
    return std::nullopt;
  }
  line.remove_prefix(signature_prefix.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) {
    return std::nullopt;
  }
  const std::optional<Bytes> decoded = base64_decode(line.substr(space + 1));
  if (!decoded || decoded->size() <= key_id_size_bytes) {
    return std::nullopt;
  }
  return NoteSignature{std::string(line.substr(0, space)),
                       read_key_id(*decoded),
                       Bytes(decoded->begin() + key_id_size_bytes, decoded->end())};
}

NoteSignature signature_of(const VerifierKey& key, const Signature& signature) {
  return {key.name(), key.key_id(), Bytes(signature.bytes.begin(), signature.bytes.end())};
}

bool contains_key(const std::vector<NoteSignature>& signatures, const VerifierKey& key) {
  return std::any_of(signatures.begin(), signatures.end(), [&](const NoteSignature& signature) {
    return key.is_named_by(signature);
  });
}

// Moves a signature into `verified`, or leaves it out if no trusted key is named. False if a
// trusted key is named that did not sign. Two keys may share a name and a 4-byte id by accident or
// malice; then all of them must have signed, which is the strict reading.
bool admit(const NoteSignature& signature,
           std::string_view text,
           std::span<const VerifierKey> trusted_keys,
           std::vector<NoteSignature>& verified) {
  for (const VerifierKey& key : trusted_keys) {
    if (!key.is_named_by(signature)) {
      continue;
    }
    if (!verify_signature(key, text, signature)) {
      return false;
    }
    if (!contains_key(verified, key)) {
      verified.push_back(signature);
    }
  }
  return true;
}

}  // namespace

std::optional<SignedNote> parse_note(std::string_view bytes) {
  const std::size_t blank_line = bytes.rfind("\n\n");
  if (blank_line == std::string_view::npos || bytes.size() > note_size_bytes_max ||
      !is_note_text(bytes)) {
    return std::nullopt;
  }
  SignedNote note;
  note.text = bytes.substr(0, blank_line + 1);
  std::string_view lines = bytes.substr(blank_line + 2);
  while (!lines.empty()) {
    const std::size_t newline = lines.find('\n');
    auto signature = parse_signature_line(lines.substr(0, newline));
    if (!signature || note.signatures.size() == note_signature_count_max) {
      return std::nullopt;
    }
    note.signatures.push_back(*std::move(signature));
    lines.remove_prefix(newline + 1);
  }
  if (note.signatures.empty()) {
    return std::nullopt;
  }
  return note;
}

std::optional<std::string> format_note(const SignedNote& note) {
  std::string bytes = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) {
    bytes += format_signature_line(signature);
  }
  if (parse_note(bytes) != note) {
    return std::nullopt;
  }
  return bytes;
}

std::string format_signature_line(const NoteSignature& signature) {
  Bytes decoded;
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    decoded.push_back(static_cast<std::uint8_t>(signature.key_id >> (shift - 8)));
  }
  decoded.insert(decoded.end(), signature.blob.begin(), signature.blob.end());
  std::string line(signature_prefix);
  line += signature.name;
  line += ' ';
  line += base64_encode(decoded);
  line += '\n';
  return line;
}

std::optional<NoteSignature> sign_text(const SignerKey& signer, std::string_view text) {
  const VerifierKey& key = signer.verifier();
  if (key.type() != NoteKeyType::ed25519 || !is_note_text(text)) {
    return std::nullopt;
  }
  return signature_of(key, signer.private_key().sign(bytes_of(text)));
}

std::optional<NoteSignature> sign_text(const VerifierKey& key,
                                       const MessageSigner& signer,
                                       std::string_view text) {
  if (key.type() != NoteKeyType::ed25519 || !is_note_text(text)) {
    return std::nullopt;
  }
  const std::optional<Signature> signature = signer.sign(bytes_of(text));
  if (!signature || !verify(key.public_key(), bytes_of(text), *signature)) {
    return std::nullopt;
  }
  return signature_of(key, *signature);
}

std::optional<std::string> sign_note(const SignerKey& signer, std::string_view text) {
  auto signature = sign_text(signer, text);
  if (!signature) {
    return std::nullopt;
  }
  return format_note({std::string(text), {*std::move(signature)}});
}

bool verify_signature(const VerifierKey& key,
                      std::string_view text,
                      const NoteSignature& signature) {
  if (key.type() == NoteKeyType::cosignature_v1) {
    return verify_cosignature(key, text, signature).has_value();
  }
  if (!key.is_named_by(signature) || signature.blob.size() != Signature::size_bytes) {
    return false;
  }
  Signature raw;
  std::copy(signature.blob.begin(), signature.blob.end(), raw.bytes.begin());
  return verify(key.public_key(), bytes_of(text), raw);
}

std::optional<SignedNote> open_note(std::string_view bytes,
                                    std::span<const VerifierKey> trusted_keys) {
  std::optional<SignedNote> note = parse_note(bytes);
  if (!note) {
    return std::nullopt;
  }
  std::vector<NoteSignature> verified;
  for (const NoteSignature& signature : note->signatures) {
    if (!admit(signature, note->text, trusted_keys, verified)) {
      return std::nullopt;
    }
  }
  if (verified.empty()) {
    return std::nullopt;
  }
  note->signatures = std::move(verified);
  return note;
}

}  // namespace juanzong::crypto
