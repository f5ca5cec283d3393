// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) over byte views. The one-shot functions use one context per thread: they
// are safe on any thread, allocate nothing after a thread's first call, and suit short inputs.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include <memory>

struct evp_md_ctx_st;

namespace juanzong::crypto {

[[nodiscard]] Digest sha256(ByteView data);

// SHA-256 of first ‖ second, without joining them in memory.
[[nodiscard]] Digest sha256(ByteView first, ByteView second);

// Streaming hash, for input that does not lie in one piece. Not for use from two threads at once.
class Sha256 {
 public:
  Sha256();

  Sha256& update(ByteView data);

  // Returns the digest of everything since construction or the previous finish, and starts anew.
  [[nodiscard]] Digest finish();

 private:
  struct ContextDeleter {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };

  std::unique_ptr<evp_md_ctx_st, ContextDeleter> context_;
};

}  // namespace juanzong::crypto
