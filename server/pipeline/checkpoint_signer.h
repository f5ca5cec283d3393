// SPDX-License-Identifier: Apache-2.0
// Signs tree heads. Never two inconsistent ones: sizes only grow, and callers ask only for sizes
// that are durable and covered by the anchor. A signature costs more than a record, so a head that
// covers what is asked for is given again instead of signing a new one.
#pragma once

#include "crypto/checkpoint.h"

#include "events/model/result.h"

#include "server/pipeline/head_signer.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace juanzong {

struct SignedHead {
  crypto::Checkpoint head;
  std::string note;
};

class CheckpointSigner {
 public:
  explicit CheckpointSigner(std::unique_ptr<HeadSigner> signer) : signer_(std::move(signer)) {}

  // A signed head of at least `size_needed` records; `newest` is the durable head to sign if no
  // signed one reaches that far, `growth` its consistency with older ones. Errors
  // as HeadSigner::sign().
  [[nodiscard]] Result<SignedHead> at_least(std::uint64_t size_needed,
                                            const crypto::Checkpoint& newest,
                                            const HeadSigner::Growth& growth);
  // A head that this gave out, with witnesses' cosignatures: given from now on to whoever needs no
  // later one.
  void adopt(SignedHead cosigned);
  // The newest that was adopted.
  [[nodiscard]] std::optional<SignedHead> cosigned() const;
  // The newest that was given out since the start.
  [[nodiscard]] std::optional<SignedHead> last() const;

 private:
  mutable std::mutex mutex_;  // held for one signature at most, which a signer process may delay
  std::unique_ptr<HeadSigner> signer_;
  std::optional<SignedHead> signed_;
  std::optional<SignedHead> cosigned_;
};

}  // namespace juanzong
