// SPDX-License-Identifier: Apache-2.0
// An Ed25519 key in a token (HSM, UKey) that never gives it out: PKCS#11 v3.0 CKM_EDDSA, called in
// the vendor's module directly. OpenSSL 3.0's engine for PKCS#11 cannot load Ed25519 keys
// (RELIABILITY L17).
#pragma once

#include "crypto/message_signer.h"
#include "crypto/passphrase.h"

#include <memory>
#include <string>
#include <variant>

namespace juanzong::crypto {

struct Pkcs11Place {
  std::string module = {};  // file of the vendor's library
  std::string token = {};   // label of the token
  std::string label = {};   // of the private key; "": any of the token's, as the public key decides
};

enum class Pkcs11Error {
  module_not_loaded,
  no_such_token,
  pin_refused,
  no_such_key,  // none of the label whose signatures verify under the public key
  token_failed,
};
[[nodiscard]] const char* name_of(Pkcs11Error error);

// The signer keeps the PIN, so that it can log in again when the token was away. Before it is
// given out it has signed something that verified under `public_key`.
[[nodiscard]] std::variant<std::unique_ptr<MessageSigner>, Pkcs11Error> open_pkcs11_signer(
    const Pkcs11Place& place, Passphrase pin, const PublicKey& public_key);

}  // namespace juanzong::crypto
