// SPDX-License-Identifier: Apache-2.0
// Latencies in buckets of 1/16 of a power of two, in microseconds: constant memory, at most 6 %
// off. Not for two threads at once; merge instead.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace juanzong::bench {

class LatencyHistogram {
 public:
  void add(std::uint64_t microseconds) {
    ++buckets_[bucket_of(microseconds)];
    ++count_;
  }
  void merge(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      buckets_[i] += other.buckets_[i];
    }
    count_ += other.count_;
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // Upper end of the bucket that holds the given share, in thousandths: 500, 990, 999.
  [[nodiscard]] std::uint64_t at_per_mille(std::uint64_t share) const {
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      seen += buckets_[i];
      if (seen * 1'000 >= count_ * share && seen > 0) {
        return upper_end(i);
      }
    }
    return 0;
  }

 private:
  static constexpr unsigned sub_bits = 4;
  static std::size_t bucket_of(std::uint64_t value) {
    if (value < (1U << sub_bits)) {
      return value;
    }
    const auto exponent = static_cast<unsigned>(std::bit_width(value)) - 1;
    const auto sub = static_cast<std::size_t>(value >> (exponent - sub_bits)) & 15U;
    return ((exponent - sub_bits + 1) << sub_bits) + sub;
  }
  static std::uint64_t upper_end(std::size_t bucket) {
    if (bucket < (1U << sub_bits)) {
      return bucket;
    }
    const auto exponent = static_cast<unsigned>(bucket >> sub_bits) + sub_bits - 1;
    const std::uint64_t base = std::uint64_t{16} + (bucket & 15U);
    return ((base + 1) << (exponent - sub_bits)) - 1;
  }
  std::array<std::uint64_t, 1'024> buckets_{};
  std::uint64_t count_ = 0;
};

}  // namespace juanzong::bench
