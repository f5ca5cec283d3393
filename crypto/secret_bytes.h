// SPDX-License-Identifier: Apache-2.0
// Secrets in memory: wiped when their life ends, never copied by accident, compared without
// telling by timing where they differ.
#pragma once

#include "crypto/byte_view.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace juanzong::crypto {

// Overwrites with zeros in a way that the optimiser may not remove.
void wipe(std::span<std::uint8_t> bytes) noexcept;

// Time depends on the lengths only. Different lengths are unequal.
[[nodiscard]] bool constant_time_equal(ByteView left, ByteView right);

// Move-only. A moved-from secret is all zeros and must not be used.
template <std::size_t size>
class SecretBytes {
 public:
  static constexpr std::size_t size_bytes = size;

  SecretBytes() = default;
  explicit SecretBytes(std::span<const std::uint8_t, size> bytes) {
    for (std::size_t i = 0; i < size; ++i) {
      bytes_[i] = bytes[i];
    }
  }
  ~SecretBytes() { wipe(bytes_); }

  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }

  [[nodiscard]] std::span<const std::uint8_t, size> view() const { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t, size> writable() { return bytes_; }

 private:
  std::array<std::uint8_t, size> bytes_{};
};

// An AES-256 or HMAC-SHA-256 key.
using SecretKey = SecretBytes<32>;

}  // namespace juanzong::crypto
