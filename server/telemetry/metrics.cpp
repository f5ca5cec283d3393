// SPDX-License-Identifier: Apache-2.0
#include "server/telemetry/metrics.h"

#include <fmt/format.h>
#include <iterator>

namespace juanzong {
namespace {

constexpr std::int64_t first_bound_us = 125;

using Text = std::back_insert_iterator<std::string>;

void put_head(Text out, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

void put_counter(Text out, std::string_view name, std::string_view help, const Counter& counter) {
  put_head(out, name, "counter", help);
  fmt::format_to(out, "{} {}\n", name, counter.value());
}

void put_gauge(Text out, std::string_view name, std::string_view help, const Gauge& gauge) {
  put_head(out, name, "gauge", help);
  fmt::format_to(out, "{} {}\n", name, gauge.value());
}

std::string escaped_label(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') {
      out += '\\';
    }
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

void put_labelled(Text out,
                  std::string_view name,
                  std::string_view label,
                  std::string_view help,
                  const LabelledCounter& counter) {
  put_head(out, name, "counter", help);
  for (const auto& [value, count] : counter.values()) {
    fmt::format_to(out, "{}{{{}=\"{}\"}} {}\n", name, label, escaped_label(value), count);
  }
}

void put_latency(Text out,
                 std::string_view name,
                 std::string_view help,
                 const LatencyHistogram& histogram) {
  put_head(out, name, "histogram", help);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < LatencyHistogram::bucket_count; ++i) {
    total += histogram.in_bucket(i);
    const std::int64_t bound = LatencyHistogram::upper_bound_us(i);
    fmt::format_to(out,
                   "{}_bucket{{le=\"{}.{:06}\"}} {}\n",
                   name,
                   bound / 1'000'000,
                   bound % 1'000'000,
                   total);
  }
  total += histogram.in_bucket(LatencyHistogram::bucket_count);
  const std::uint64_t sum = histogram.sum_us();
  fmt::format_to(out, "{}_bucket{{le=\"+Inf\"}} {}\n", name, total);
  fmt::format_to(out, "{}_sum {}.{:06}\n", name, sum / 1'000'000, sum % 1'000'000);
  fmt::format_to(out, "{}_count {}\n", name, total);
}

}  // namespace

void LabelledCounter::add(std::string_view value, std::uint64_t by) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(value);
  if (found != counts_.end()) {
    found->second += by;
  } else {
    counts_[counts_.size() < values_max ? std::string(value) : std::string("other")] += by;
  }
}

std::map<std::string, std::uint64_t, std::less<>> LabelledCounter::values() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

std::int64_t LatencyHistogram::upper_bound_us(std::size_t bucket) {
  return first_bound_us << bucket;
}

void LatencyHistogram::observe(std::chrono::microseconds took) {
  std::size_t bucket = 0;
  while (bucket < bucket_count && took.count() > upper_bound_us(bucket)) {
    ++bucket;
  }
  buckets_[bucket].add();
  sum_us_.add(took.count() < 0 ? 0 : static_cast<std::uint64_t>(took.count()));
}

std::uint64_t LatencyHistogram::in_bucket(std::size_t bucket) const {
  return buckets_[bucket].value();
}

std::string prometheus_text(const Metrics& metrics) {
  std::string text;
  const Text out(text);
  put_counter(out, "juanzong_appends_total", "Accepted requests.", metrics.appends);
  put_counter(out, "juanzong_records_total", "Records appended.", metrics.records);
  put_labelled(out,
               "juanzong_ledger_records_total",
               "ledger",
               "Records appended, by ledger.",
               metrics.ledger_records);
  put_gauge(out,
            "juanzong_ledgers_stopped",
            "Ledgers that a fault of the program stopped.",
            metrics.ledgers_stopped);
  put_labelled(out,
               "juanzong_refusals_total",
               "rule",
               "Statements refused, by the rule that refused them.",
               metrics.refusals);
  put_labelled(
      out, "juanzong_errors_total", "code", "Requests answered with an error.", metrics.errors);
  put_counter(out, "juanzong_logins_total", "Successful logins.", metrics.logins);
  put_counter(out,
              "juanzong_connections_accepted_total",
              "Connections accepted.",
              metrics.connections_accepted);
  put_counter(out,
              "juanzong_connections_refused_total",
              "Connections refused by a limit or a lockout.",
              metrics.connections_refused);
  put_gauge(out, "juanzong_connections", "Open connections.", metrics.connections);
  put_gauge(out, "juanzong_subscriptions", "Open subscriptions.", metrics.subscriptions);
  put_gauge(out,
            "juanzong_witnesses_answering",
            "Witnesses that cosigned in their last round.",
            metrics.witnesses_answering);
  put_gauge(out,
            "juanzong_ledgers_unsigned",
            "Ledgers whose newest head the signer process did not sign.",
            metrics.ledgers_unsigned);
  put_gauge(out,
            "juanzong_cosigned_size",
            "Size of the newest checkpoint that a quorum of witnesses cosigned.",
            metrics.cosigned_size);
  put_counter(out,
              "juanzong_rounds_without_quorum_total",
              "Rounds in which too few witnesses cosigned.",
              metrics.rounds_without_quorum);
  put_gauge(out, "juanzong_queue_depth", "Requests that wait for the writer.", metrics.queue_depth);
  put_latency(out,
              "juanzong_append_latency_seconds",
              "From the decoded request to its durable answer.",
              metrics.append_latency);
  return text;
}

}  // namespace juanzong
