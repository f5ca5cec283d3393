// SPDX-License-Identifier: Apache-2.0
#include "events/log/examined_block.h"

#include "events/log/request.h"
#include "events/model/byte_io.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr std::size_t slice_records = 128;

bool statement_is_under_root(const RecordScan& scan) {
  std::array<crypto::Digest, 16> path;
  const std::size_t count = scan.path.size() / crypto::Digest::size_bytes;
  ByteReader in(scan.path);
  for (std::size_t i = 0; i < count; ++i) {
    path[i] = in.take_digest();
  }
  return crypto::verify_inclusion(scan.statement_number,
                                  scan.statement_count,
                                  crypto::leaf_hash(scan.statement),
                                  std::span(path).first(count),
                                  scan.statements_root);
}

void examine(ByteView bytes, ExaminedRecord& examined) {
  examined.has_layout = scan_record(bytes, examined.record.scan);
  if (!examined.has_layout) {
    return;
  }
  examined.record.leaf = crypto::leaf_hash(bytes);
  examined.under_root = statement_is_under_root(examined.record.scan);
  if (examined.record.scan.statement_number == 0) {
    examined.record.request_hash = request_hash(examined.record.scan.header);
  }
}

}  // namespace

void ExaminedBlock::start(unsigned helpers) {
  for (unsigned i = 0; i < helpers; ++i) {
    helpers_.emplace_back([this] { work(); });
  }
}

std::span<const ExaminedRecord> ExaminedBlock::finish() {
  work();
  join();
  return examined_;
}

void ExaminedBlock::work() {
  while (true) {
    const std::size_t begin = next_.fetch_add(slice_records);
    if (begin >= examined_.size()) {
      return;
    }
    const std::size_t end = std::min(begin + slice_records, examined_.size());
    for (std::size_t i = begin; i < end; ++i) {
      examine(records_.records[i], examined_[i]);
    }
  }
}

void ExaminedBlock::join() {
  for (std::thread& helper : helpers_) {
    helper.join();
  }
  helpers_.clear();
}

}  // namespace juanzong
