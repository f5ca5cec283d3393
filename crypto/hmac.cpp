// SPDX-License-Identifier: Apache-2.0
#include "crypto/hmac.h"

#include "crypto/openssl_handles.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <array>
#include <string>

namespace juanzong::crypto {
namespace {

// Bound to SHA-256 once and copied for every call: cheaper than a fetch, and no key stays behind.
const EVP_MAC_CTX* unkeyed_context() {
  static const MacContextHandle context = [] {
    const MacHandle algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    require(algorithm != nullptr);
    MacContextHandle created{EVP_MAC_CTX_new(algorithm.get())};
    std::string digest_name = "SHA256";
    const std::array<OSSL_PARAM, 2> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
        OSSL_PARAM_construct_end()};
    require(created != nullptr && EVP_MAC_CTX_set_params(created.get(), parameters.data()) == 1);
    return created;
  }();
  return context.get();
}

}  // namespace

Digest hmac_sha256(ByteView key, ByteView data) {
  const MacContextHandle context{EVP_MAC_CTX_dup(unkeyed_context())};
  require(context != nullptr);
  // OpenSSL takes a null pointer for "no key given", so the empty key needs a real address.
  constexpr std::uint8_t empty_key = 0;
  Digest tag;
  std::size_t tag_size = 0;
  require(EVP_MAC_init(context.get(), key.empty() ? &empty_key : key.data(), key.size(), nullptr) ==
              1 &&
          EVP_MAC_update(context.get(), data.data(), data.size()) == 1 &&
          EVP_MAC_final(context.get(), tag.bytes.data(), &tag_size, tag.bytes.size()) == 1);
  return tag;
}

}  // namespace juanzong::crypto
