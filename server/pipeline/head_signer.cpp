// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/head_signer.h"

namespace juanzong {

Result<std::string> KeyHeadSigner::sign(const crypto::Checkpoint& head, const Growth&) {
  auto note = crypto::sign_checkpoint(head, key_, *signer_);
  return note ? Result<std::string>(*std::move(note))
              : fail(ErrorCode::busy, "the log key does not sign for " + head.origin);
}

}  // namespace juanzong
