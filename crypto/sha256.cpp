// SPDX-License-Identifier: Apache-2.0
#include "crypto/sha256.h"

#include "crypto/openssl_handles.h"

namespace juanzong::crypto {
namespace {

// Fetched once: EVP_sha256() would look the algorithm up under a lock in every call, which costs
// several times the hash of a short record and does not scale to two threads.
const EVP_MD* algorithm() {
  static const DigestAlgorithmHandle fetched{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  require(fetched != nullptr);
  return fetched.get();
}

EVP_MD_CTX* new_context() {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  require(context != nullptr && EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1);
  return context;
}

// A null algorithm keeps the one new_context has set, and so skips its set-up.
void restart(EVP_MD_CTX* context) {
  require(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1);
}

void absorb(EVP_MD_CTX* context, ByteView data) {
  require(EVP_DigestUpdate(context, data.data(), data.size()) == 1);
}

Digest take(EVP_MD_CTX* context) {
  Digest digest;
  require(EVP_DigestFinal_ex(context, digest.bytes.data(), nullptr) == 1);
  return digest;
}

EVP_MD_CTX* thread_context() {
  thread_local const DigestContextHandle context{new_context()};
  return context.get();
}

}  // namespace

Digest sha256(ByteView data) {
  EVP_MD_CTX* context = thread_context();
  restart(context);
  absorb(context, data);
  return take(context);
}

Digest sha256(ByteView first, ByteView second) {
  EVP_MD_CTX* context = thread_context();
  restart(context);
  absorb(context, first);
  absorb(context, second);
  return take(context);
}

void Sha256::ContextDeleter::operator()(evp_md_ctx_st* context) const noexcept {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(new_context()) {}

Sha256& Sha256::update(ByteView data) {
  absorb(context_.get(), data);
  return *this;
}

Digest Sha256::finish() {
  const Digest digest = take(context_.get());
  restart(context_.get());
  return digest;
}

}  // namespace juanzong::crypto
