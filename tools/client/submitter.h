// SPDX-License-Identifier: Apache-2.0
// Submitter: appends request after request with the same keys, or unsigned with the session of the
// first key to vouch for them. Keeps the place in the chain of the
// first key, uploads attachments, sends again what got no answer, and signs once more when another
// client of the same key was faster. Not for two threads at once.
#pragma once

#include "tools/client/client.h"
#include "tools/client/request_builder.h"

#include <chrono>
#include <string_view>

namespace juanzong {

class Submitter {
 public:
  // The references outlive the submitter; the client is logged in with the first key.
  Submitter(Client& client,
            RequestBuilder& builder,
            SigningKeys keys,
            std::chrono::milliseconds patience,
            Authentication authentication = Authentication::signature);

  // One line of JSON, as RequestBuilder reads it.
  [[nodiscard]] AppendReply submit(std::string_view line);
  [[nodiscard]] AppendReply submit(DraftRequest draft);

 private:
  void take_chain_from_login();
  [[nodiscard]] AppendReply place_and_send(DraftRequest& draft);

  Client& client_;
  RequestBuilder& builder_;
  const SigningKeys keys_;
  const std::chrono::milliseconds patience_;
  const Authentication authentication_;
  KeyChain chain_;
};

}  // namespace juanzong
