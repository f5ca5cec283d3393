// SPDX-License-Identifier: Apache-2.0
// Named Ed25519 keys of C2SP signed-note, in the text forms that Go's sumdb/note reads and writes.
//
//   verifier   name + "+" + hex8(key id) + "+" + base64(type ‖ public key[32])
//   signer     "PRIVATE+KEY+" + name + "+" + hex8(key id) + "+" + base64(type ‖ seed[32])
//   key id     first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key[32]), big-endian
#pragma once

#include "crypto/byte_view.h"
#include "crypto/signature.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

// The type bytes of the format that are implemented here; the values are permanent.
enum class NoteKeyType : std::uint8_t {
  ed25519 = 0x01,
  cosignature_v1 = 0x04,
};

// One signature line, decoded. `blob` is what follows the key id: its meaning depends on the key's
// type, and for unknown keys it is opaque.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes blob;

  bool operator==(const NoteSignature&) const = default;
};

class VerifierKey {
 public:
  // nullopt for names the format forbids and for public keys that is_acceptable refuses.
  [[nodiscard]] static std::optional<VerifierKey> create(std::string_view name,
                                                         const PublicKey& public_key,
                                                         NoteKeyType type = NoteKeyType::ed25519);

  // The text must be exactly what text() gives: the key id has to match, in lower case.
  [[nodiscard]] static std::optional<VerifierKey> parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] NoteKeyType type() const { return type_; }
  [[nodiscard]] std::uint32_t key_id() const { return key_id_; }
  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }

  // True if the signature names this key, which says nothing about its validity.
  [[nodiscard]] bool is_named_by(const NoteSignature& signature) const;

  bool operator==(const VerifierKey&) const = default;

 private:
  VerifierKey(std::string_view name, const PublicKey& public_key, NoteKeyType type);

  std::string name_;
  NoteKeyType type_;
  PublicKey public_key_;
  std::uint32_t key_id_;
};

// Move-only, like the private key inside.
class SignerKey {
 public:
  [[nodiscard]] static std::optional<SignerKey> create(std::string_view name,
                                                       PrivateKey private_key,
                                                       NoteKeyType type = NoteKeyType::ed25519);

  [[nodiscard]] static std::optional<SignerKey> parse(std::string_view text);

  // Holds the secret: wipe it after use.
  [[nodiscard]] std::string secret_text() const;

  [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
  [[nodiscard]] const PrivateKey& private_key() const { return private_key_; }

 private:
  SignerKey(VerifierKey verifier, PrivateKey private_key);

  VerifierKey verifier_;
  PrivateKey private_key_;
};

}  // namespace juanzong::crypto
