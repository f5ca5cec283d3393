// SPDX-License-Identifier: Apache-2.0
// Where the key of a log is kept, and how it is opened for signing.
#pragma once

#include "crypto/message_signer.h"
#include "crypto/note_key.h"
#include "crypto/pkcs11_signer.h"

#include "events/model/result.h"

#include <memory>
#include <string>

namespace juanzong {

struct TokenKey {
  crypto::Pkcs11Place place = {};  // no module: not in a token
  std::string pin_file = {};       // one line, mode 0600
};

struct LogKeySource {
  std::string key = {};              // file of the private key
  std::string passphrase_file = {};  // "": not encrypted, or the passphrase is a systemd credential
  TokenKey token = {};               // instead of a file
};

// environment: the file is missing, or holds another key than the verifier's other half;
// key_file_permissions. Of a token: environment, with the rule's name (pkcs11_signer.h).
[[nodiscard]] Result<std::unique_ptr<crypto::MessageSigner>> open_log_key(
    const LogKeySource& source, const crypto::VerifierKey& verifier);

}  // namespace juanzong
