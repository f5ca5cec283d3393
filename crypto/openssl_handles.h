// SPDX-License-Identifier: Apache-2.0
// Owning wrappers for OpenSSL objects. Included by .cpp files only, of this folder and of
// server/net, so that nothing else ever sees an OpenSSL header.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

namespace juanzong::crypto {

template <auto free_function>
struct FreeWith {
  template <typename Object>
  void operator()(Object* object) const noexcept {
    free_function(object);
  }
};

using BioHandle = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER, FreeWith<EVP_CIPHER_free>>;
using CipherContextHandle = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;
using DigestContextHandle = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using DigestAlgorithmHandle = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;
using MacHandle = std::unique_ptr<EVP_MAC, FreeWith<EVP_MAC_free>>;
using MacContextHandle = std::unique_ptr<EVP_MAC_CTX, FreeWith<EVP_MAC_CTX_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;

// For calls that fail only when memory is exhausted or the library is broken. No caller could
// continue safely with a wrong hash, so the process stops and restart verifies what was stored.
inline void require(bool succeeded) {
  if (!succeeded) {
    std::abort();
  }
}

}  // namespace juanzong::crypto
