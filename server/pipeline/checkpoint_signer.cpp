// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/checkpoint_signer.h"

namespace juanzong {

Result<SignedHead> CheckpointSigner::at_least(std::uint64_t size_needed,
                                              const crypto::Checkpoint& newest,
                                              const HeadSigner::Growth& growth) {
  const std::lock_guard lock(mutex_);
  if (cosigned_ && cosigned_->head.size >= size_needed) {
    return *cosigned_;
  }
  if (signed_) {
    if (signed_->head.size == newest.size && signed_->head.root != newest.root) {
      return fail(ErrorCode::corruption, "two roots for one size: not signed");
    }
    if (signed_->head.size >= size_needed || signed_->head.size >= newest.size) {
      return *signed_;
    }
  }
  Result<std::string> note = signer_->sign(newest, growth);
  if (!note) {
    return fail(note.error());
  }
  signed_ = SignedHead{newest, *std::move(note)};
  return *signed_;
}

void CheckpointSigner::adopt(SignedHead cosigned) {
  const std::lock_guard lock(mutex_);
  if (!cosigned_ || cosigned_->head.size <= cosigned.head.size) {
    cosigned_ = std::move(cosigned);
  }
}

std::optional<SignedHead> CheckpointSigner::cosigned() const {
  const std::lock_guard lock(mutex_);
  return cosigned_;
}

std::optional<SignedHead> CheckpointSigner::last() const {
  const std::lock_guard lock(mutex_);
  return signed_;
}

}  // namespace juanzong
