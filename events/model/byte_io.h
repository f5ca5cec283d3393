// SPDX-License-Identifier: Apache-2.0
// Fixed layouts are written and read here: little-endian integers, lengths first. A reader that
// ran past the end stays failed and returns zeros, so a decoder asks ok() once, at its end.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace juanzong {

class ByteWriter {
 public:
  template <std::unsigned_integral T>
  ByteWriter& put(T value) {
    std::array<std::uint8_t, sizeof(T)> raw;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      raw[i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
    return put(ByteView(raw));
  }
  ByteWriter& put_i64(std::int64_t value) { return put(static_cast<std::uint64_t>(value)); }
  ByteWriter& put(ByteView view) {
    bytes_.insert(bytes_.end(), view.begin(), view.end());
    return *this;
  }
  ByteWriter& put(std::string_view text) { return put(bytes_of(text)); }
  ByteWriter& put(const crypto::Digest& digest) { return put(digest.view()); }
  // Length of type Length, then the bytes; the caller has bounded the size.
  template <std::unsigned_integral Length>
  ByteWriter& put_sized(ByteView view) {
    return put(static_cast<Length>(view.size())).put(view);
  }
  // Zero bytes up to a multiple of `alignment`, counted from the start of the buffer.
  ByteWriter& pad_to(std::size_t alignment) {
    bytes_.resize((bytes_.size() + alignment - 1) / alignment * alignment);
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  void clear() { bytes_.clear(); }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }
  [[nodiscard]] ByteView view() const { return bytes_; }

 private:
  Bytes bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

  template <std::unsigned_integral T>
  T take() {
    const ByteView raw = take_view(sizeof(T));
    T value = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      value = static_cast<T>(value | static_cast<T>(static_cast<T>(raw[i]) << (8 * i)));
    }
    return value;
  }
  std::int64_t take_i64() { return static_cast<std::int64_t>(take<std::uint64_t>()); }
  template <std::size_t N>
  std::array<std::uint8_t, N> take_array() {
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(take_view(N), out.begin());
    return out;
  }
  crypto::Digest take_digest() { return crypto::Digest{take_array<32>()}; }
  // Empty when fewer bytes remain; the reader has then failed.
  ByteView take_view(std::size_t count) {
    if (failed_ || bytes_.size() - at_ < count) {
      failed_ = true;
      return {};
    }
    const ByteView view = bytes_.subspan(at_, count);
    at_ += count;
    return view;
  }
  template <std::unsigned_integral Length>
  ByteView take_sized() {
    return take_view(take<Length>());
  }
  // Skips to a multiple of `alignment`; fails if a skipped byte is not zero.
  void skip_padding(std::size_t alignment) {
    const std::size_t target = (at_ + alignment - 1) / alignment * alignment;
    for (const std::uint8_t byte : take_view(target - at_)) {
      failed_ = failed_ || byte != 0;
    }
  }
  void fail() { failed_ = true; }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] bool ok() const { return !failed_; }
  // Everything was read and nothing is left over.
  [[nodiscard]] bool finished() const { return !failed_ && at_ == bytes_.size(); }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace juanzong
