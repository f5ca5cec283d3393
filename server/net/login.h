// SPDX-License-Identifier: Apache-2.0
// Login: a challenge signed with the actor's key. It holds the server's nonce (no replay), the
// channel binding (no relay to another connection) and the ledger (no use elsewhere).
//
//   "juanzong/login/v1\n" ‖ ledger (u16 length) ‖ nonce 32 ‖ channel binding 32 ‖ key id 32
//
// On plain TCP the binding is 32 zero bytes.
#pragma once

#include "crypto/signature.h"

#include "events/model/result.h"

#include "server/net/tls.h"
#include "server/wire/message.h"

#include <string_view>

namespace juanzong {

inline constexpr std::size_t ledger_name_bytes_max = 255;

struct LoginChallenge {
  message::Nonce nonce{};
  ChannelBinding binding{};
};

[[nodiscard]] message::Nonce make_nonce();
[[nodiscard]] Bytes login_bytes(const LoginChallenge& challenge,
                                std::string_view ledger,
                                const crypto::PublicKey& key);
[[nodiscard]] message::Login make_login(const LoginChallenge& challenge,
                                        std::string ledger,
                                        const crypto::PrivateKey& key,
                                        std::string client);
// bad_signature, or malformed_request for an overlong name.
[[nodiscard]] Outcome check_login(const LoginChallenge& challenge, const message::Login& login);

}  // namespace juanzong
