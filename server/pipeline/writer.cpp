// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/writer.h"

#include "crypto/random_bytes.h"

#include "events/model/check.h"
#include "events/model/limits.h"
#include "events/model/thread_name.h"
#include "events/vault/sealed_opening.h"

#include <algorithm>
#include <utility>

namespace juanzong {
Writer::Writer(WriterParts parts, std::unique_ptr<LedgerSet> ledgers)
    : parts_(std::move(parts)),
      ledgers_(std::move(ledgers)),
      committer_(parts_.storage),
      next_(parts_.storage.journal.head()),
      generation_(next_.next_position),
      writer_id_(crypto::random_array<16>()),
      clock_guard_(parts_.clock),
      day_closer_(parts_.storage.rows) {
  if (const std::string why = state_opening(); !why.empty()) {
    stop_with(why, {}, ErrorCode::writes_stopped);
  }
  thread_ = std::thread([this] { run(); });
}

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
      auto taken = queue_.take_batch(limits::due_poll);
      if (!taken) {
        return;  // closed and drained, everything durable
      }
      tasks = *std::move(taken);
    }
    if (tasks.empty()) {
      idle();
      continue;
    }
    if (fatal_) {
      stop_with("", std::move(tasks), ErrorCode::writes_stopped);
      continue;
    }
    decide(std::move(tasks));
  }
}

void Writer::decide(std::vector<WriteTask> tasks) {
  const UnixMicros now = parts_.clock.now();
  if (const std::string problem = clock_guard_.problem(now); !problem.empty()) {
    stop_with(problem, std::move(tasks), ErrorCode::writes_stopped);
    return;
  }
  ledgers_->durable(committer_.durable_generation());
  state_due(now);
  state_erasures(now);
  if (!fatal_ && is_any_day_over(now)) {
    // Its records are in the rows once they are durable.
    if (auto failed = committer_.wait()) {
      recover(*std::move(failed), std::move(tasks));
      return;
    }
    close_days(now);
  }
  if (fatal_) {
    stop_with("", std::move(tasks), ErrorCode::writes_stopped);
    return;
  }
  Commit commit;
  commit.generation = ++generation_;
  Drafts drafts;
  for (const WriteTask& task : tasks) {
    commit.results.push_back(decide_one(task, now, drafts));
  }
  if (std::exchange(stopped_in_batch_, false)) {
    void_stopped(tasks, commit.results);
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
  if (ledgers_->is_stopped(*machine)) {
    return Error{ErrorCode::ledger_stopped, task.ledger};
  }
  const RuleScope scope;
  try {
    // What an earlier request of this batch began may be due at once: it was entered late.
    if (const Outcome stated = state_due_of(*machine, now, limits::batch_records_max, drafts);
        !stated) {
      return stop_ledger(*machine, drafts, to_text(stated.error()));
    }
    if (!task.request) {
      return decide_own(*machine, task.own, now, drafts);
    }
    if (const Outcome known = check_not_erased(*machine, *task.request); !known) {
      return known.error();
    }
    return machine->submit(*task.request, now, draft_of(*machine, drafts));
  } catch (const BrokenInvariant& broken) {
    return stop_ledger(*machine, drafts, broken.what());
  }
}

// Nobody was told of the draft, so it may vanish; what is in flight rests on sound state.
AppendResult Writer::stop_ledger(LedgerMachine& machine, Drafts& drafts, std::string_view why) {
  ledgers_->stop(machine);
  stopped_in_batch_ = true;
  drafts.erase(&machine);
  parts_.on_ledger_stopped(machine.head().name, why);
  return Error{ErrorCode::ledger_stopped, machine.head().name};
}

// Openings are sealed here because their place names the record's index.
bool Writer::seal_openings(LedgerMachine& machine, BatchDraft& draft) const {
  for (const BatchDraft::PlainOpening& plain : draft.openings) {
    const auto key = parts_.person_keys.find({machine.head().id, plain.subject});
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

// Answers of a ledger that stopped later in the batch: what they say did not happen. A repeat tells
// of what happened before.
void Writer::void_stopped(const std::vector<WriteTask>& tasks, std::vector<AppendResult>& results) {
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const LedgerMachine* machine = ledgers_->find(tasks[i].ledger);
    const auto* receipt = std::get_if<AppendReceipt>(&results[i]);
    const bool is_repeat = receipt != nullptr && receipt->repeated;
    if (machine != nullptr && ledgers_->is_stopped(*machine) && !is_repeat) {
      results[i] = Error{ErrorCode::ledger_stopped, tasks[i].ledger};
    }
  }
}

void Writer::seal(Drafts& drafts, Commit& commit, UnixMicros now) {
  std::vector<LedgerBatch> batches;
  for (auto& [machine, draft] : drafts) {
    if (draft.batch.records.empty()) {
      continue;
    }
    // Admission made the keys durable; none is destroyed before the erasure that decides it is
    // durable, and nothing was accepted since that needs it.
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
bool Writer::hand_over(Commit commit) {
  const bool idle = queue_.depth() == 0;
  auto failed = idle ? committer_.run_inline(commit) : committer_.submit(commit);
  if (failed) {
    recover(*std::move(failed), std::move(commit.tasks));
  }
  return !failed.has_value();
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
  next_day_.clear();
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
