// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_field.h"

#include "crypto/openssl_handles.h"
#include "crypto/random_bytes.h"

#include <algorithm>

namespace juanzong::crypto {
namespace {

const EVP_CIPHER* algorithm() {
  static const CipherHandle fetched{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
  require(fetched != nullptr);
  return fetched.get();
}

enum class Direction { opening = 0, sealing = 1 };

// The default nonce length of GCM is the 12 bytes used here.
CipherContextHandle new_context(const SecretKey& key, ByteView nonce, Direction direction) {
  CipherContextHandle context{EVP_CIPHER_CTX_new()};
  require(context != nullptr && EVP_CipherInit_ex2(context.get(),
                                                   algorithm(),
                                                   key.view().data(),
                                                   nonce.data(),
                                                   static_cast<int>(direction),
                                                   nullptr) == 1);
  return context;
}

// Feeds input of any size; OpenSSL counts in int. A null output marks additional data.
void update(EVP_CIPHER_CTX* context, ByteView input, std::uint8_t* output) {
  constexpr std::size_t piece_size_bytes_max = std::size_t{1} << 30U;
  while (!input.empty()) {
    const std::size_t count = std::min(input.size(), piece_size_bytes_max);
    int written = 0;
    require(EVP_CipherUpdate(context, output, &written, input.data(), static_cast<int>(count)) ==
            1);
    output = output == nullptr ? nullptr : output + written;
    input = input.subspan(count);
  }
}

}  // namespace

Bytes seal(const SecretKey& key, ByteView additional_data, ByteView plaintext) {
  Bytes sealed(plaintext.size() + sealed_overhead_size_bytes);
  const auto nonce = std::span(sealed).first(sealed_nonce_size_bytes);
  const auto tag = std::span(sealed).last(sealed_tag_size_bytes);
  fill_random(nonce);
  const CipherContextHandle context = new_context(key, nonce, Direction::sealing);
  update(context.get(), additional_data, nullptr);
  update(context.get(), plaintext, sealed.data() + sealed_nonce_size_bytes);
  int written = 0;
  require(EVP_CipherFinal_ex(context.get(), tag.data(), &written) == 1);
  require(EVP_CIPHER_CTX_ctrl(
              context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag.size()), tag.data()) == 1);
  return sealed;
}

std::optional<Bytes> open(const SecretKey& key, ByteView additional_data, ByteView sealed) {
  if (sealed.size() < sealed_overhead_size_bytes) {
    return std::nullopt;
  }
  const ByteView nonce = sealed.first(sealed_nonce_size_bytes);
  const ByteView ciphertext =
      sealed.subspan(sealed_nonce_size_bytes, sealed.size() - sealed_overhead_size_bytes);
  Bytes tag(sealed.end() - sealed_tag_size_bytes, sealed.end());
  const CipherContextHandle context = new_context(key, nonce, Direction::opening);
  require(EVP_CIPHER_CTX_ctrl(
              context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()), tag.data()) == 1);
  Bytes plaintext(ciphertext.size());
  update(context.get(), additional_data, nullptr);
  update(context.get(), ciphertext, plaintext.data());
  // The final step writes nothing in GCM: it only compares the tag.
  int written = 0;
  if (EVP_CipherFinal_ex(context.get(), tag.data(), &written) != 1) {
    wipe(plaintext);
    return std::nullopt;
  }
  return plaintext;
}

}  // namespace juanzong::crypto
