// SPDX-License-Identifier: Apache-2.0
// Synced appends and verified reads of the embedded journal on the disk of DIRECTORY, which must
// not exist yet:  journal_bench DIRECTORY [seconds per row]
#include "events/storage/rocksdb_journal.h"

#include "tests/support/frame_writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using juanzong::testing::FrameWriter;

constexpr std::size_t record_bytes = 304;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double micros_at(std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)] * 1e6;
}

bool append_for(juanzong::Journal& journal,
                FrameWriter& writer,
                std::size_t records,
                double limit) {
  std::vector<double> times;
  double total = 0;
  while (total < limit) {
    const juanzong::Frame frame = writer.next(records, record_bytes);
    const auto start = Clock::now();
    if (journal.append(frame) != juanzong::AppendOutcome::ok) {
      return false;
    }
    times.push_back(seconds_since(start));
    total += times.back();
  }
  std::ranges::sort(times);
  const double frames = static_cast<double>(times.size());
  std::printf("append %5zu x %zu B: %8.0f frames/s %9.0f records/s  p50 %6.0f us  p99 %6.0f us\n",
              records,
              record_bytes,
              frames / total,
              frames * static_cast<double>(records) / total,
              micros_at(times, 0.5),
              micros_at(times, 0.99));
  return true;
}

bool read_all(const juanzong::Journal& journal) {
  const auto start = Clock::now();
  const auto cursor = journal.tail(0);
  std::size_t records = 0;
  for (;;) {
    const auto frame = cursor->next();
    if (!frame) {
      return false;
    }
    if (!frame->has_value()) {
      break;
    }
    if (!juanzong::check_frame((*frame)->chunks)) {
      return false;
    }
    for (const juanzong::BatchHead& batch : (*frame)->batches) {
      records += batch.count;
    }
  }
  const double seconds = seconds_since(start);
  std::printf("read and verify: %zu records, %.0f records/s\n",
              records,
              static_cast<double>(records) / seconds);
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "journal_bench DIRECTORY [seconds per row]\n");
    return 2;
  }
  const double seconds = count > 2 ? static_cast<double>(std::stoi(arguments[2])) : 3;
  FrameWriter writer;
  {
    const auto journal = juanzong::create_rocksdb_journal(arguments[1]);
    if (!journal) {
      std::fprintf(stderr, "%s\n", to_text(journal.error()).c_str());
      return 1;
    }
    for (const std::size_t records : {1U, 10U, 100U, 1'000U}) {
      if (!append_for(**journal, writer, records, seconds)) {
        return 1;
      }
    }
    if (!read_all(**journal)) {
      return 1;
    }
  }
  const auto start = Clock::now();
  const auto opened = juanzong::open_rocksdb_journal(arguments[1], writer.head());
  std::printf("open after a clean end: %.0f ms, %s\n",
              seconds_since(start) * 1e3,
              opened ? "ok" : to_text(opened.error()).c_str());
  return opened ? 0 : 1;
}
