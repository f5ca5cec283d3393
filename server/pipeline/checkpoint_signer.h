// SPDX-License-Identifier: Apache-2.0
// Signs tree heads. Never two inconsistent ones: sizes only grow, and callers ask only for sizes
// that are durable and covered by the anchor. A signature costs more than a record, so a head that
// covers what is asked for is given again instead of signing a new one.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/note_key.h"

#include "events/model/result.h"

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
  explicit CheckpointSigner(crypto::SignerKey key) : key_(std::move(key)) {}

  // A signed head of at least `size_needed` records; `newest` is the durable head to sign if no
  // signed one reaches that far.
  [[nodiscard]] Result<SignedHead> at_least(std::uint64_t size_needed,
                                            const crypto::Checkpoint& newest);
  // A head that this gave out, with witnesses' cosignatures: given from now on to whoever needs no
  // later one.
  void adopt(SignedHead cosigned);
  // The newest that was adopted.
  [[nodiscard]] std::optional<SignedHead> cosigned() const;

 private:
  mutable std::mutex mutex_;  // held for one signature at most
  crypto::SignerKey key_;
  std::optional<SignedHead> signed_;
  std::optional<SignedHead> cosigned_;
};

}  // namespace juanzong
