// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/writer.h"

#include "crypto/random_bytes.h"

#include "events/model/check.h"
#include "events/model/limits.h"
#include "events/model/thread_name.h"
#include "events/vault/sealed_opening.h"

#include "projections/state/genesis.h"

#include <algorithm>
#include <chrono>

namespace juanzong {
namespace {

std::int64_t steady_now_us() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

}  // namespace

Writer::Writer(WriterParts parts, std::unique_ptr<LedgerSet> ledgers)
    : parts_(std::move(parts)),
      ledgers_(std::move(ledgers)),
      committer_(parts_.storage),
      next_(parts_.storage.journal.head()),
      generation_(next_.next_position),
      writer_id_(crypto::random_array<16>()),
      thread_([this] { run(); }) {}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::run() {
  name_this_thread("jz-writer");
  while (true) {
    std::vector<WriteTask> tasks = queue_.try_take_batch();
    if (tasks.empty()) {
      // Idle: nothing may stay undurable while we sleep.
      if (auto failed = committer_.wait()) {
        recover(*std::move(failed), {});
        continue;
      }
      tasks = queue_.take_batch();
    }
    if (tasks.empty()) {
      return;  // closed and drained, everything durable
    }
    if (fatal_) {
      stop_with("", std::move(tasks), ErrorCode::writes_stopped);
      continue;
    }
    decide(std::move(tasks));
  }
}

// One wrong boot clock must not poison a ledger: recorded_at never falls again.
std::string Writer::clock_problem(UnixMicros now) {
  const std::int64_t steady = steady_now_us();
  const std::int64_t wall_step = now.value - last_wall_us_;
  const std::int64_t steady_step = steady - last_steady_us_;
  const bool first = last_wall_us_ == 0;
  last_wall_us_ = now.value;
  last_steady_us_ = steady;
  if (!parts_.clock.guards_jumps()) {
    return {};
  }
  if (!first) {
    return wall_step - steady_step > limits::clock_jump_running_us_max
               ? "the clock jumped ahead by more than 10 minutes"
               : std::string();
  }
  const auto newest = ledgers_->newest_recorded_at();
  const bool far_ahead = newest && now.value - newest->value > limits::clock_jump_start_us_max;
  return far_ahead && !parts_.clock_accepted
             ? "the clock is 31 days past the last record: check it, start with --accept-clock"
             : std::string();
}

void Writer::decide(std::vector<WriteTask> tasks) {
  const UnixMicros now = parts_.clock.now();
  if (const std::string problem = clock_problem(now); !problem.empty()) {
    stop_with(problem, std::move(tasks), ErrorCode::writes_stopped);
    return;
  }
  ledgers_->durable(committer_.durable_generation());
  Commit commit;
  commit.generation = ++generation_;
  Drafts drafts;
  for (const WriteTask& task : tasks) {
    commit.results.push_back(decide_one(task, now, drafts));
  }
  commit.tasks = std::move(tasks);
  seal(drafts, commit, now);
  hand_over(std::move(commit));
}

AppendResult Writer::decide_one(const WriteTask& task, UnixMicros now, Drafts& drafts) {
  LedgerMachine* machine = ledgers_->find(task.ledger);
  if (machine == nullptr) {
    return Error{ErrorCode::unknown_ledger, task.ledger};
  }
  const auto [draft, is_new] = drafts.try_emplace(machine);
  if (is_new) {
    machine->begin_batch(draft->second);
  }
  return machine->submit(*task.request, now, draft->second);
}

// Openings are sealed here because their place names the record's index.
bool Writer::seal_openings(LedgerMachine& machine, BatchDraft& draft) const {
  for (const BatchDraft::PlainOpening& plain : draft.openings) {
    const auto key = parts_.person_keys.find(plain.subject);
    if (!key) {
      return false;
    }
    const OpeningPlace place{machine.head().id, plain.index, plain.subject, plain.opening->path};
    Bytes sealed = seal_opening(*key, place, {plain.opening->salt, plain.opening->value});
    draft.batch.openings.push_back(
        {plain.index, plain.subject, plain.opening->path, std::move(sealed)});
  }
  return true;
}

void Writer::seal(Drafts& drafts, Commit& commit, UnixMicros now) {
  std::vector<LedgerBatch> batches;
  for (auto& [machine, draft] : drafts) {
    if (draft.batch.records.empty()) {
      continue;
    }
    // Admission made the keys durable; an erasure between then and now is the writer's own act.
    check(seal_openings(*machine, draft), "every admitted person has a key");
    machine->finish_batch(draft);
    commit.records += draft.batch.records.size();
    commit.sizes.push_back({machine->ordinal(), machine->head().size()});
    batches.push_back(std::move(draft.batch));
  }
  if (batches.empty()) {
    return;
  }
  FrameHead head;
  head.position = next_.next_position;
  head.prev_tip = next_.tip;
  head.writer = writer_id_;
  head.wall_time = now;
  commit.frame = seal_frame(head, batches);
  next_ = {head.position + 1, commit.frame->tip};
  commit.rows = ledgers_->drain(*commit.frame, commit.generation);
}

// With nothing queued there is nothing to decide while the batch syncs. What a failed commit in
// flight leaves of this one is decided again.
void Writer::hand_over(Commit commit) {
  const bool idle = queue_.depth() == 0;
  auto failed = idle ? committer_.run_inline(commit) : committer_.submit(commit);
  if (failed) {
    recover(*std::move(failed), std::move(commit.tasks));
  }
}

// The frame in flight did not end in ok: everything decided on it is void.
void Writer::recover(Committer::Failed failed, std::vector<WriteTask> later) {
  std::vector<WriteTask> tasks = std::move(failed.commit.tasks);
  Journal& journal = parts_.storage.journal;
  if (parts_.stop_on_failure || failed.outcome == AppendOutcome::fenced) {
    std::move(later.begin(), later.end(), std::back_inserter(tasks));
    stop_with("the journal did not confirm a write", std::move(tasks), ErrorCode::outcome_unknown);
    return;
  }
  const Result<JournalHead> head = failed.outcome == AppendOutcome::unknown
                                       ? journal.resolve(*failed.commit.frame)
                                       : Result<JournalHead>(journal.head());
  if (!head) {
    std::move(later.begin(), later.end(), std::back_inserter(tasks));
    stop_with("the outcome of a write stays unknown", std::move(tasks), ErrorCode::outcome_unknown);
    return;
  }
  if (head->tip == failed.commit.frame->tip) {
    // It is stored: answer as if the append had said so. Later decisions rested on it rightly, but
    // their frame was never handed over; they are decided again on the same state.
    failed.commit.tasks = std::move(tasks);
    committer_.finish(failed.commit);
    tasks.clear();
  }
  // Drop the generation: state is what the published rows and the journal's tail say.
  ledgers_ = std::make_unique<LedgerSet>(parts_.storage.rows, parts_.catalogue);
  const Outcome caught_up = ledgers_->catch_up(
      journal, [](std::uint64_t) {}, [this] { parts_.storage.materialiser.published(); });
  std::move(later.begin(), later.end(), std::back_inserter(tasks));
  if (!caught_up) {
    stop_with(caught_up.error().detail, std::move(tasks), ErrorCode::outcome_unknown);
    return;
  }
  next_ = journal.head();
  generation_ = std::max(generation_, next_.next_position);
  if (!tasks.empty()) {
    decide(std::move(tasks));
  }
}

void Writer::stop_with(const std::string& why, std::vector<WriteTask> tasks, ErrorCode code) {
  const bool first = !fatal_.exchange(true);
  if (first) {
    parts_.on_fatal(why);
  }
  for (WriteTask& task : tasks) {
    task.done(Error{code, why});
  }
}

}  // namespace juanzong
