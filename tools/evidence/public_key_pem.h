// SPDX-License-Identifier: Apache-2.0
// Ed25519 public keys as openssl reads them: SubjectPublicKeyInfo (RFC 8410 §4) in PEM, three
// lines.
#pragma once

#include "crypto/signature.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong::evidence {

[[nodiscard]] std::string public_key_pem(const crypto::PublicKey& key);
// Accepts exactly what public_key_pem() writes of keys that crypto::is_acceptable().
[[nodiscard]] std::optional<crypto::PublicKey> parse_public_key_pem(std::string_view text);

}  // namespace juanzong::evidence
