// SPDX-License-Identifier: Apache-2.0
// A block of records examined on several threads, each record by itself: its layout, its hashes
// and whether its statement is under R of its header.
#pragma once

#include "events/log/log_verifier.h"
#include "events/log/record_source.h"

#include <atomic>
#include <cstddef>
#include <span>
#include <thread>
#include <vector>

namespace juanzong {

struct ExaminedRecord {
  VerifiedRecord record;
  bool has_layout = false;
  bool under_root = false;  // the statement is under R of its header
};

// Slices of the block are taken by whoever is free.
class ExaminedBlock {
 public:
  explicit ExaminedBlock(RecordBlock records)
      : records_(std::move(records)), examined_(records_.records.size()) {}
  ExaminedBlock(const ExaminedBlock&) = delete;
  ExaminedBlock& operator=(const ExaminedBlock&) = delete;
  ~ExaminedBlock() { join(); }

  void start(unsigned helpers);
  // Helps, then waits for the others.
  std::span<const ExaminedRecord> finish();

 private:
  void work();
  void join();

  RecordBlock records_;
  std::vector<ExaminedRecord> examined_;
  std::atomic<std::size_t> next_ = 0;
  std::vector<std::thread> helpers_;
};

}  // namespace juanzong
