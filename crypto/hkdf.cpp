// SPDX-License-Identifier: Apache-2.0
#include "crypto/hkdf.h"

#include "crypto/hmac.h"

#include <algorithm>
#include <span>

namespace juanzong::crypto {
namespace {

// T(i) = HMAC(PRK, T(i-1) ‖ info ‖ i) of RFC 5869 §2.3, written until the output is full. Every
// intermediate value is as secret as the result, so all are wiped.
void expand(Digest pseudo_random_key, ByteView info, std::span<std::uint8_t> output) {
  Bytes input;
  input.reserve(Digest::size_bytes + info.size() + 1);
  for (std::uint8_t counter = 1; !output.empty(); ++counter) {
    input.insert(input.end(), info.begin(), info.end());
    input.push_back(counter);
    Digest block = hmac_sha256(pseudo_random_key.view(), input);
    const std::size_t count = std::min(output.size(), block.bytes.size());
    std::copy_n(block.bytes.begin(), count, output.begin());
    output = output.subspan(count);
    input.assign(block.bytes.begin(), block.bytes.end());
    wipe(block.bytes);
  }
  wipe(input);
  wipe(pseudo_random_key.bytes);
}

Digest extract(ByteView secret, ByteView salt) {
  // HMAC pads keys with zeros, so an empty salt already is the salt of 32 zeros that §2.2 asks for.
  return hmac_sha256(salt, secret);
}

}  // namespace

std::optional<Bytes> hkdf_sha256(ByteView secret,
                                 ByteView salt,
                                 ByteView info,
                                 std::size_t output_size_bytes) {
  if (output_size_bytes > hkdf_output_size_bytes_max) {
    return std::nullopt;
  }
  Bytes output(output_size_bytes);
  expand(extract(secret, salt), info, output);
  return output;
}

SecretKey derive_key(ByteView secret, ByteView salt, ByteView info) {
  SecretKey key;
  expand(extract(secret, salt), info, key.writable());
  return key;
}

}  // namespace juanzong::crypto
