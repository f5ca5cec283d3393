// SPDX-License-Identifier: Apache-2.0
// Whoever signs messages with an Ed25519 key, wherever the key is kept: in a file, or in a token
// that never gives it out.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/signature.h"

#include <optional>
#include <utility>

namespace juanzong::crypto {

class MessageSigner {
 public:
  MessageSigner() = default;
  MessageSigner(const MessageSigner&) = delete;
  MessageSigner& operator=(const MessageSigner&) = delete;
  virtual ~MessageSigner() = default;

  [[nodiscard]] virtual const PublicKey& public_key() const = 0;
  // RFC 8032. nullopt: cannot sign now. Safe from several threads.
  [[nodiscard]] virtual std::optional<Signature> sign(ByteView message) const = 0;
};

// A key in this process's memory.
class MemorySigner final : public MessageSigner {
 public:
  explicit MemorySigner(PrivateKey key) : key_(std::move(key)) {}

  [[nodiscard]] const PublicKey& public_key() const override { return key_.public_key(); }
  [[nodiscard]] std::optional<Signature> sign(ByteView message) const override {
    return key_.sign(message);
  }

 private:
  PrivateKey key_;
};

}  // namespace juanzong::crypto
