// SPDX-License-Identifier: Apache-2.0
#include "server/signer/log_key.h"

#include "crypto/key_file.h"

#include "server/data/passphrase_source.h"

#include <utility>
#include <variant>

namespace juanzong {
namespace {

Result<std::unique_ptr<crypto::MessageSigner>> open_token_key(const TokenKey& token,
                                                              const crypto::VerifierKey& verifier) {
  auto pin = crypto::read_passphrase(token.pin_file);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&pin)) {
    return fail(error_of_key_file(*error, token.pin_file));
  }
  auto opened = crypto::open_pkcs11_signer(
      token.place, std::get<crypto::Passphrase>(std::move(pin)), verifier.public_key());
  if (const auto* error = std::get_if<crypto::Pkcs11Error>(&opened)) {
    return fail(ErrorCode::environment,
                token.place.module + ", token " + token.place.token + ", key " + token.place.label +
                    ": " + name_of(*error) + " (" + verifier.name() + ")");
  }
  return std::get<std::unique_ptr<crypto::MessageSigner>>(std::move(opened));
}

}  // namespace

Result<std::unique_ptr<crypto::MessageSigner>> open_log_key(const LogKeySource& source,
                                                            const crypto::VerifierKey& verifier) {
  if (!source.token.place.module.empty()) {
    return open_token_key(source.token, verifier);
  }
  Result<crypto::PrivateKey> key = load_private_key(source.key, {source.passphrase_file});
  if (!key) {
    return fail(key.error());
  }
  if (key->public_key() != verifier.public_key()) {
    return fail(ErrorCode::environment,
                source.key + ": 不是该日志的私钥 / not the private key of " + verifier.name());
  }
  return std::unique_ptr<crypto::MessageSigner>(
      std::make_unique<crypto::MemorySigner>(*std::move(key)));
}

}  // namespace juanzong
