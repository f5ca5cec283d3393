// SPDX-License-Identifier: Apache-2.0
// The single writer. One thread judges requests in order on the in-flight generation of state and
// seals them into frames; the committer makes each frame durable meanwhile. No answer leaves
// before the state it rests on is durable: refusals, repeats and conflicts included.
#pragma once

#include "events/vault/person_keys.h"

#include "projections/state/ledger_set.h"

#include "server/pipeline/clock.h"
#include "server/pipeline/committer.h"
#include "server/pipeline/write_queue.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace juanzong {

struct WriterParts {
  Committer::Parts storage;
  const Catalogue& catalogue;
  const PersonKeys& person_keys;
  const Clock& clock;
  // Embedded journal: any outcome but ok stops the process, and the restart tells what happened.
  bool stop_on_failure = true;
  // The operator has looked at the clock: no comparison with the last record at the start.
  bool clock_accepted = false;
  // Called once, from the writer's thread; no acknowledgement follows.
  std::function<void(const std::string& why)> on_fatal;
};

class Writer {
 public:
  Writer(WriterParts parts, std::unique_ptr<LedgerSet> ledgers);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  // Decides what is queued, then stops.
  ~Writer();

  // False: busy. The task's `done` is called exactly once otherwise.
  [[nodiscard]] bool push(WriteTask& task) { return queue_.push(task); }
  [[nodiscard]] std::size_t queue_depth() const { return queue_.depth(); }
  [[nodiscard]] bool stopped() const { return fatal_.load(); }

 private:
  // The batches of a frame stand in the order of their ledgers, not of their addresses.
  struct ByOrdinal {
    bool operator()(const LedgerMachine* a, const LedgerMachine* b) const {
      return a->ordinal() < b->ordinal();
    }
  };
  using Drafts = std::map<LedgerMachine*, BatchDraft, ByOrdinal>;

  void run();
  void decide(std::vector<WriteTask> tasks);
  [[nodiscard]] AppendResult decide_one(const WriteTask& task, UnixMicros now, Drafts& drafts);
  void seal(Drafts& drafts, Commit& commit, UnixMicros now);
  [[nodiscard]] bool seal_openings(LedgerMachine& machine, BatchDraft& draft) const;
  void hand_over(Commit commit);
  void recover(Committer::Failed failed, std::vector<WriteTask> later);
  void stop_with(const std::string& why, std::vector<WriteTask> tasks, ErrorCode code);
  [[nodiscard]] std::string clock_problem(UnixMicros now);

  WriterParts parts_;
  std::unique_ptr<LedgerSet> ledgers_;
  Committer committer_;
  WriteQueue queue_;
  JournalHead next_;  // position and tip for the next frame
  std::uint64_t generation_ = 0;
  std::array<std::uint8_t, 16> writer_id_{};
  std::int64_t last_wall_us_ = 0;
  std::int64_t last_steady_us_ = 0;
  std::atomic<bool> fatal_{false};
  std::thread thread_;
};

}  // namespace juanzong
