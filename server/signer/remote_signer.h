// SPDX-License-Identifier: Apache-2.0
// RemoteSigner: tree heads of one log signed by a signer process (log_signer.h), which holds the
// key and remembers what it signed. While it does not answer, nothing is signed and everything
// else goes on.
#pragma once

#include "crypto/note_key.h"

#include "server/http/http_message.h"
#include "server/pipeline/head_signer.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace juanzong {

class RemoteSigner final : public HeadSigner {
 public:
  struct Parts {
    crypto::VerifierKey key;  // as record 0 of the ledger names it; what is answered must be of it
    // POSTs a body to /sign-checkpoint; blocks for as long as its patience.
    std::function<Result<HttpResponse>(const std::string& body)> ask;
    // After every question that was put: Done, or why nothing was signed.
    std::function<void(const Outcome& signing)> told = [](const Outcome&) {};
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
  };
  explicit RemoteSigner(Parts parts) : parts_(std::move(parts)) {}

  // A signer that did not answer is not asked again for a second: callers would wait for it.
  [[nodiscard]] Result<std::string> sign(const crypto::Checkpoint& head,
                                         const Growth& growth) override;

 private:
  [[nodiscard]] Result<std::string> ask(const crypto::Checkpoint& head, const Growth& growth);

  Parts parts_;
  std::uint64_t known_ = 0;  // size that the signer signed last
  std::optional<Error> down_;
  std::chrono::steady_clock::time_point ask_again_;
};

}  // namespace juanzong
