// SPDX-License-Identifier: Apache-2.0
// Whoever signs the tree heads of one log: this process with the log's key, or a signer process
// that remembers what it signed (server/signer/remote_signer.h).
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/message_signer.h"
#include "crypto/note_key.h"

#include "events/model/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace juanzong {

class HeadSigner {
 public:
  // Consistency proof from an older size to the head's.
  using Growth = std::function<Result<std::vector<crypto::Digest>>(std::uint64_t old_size)>;

  HeadSigner() = default;
  HeadSigner(const HeadSigner&) = delete;
  HeadSigner& operator=(const HeadSigner&) = delete;
  virtual ~HeadSigner() = default;

  // The note. busy: nobody signs now, ask later. Otherwise the head is not a continuation of what
  // was signed before: ledger_behind_anchor (that went further), corruption (another history), or
  // environment (signed, but not by this log's key). One call at a time.
  [[nodiscard]] virtual Result<std::string> sign(const crypto::Checkpoint& head,
                                                 const Growth& growth) = 0;
};

using HeadSigners = std::map<std::string, std::unique_ptr<HeadSigner>>;  // by ledger name

// Signs whatever head it is given: the caller decides once.
class KeyHeadSigner final : public HeadSigner {
 public:
  // The signer holds the other half of the key.
  KeyHeadSigner(crypto::VerifierKey key, std::unique_ptr<crypto::MessageSigner> signer)
      : key_(std::move(key)), signer_(std::move(signer)) {}

  [[nodiscard]] Result<std::string> sign(const crypto::Checkpoint& head,
                                         const Growth& growth) override;

 private:
  crypto::VerifierKey key_;
  std::unique_ptr<crypto::MessageSigner> signer_;
};

}  // namespace juanzong
