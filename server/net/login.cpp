// SPDX-License-Identifier: Apache-2.0
#include "server/net/login.h"

#include "crypto/random_bytes.h"

#include "events/log/request.h"
#include "events/model/byte_io.h"

namespace juanzong {

message::Nonce make_nonce() {
  return crypto::random_array<32>();
}

Bytes login_bytes(const LoginChallenge& challenge,
                  std::string_view ledger,
                  const crypto::PublicKey& key) {
  ByteWriter out;
  out.put(std::string_view("juanzong/login/v1\n"));
  out.put_sized<std::uint16_t>(bytes_of(ledger));
  out.put(ByteView(challenge.nonce)).put(ByteView(challenge.binding));
  out.put(key_id_of(key).view());
  return out.take();
}

message::Login make_login(const LoginChallenge& challenge,
                          std::string ledger,
                          const crypto::PrivateKey& key,
                          std::string client) {
  message::Login login;
  login.public_key = key.public_key();
  login.signature = key.sign(login_bytes(challenge, ledger, key.public_key()));
  login.ledger = std::move(ledger);
  login.client = std::move(client);
  return login;
}

Outcome check_login(const LoginChallenge& challenge, const message::Login& login) {
  if (login.ledger.size() > ledger_name_bytes_max) {
    return fail(ErrorCode::malformed_request, "Login.ledger");
  }
  const Bytes signed_text = login_bytes(challenge, login.ledger, login.public_key);
  const bool good = crypto::is_acceptable(login.public_key) &&
                    crypto::verify(login.public_key, signed_text, login.signature);
  return good ? Outcome(Done{}) : Outcome(fail(ErrorCode::bad_signature, "login"));
}

}  // namespace juanzong
