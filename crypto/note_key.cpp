// SPDX-License-Identifier: Apache-2.0
#include "crypto/note_key.h"

#include "crypto/base64.h"
#include "crypto/hex.h"
#include "crypto/note_text.h"
#include "crypto/secret_bytes.h"
#include "crypto/sha256.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace juanzong::crypto {
namespace {

constexpr std::string_view signer_prefix = "PRIVATE+KEY+";
constexpr std::size_t encoded_key_size_bytes = 1 + 32;

using EncodedKey = std::array<std::uint8_t, encoded_key_size_bytes>;

EncodedKey encode_key(NoteKeyType type, std::span<const std::uint8_t, 32> key) {
  EncodedKey encoded{static_cast<std::uint8_t>(type)};
  std::copy(key.begin(), key.end(), encoded.begin() + 1);
  return encoded;
}

std::uint32_t compute_key_id(std::string_view name, ByteView encoded_key) {
  const std::string line = std::string(name) + '\n';
  const Digest digest = sha256(bytes_of(line), encoded_key);
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    id = (id << 8U) | digest.bytes[i];
  }
  return id;
}

std::string hex8(std::uint32_t value) {
  std::array<std::uint8_t, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[i] = static_cast<std::uint8_t>(value >> (24U - 8U * i));
  }
  return hex_encode(bytes);
}

std::string join(std::string_view name, std::uint32_t key_id, ByteView encoded_key) {
  return std::string(name) + '+' + hex8(key_id) + '+' + base64_encode(encoded_key);
}

// name + "+" + hex8 + "+" + base64(type ‖ 32 bytes), not yet judged.
struct KeyParts {
  std::string_view name;
  std::string_view id_hex;
  NoteKeyType type{};
  std::array<std::uint8_t, 32> key{};
};

// Names hold no '+', so the first two separate; base64 may hold more.
std::optional<KeyParts> split(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second =
      first == std::string_view::npos ? std::string_view::npos : text.find('+', first + 1);
  if (second == std::string_view::npos) {
    return std::nullopt;
  }
  std::optional<Bytes> encoded = base64_decode(text.substr(second + 1));
  if (!encoded || encoded->size() != encoded_key_size_bytes) {
    return std::nullopt;
  }
  KeyParts parts;
  parts.name = text.substr(0, first);
  parts.id_hex = text.substr(first + 1, second - first - 1);
  parts.type = static_cast<NoteKeyType>(encoded->front());
  std::copy(encoded->begin() + 1, encoded->end(), parts.key.begin());
  wipe(*encoded);
  return parts;
}

}  // namespace

VerifierKey::VerifierKey(std::string_view name, const PublicKey& public_key, NoteKeyType type)
    : name_(name),
      type_(type),
      public_key_(public_key),
      key_id_(compute_key_id(name, encode_key(type, public_key.bytes))) {}

std::optional<VerifierKey> VerifierKey::create(std::string_view name,
                                               const PublicKey& public_key,
                                               NoteKeyType type) {
  const bool known_type = type == NoteKeyType::ed25519 || type == NoteKeyType::cosignature_v1;
  if (!known_type || !is_key_name(name) || !is_acceptable(public_key)) {
    return std::nullopt;
  }
  return VerifierKey(name, public_key, type);
}

std::optional<VerifierKey> VerifierKey::parse(std::string_view text) {
  const auto parts = split(text);
  if (!parts) {
    return std::nullopt;
  }
  auto key = create(parts->name, PublicKey{parts->key}, parts->type);
  if (!key || hex8(key->key_id()) != parts->id_hex) {
    return std::nullopt;
  }
  return key;
}

std::string VerifierKey::text() const {
  return join(name_, key_id_, encode_key(type_, public_key_.bytes));
}

bool VerifierKey::is_named_by(const NoteSignature& signature) const {
  return signature.key_id == key_id_ && signature.name == name_;
}

SignerKey::SignerKey(VerifierKey verifier, PrivateKey private_key)
    : verifier_(std::move(verifier)), private_key_(std::move(private_key)) {}

std::optional<SignerKey> SignerKey::create(std::string_view name,
                                           PrivateKey private_key,
                                           NoteKeyType type) {
  auto verifier = VerifierKey::create(name, private_key.public_key(), type);
  if (!verifier) {
    return std::nullopt;
  }
  return SignerKey(*std::move(verifier), std::move(private_key));
}

std::optional<SignerKey> SignerKey::parse(std::string_view text) {
  if (!text.starts_with(signer_prefix)) {
    return std::nullopt;
  }
  auto parts = split(text.substr(signer_prefix.size()));
  if (!parts) {
    return std::nullopt;
  }
  auto signer = create(parts->name, PrivateKey::from_seed(parts->key), parts->type);
  wipe(parts->key);
  if (!signer || hex8(signer->verifier().key_id()) != parts->id_hex) {
    return std::nullopt;
  }
  return signer;
}

std::string SignerKey::secret_text() const {
  EncodedKey encoded = encode_key(verifier_.type(), private_key_.seed());
  std::string text =
      std::string(signer_prefix) + join(verifier_.name(), verifier_.key_id(), encoded);
  wipe(encoded);
  return text;
}

}  // namespace juanzong::crypto
