// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/growth_report.h"

#include "tools/terminal/grouped_number.h"
#include "tools/terminal/text_table.h"

#include <array>
#include <cstdio>

namespace juanzong::cli {
namespace {

using terminal::grouped;

std::string mebibytes(std::uint64_t bytes) {
  return grouped((bytes + (1U << 19U)) >> 20U);
}

std::string two_digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

}  // namespace

std::uint64_t GrowthPoint::cpu_nanos_per_record() const {
  return segment.events == 0 ? 0 : static_cast<std::uint64_t>(cpu_seconds * 1e9) / segment.events;
}

std::uint64_t GrowthPoint::log_per_statement_percent() const {
  return statement_bytes == 0 ? 0 : log_bytes * 100 / statement_bytes;
}

std::string growth_row(const GrowthPoint& point, bool with_title) {
  using terminal::Align;
  const std::string text = terminal::format_table(
      {{"记录 records", Align::right},
       {"件/秒 per second", Align::right},
       {"p99 µs   ", Align::right},
       {"CPU µs/条 each", Align::right},
       {"内存 RSS MiB", Align::right},
       {"峰值 peak MiB", Align::right},
       {"日志 log MiB", Align::right},
       {"派生 derived MiB", Align::right},
       {"陈述 statements MiB", Align::right},
       {"日志÷陈述 log÷statements", Align::right}},
      {{grouped(point.records),
        grouped(point.segment.per_second()),
        grouped(point.segment.latency.at_per_mille(990)),
        two_digits(static_cast<double>(point.cpu_nanos_per_record()) / 1'000),
        mebibytes(point.memory.resident_bytes),
        mebibytes(point.memory.peak_bytes),
        mebibytes(point.log_bytes),
        mebibytes(point.derived_bytes),
        mebibytes(point.statement_bytes),
        two_digits(static_cast<double>(point.log_per_statement_percent()) / 100)}});
  const std::size_t row = text.rfind('\n', text.size() - 2) + 1;
  return with_title ? text : text.substr(row);
}

boost::json::object growth_json(const GrowthPoint& point) {
  return {{"records", point.records},
          {"appended", point.segment.events},
          {"seconds", point.segment.seconds},
          {"records_per_second", point.segment.per_second()},
          {"p50_us", point.segment.latency.at_per_mille(500)},
          {"p99_us", point.segment.latency.at_per_mille(990)},
          {"server_cpu_ns_per_record", point.cpu_nanos_per_record()},
          {"rss_bytes", point.memory.resident_bytes},
          {"rss_peak_bytes", point.memory.peak_bytes},
          {"log_bytes", point.log_bytes},
          {"derived_bytes", point.derived_bytes},
          {"statement_bytes", point.statement_bytes},
          {"log_per_statement_percent", point.log_per_statement_percent()}};
}

std::string restart_text(const GrowthRestart& restart) {
  return "\n强行终止后重新启动:" + two_digits(restart.answer_seconds) + " 秒后应答," +
         grouped(restart.records) + " 条记录俱在,内存 " + mebibytes(restart.memory.resident_bytes) +
         " MiB\nstarted again after kill -9: answers after " + two_digits(restart.answer_seconds) +
         " s, all " + grouped(restart.records) + " records are there, RSS " +
         mebibytes(restart.memory.resident_bytes) + " MiB\n";
}

boost::json::object restart_json(const GrowthRestart& restart) {
  return {{"restart",
           {{"records", restart.records},
            {"ready_seconds", restart.ready_seconds},
            {"answer_seconds", restart.answer_seconds},
            {"rss_bytes", restart.memory.resident_bytes}}}};
}

}  // namespace juanzong::cli
