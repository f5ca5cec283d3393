// SPDX-License-Identifier: Apache-2.0
// Committer: the thread on which a sealed batch becomes durable, while the writer decides the next
// one. Per commit, in this order, with what a crash leaves behind:
//   1 journal.append, one synced write    before: nothing happened; during: all or nothing
//   2 anchor.write                        the batch is stored; the anchor is one batch old:
//   harmless 3 rows.publish                        stored; the rows are folded again at the next
//   start 4 replies                             stored; the client retries and gets the same
//   receipt
// At most one commit is in flight and one waits.
#pragma once

#include "events/log/anchor.h"
#include "events/log/journal.h"

#include "projections/engine/materialiser.h"

#include "server/pipeline/write_queue.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace juanzong {

struct DurableSize {
  LedgerOrdinal ledger{};
  std::uint64_t size = 0;
};

// One batch on its way to disk. Refusals and repeats ride along: they rest on its state.
struct Commit {
  std::uint64_t generation = 0;
  std::optional<Frame> frame;  // none: every task was refused or repeated
  RowBatch rows;
  std::size_t records = 0;
  std::vector<WriteTask> tasks;
  std::vector<AppendResult> results;  // of the tasks, in order
  std::vector<DurableSize> sizes;
};

class Committer {
 public:
  struct Parts {
    Journal& journal;
    Anchor& anchor;
    DerivedRows& rows;
    Materialiser& materialiser;
    std::function<void(const std::vector<DurableSize>&)> durable;
  };
  // A commit that did not end in `ok`, given back to the writer with what the journal said.
  struct Failed {
    AppendOutcome outcome;
    Commit commit;
  };

  explicit Committer(Parts parts);
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;
  ~Committer();

  // Waits until the previous commit is durable, then starts this one. If the previous one failed
  // it is returned and `next` is untouched.
  [[nodiscard]] std::optional<Failed> submit(Commit& next);
  // The same on the calling thread, when nobody waits who could be decided meanwhile: saves waking
  // another thread.
  [[nodiscard]] std::optional<Failed> run_inline(Commit& commit);
  // Waits for the commit in flight.
  [[nodiscard]] std::optional<Failed> wait();
  // Newest generation whose rows are published.
  [[nodiscard]] std::uint64_t durable_generation() const;
  // Finishes a commit that the journal turned out to hold after `unknown`.
  void finish(Commit& commit);

 private:
  void run();
  [[nodiscard]] AppendOutcome make_durable(Commit& commit);
  void release(Commit& commit);
  [[nodiscard]] std::optional<Failed> take_failure_locked();

  Parts parts_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Commit> current_;  // being made durable
  std::optional<Failed> failed_;
  std::uint64_t durable_generation_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace juanzong
