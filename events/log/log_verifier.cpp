// SPDX-License-Identifier: Apache-2.0
#include "events/log/log_verifier.h"

#include "events/log/examined_block.h"
#include "events/log/ordered_pass.h"

#include <algorithm>
#include <memory>
#include <span>

namespace juanzong {
namespace {

constexpr std::size_t block_records = 8'192;

// Reads ahead: while this block is judged, the next one is being hashed.
class Pipeline {
 public:
  Pipeline(RecordSource& source, const LogVerifierOptions& options, LogVerification& result)
      : source_(source), options_(options), result_(result), pass_(result) {}

  void run() {
    std::unique_ptr<ExaminedBlock> current = read();
    while (current) {
      std::unique_ptr<ExaminedBlock> following = failure_ ? nullptr : read();
      const std::span<const ExaminedRecord> examined = current->finish();
      if (following) {
        following->start(helpers());
      }
      if (!judge(examined)) {
        break;
      }
      if (options_.progress) {
        options_.progress(result_.size);
      }
      current = std::move(following);
    }
    if (failure_ && !result_.finding) {
      result_.finding = LogFinding{RecordIndex{result_.size},
                                   LogFault::unreadable,
                                   "此处起记录无法读取:" + to_text(*failure_),
                                   "records cannot be read from here on: " + failure_->detail};
    }
    pass_.finish();
  }

 private:
  [[nodiscard]] unsigned helpers() const { return std::max(options_.threads, 1U) - 1; }

  std::unique_ptr<ExaminedBlock> read() {
    RecordBlock records;
    if (const Outcome got = source_.next(block_records, records); !got) {
      failure_ = got.error();
    }
    if (records.records.empty()) {
      return nullptr;
    }
    auto block = std::make_unique<ExaminedBlock>(std::move(records));
    if (!started_) {
      block->start(helpers());
      started_ = true;
    }
    return block;
  }

  bool judge(std::span<const ExaminedRecord> examined) {
    for (std::size_t i = 0; i < examined.size(); ++i) {
      const ExaminedRecord* next = i + 1 < examined.size() ? &examined[i + 1] : nullptr;
      if (!pass_.accept(examined[i], next, options_)) {
        return false;
      }
    }
    return true;
  }

  RecordSource& source_;
  const LogVerifierOptions& options_;
  LogVerification& result_;
  OrderedPass pass_;
  std::optional<Error> failure_;
  bool started_ = false;
};

}  // namespace

LogVerification verify_log(RecordSource& source, const LogVerifierOptions& options) {
  LogVerification result;
  LogVerifierOptions sorted = options;
  std::ranges::sort(sorted.watched_sizes);
  if (std::ranges::binary_search(sorted.watched_sizes, std::uint64_t{0})) {
    result.roots.emplace(0, crypto::empty_root());
  }
  Pipeline(source, sorted, result).run();
  return result;
}

}  // namespace juanzong
