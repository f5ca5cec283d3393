// SPDX-License-Identifier: Apache-2.0
// Metrics: counted on any thread, printed in Prometheus' text format. Everything that is counted
// has a name here, so that the list of metrics is this file. Labels are codes of ours, never input.
#pragma once

#include "events/model/error.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace juanzong {

class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// One counter for each value of a label. At most `values_max` values; the rest count as "other".
class LabelledCounter {
 public:
  static constexpr std::size_t values_max = 1'000;
  void add(std::string_view value, std::uint64_t by = 1);
  [[nodiscard]] std::map<std::string, std::uint64_t, std::less<>> values() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

// Buckets double from 125 µs to about 4 s.
class LatencyHistogram {
 public:
  static constexpr std::size_t bucket_count = 16;
  void observe(std::chrono::microseconds took);
  [[nodiscard]] static std::int64_t upper_bound_us(std::size_t bucket);
  [[nodiscard]] std::uint64_t in_bucket(std::size_t bucket) const;  // the last one: no bound
  [[nodiscard]] std::uint64_t sum_us() const { return sum_us_.value(); }

 private:
  std::array<Counter, bucket_count + 1> buckets_;
  Counter sum_us_;
};

struct Metrics {
  Counter appends;  // accepted requests; a repeat counts again
  Counter records;
  LabelledCounter ledger_records;  // the same, by ledger
  Gauge ledgers_stopped;           // by a fault of the program
  LabelledCounter refusals;        // by rule
  LabelledCounter errors;          // by name of the code
  Counter logins;
  Counter connections_accepted;
  Counter connections_refused;
  Gauge connections;
  Gauge subscriptions;
  Gauge queue_depth;          // requests that wait for the writer; set by the pipeline
  Gauge witnesses_answering;  // in their last round
  Gauge ledgers_unsigned;     // whose newest head the signer process did not sign
  Gauge cosigned_size;        // of the newest checkpoint that a quorum cosigned
  Counter rounds_without_quorum;
  LatencyHistogram append_latency;  // from the decoded request to its durable answer

  void count_error(ErrorCode code) { errors.add(name_of(code)); }
};

// Prometheus' text format, version 0.0.4.
[[nodiscard]] std::string prometheus_text(const Metrics& metrics);

}  // namespace juanzong
