// SPDX-License-Identifier: Apache-2.0
// The single writer. One thread judges requests in order on the in-flight generation of state and
// seals them into frames; the committer makes each frame durable meanwhile. No answer leaves
// before the state it rests on is durable: refusals, repeats and conflicts included.
//
// Before anybody's request the server itself states what its opening of each ledger owes the
// record (opening_records.h); that is durable when the constructor returns.
//
// What comes due by itself is stated the same way: before anybody's request of a later stamp, and
// within a second where nobody asks for anything (due_records.h). So are the days that are over
// (日结); those of a large ledger follow as soon as its DayCloser is done.
//
// A broken invariant while a ledger's request is judged stops that ledger: what its batch had
// decided is void, its requests are answered ledger_stopped, the other ledgers go on.
#pragma once

#include "crypto/random_bytes.h"
#include "crypto/signature.h"

#include "events/model/limits.h"
#include "events/storage/journal_recovery.h"
#include "events/vault/person_keys.h"

#include "projections/state/ledger_set.h"
#include "projections/state/own_request.h"

#include "server/pipeline/clock.h"
#include "server/pipeline/clock_guard.h"
#include "server/pipeline/committer.h"
#include "server/pipeline/day_closer.h"
#include "server/pipeline/eraser.h"
#include "server/pipeline/write_queue.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  // Called once; no acknowledgement follows.
  std::function<void(const std::string& why)> on_fatal;
  // A ledger stopped; from the writer's thread.
  std::function<void(std::string_view ledger, std::string_view why)> on_ledger_stopped =
      [](std::string_view, std::string_view) {};
  // The server's own key of each ledger by name; a ledger without one gets no records of its own.
  std::map<std::string, crypto::PrivateKey> server_keys = {};
  // A repair of the journal that is not on record yet, and what to do once it is.
  std::optional<JournalRecovery> recovery = {};
  std::function<Outcome()> recovery_recorded = [] { return Outcome(Done{}); };
  // Of the ids of the server's own requests; asked by the thread that states them.
  crypto::RandomSource random = crypto::fill_random;
  // Who carries out what PersonErased decides; nobody: it waits.
  Eraser* eraser = nullptr;
  // A ledger with more streams than this is closed by its DayCloser (limits.h).
  std::uint64_t day_close_inline_streams = limits::day_close_inline_streams;
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
  [[nodiscard]] bool has_own_key(const std::string& ledger) const {
    return parts_.server_keys.contains(ledger);
  }
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

  // "" or why nothing can be written.
  [[nodiscard]] std::string state_opening();
  [[nodiscard]] Outcome state_opening_of(LedgerMachine& machine, UnixMicros now, Drafts& drafts);
  // Everything that came due, in commits of its own. A ledger whose statements fail stops.
  void state_due(UnixMicros now);
  [[nodiscard]] Outcome state_due_of(LedgerMachine& machine,
                                     UnixMicros now,
                                     std::size_t most,
                                     Drafts& drafts);
  // Everything that is over, oldest first, as far as it is computed.
  void close_days(UnixMicros now);
  [[nodiscard]] Outcome close_days_of(LedgerMachine& machine, UnixMicros now, Drafts& drafts);
  [[nodiscard]] bool is_day_over(const LedgerMachine& machine, UnixMicros now);
  [[nodiscard]] bool is_any_day_over(UnixMicros now);
  // Asks for the erasures that are decided, states those that are done.
  void state_erasures(UnixMicros now);
  [[nodiscard]] Outcome state_erasures_of(LedgerMachine& machine, UnixMicros now, Drafts& drafts);
  // not_permitted if a statement commits to a value of somebody erased.
  [[nodiscard]] Outcome check_not_erased(const LedgerMachine& machine,
                                         const AdmittedRequest& request) const;
  // What `state` says of each running ledger, in one commit; false: there was nothing to say.
  using StateOf = std::function<Outcome(LedgerMachine&, Drafts&)>;
  bool state_of_all(UnixMicros now, const StateOf& state);
  // The server's own request, into the ledger's draft.
  [[nodiscard]] AppendResult append_own(LedgerMachine& machine,
                                        const crypto::PrivateKey& key,
                                        std::span<const OwnStatement> statements,
                                        UnixMicros now,
                                        Drafts& drafts);
  [[nodiscard]] Outcome submit_own(LedgerMachine& machine,
                                   const crypto::PrivateKey& key,
                                   std::span<const OwnStatement> statements,
                                   UnixMicros now,
                                   Drafts& drafts);
  // Likewise, for somebody who waits for the answer.
  [[nodiscard]] AppendResult decide_own(LedgerMachine& machine,
                                        std::span<const OwnStatement> statements,
                                        UnixMicros now,
                                        Drafts& drafts);
  [[nodiscard]] BatchDraft& draft_of(LedgerMachine& machine, Drafts& drafts);
  void run();
  void idle();
  void decide(std::vector<WriteTask> tasks);
  [[nodiscard]] AppendResult decide_one(const WriteTask& task, UnixMicros now, Drafts& drafts);
  void void_stopped(const std::vector<WriteTask>& tasks, std::vector<AppendResult>& results);
  void seal(Drafts& drafts, Commit& commit, UnixMicros now);
  [[nodiscard]] bool seal_openings(LedgerMachine& machine, BatchDraft& draft) const;
  [[nodiscard]] AppendResult stop_ledger(LedgerMachine& machine,
                                         Drafts& drafts,
                                         std::string_view why);
  // False: the commit in flight failed, or this one.
  bool hand_over(Commit commit);
  void recover(Committer::Failed failed, std::vector<WriteTask> later);
  void stop_with(const std::string& why, std::vector<WriteTask> tasks, ErrorCode code);

  WriterParts parts_;
  std::unique_ptr<LedgerSet> ledgers_;
  Committer committer_;
  WriteQueue queue_;
  JournalHead next_;  // position and tip for the next frame
  std::uint64_t generation_ = 0;
  std::array<std::uint8_t, 16> writer_id_{};
  ClockGuard clock_guard_;
  DayCloser day_closer_;
  std::map<LedgerOrdinal, CivilDate> next_day_;  // to be closed; absent: not looked up
  bool stopped_in_batch_ = false;                // a ledger, by the batch that is being decided
  std::atomic<bool> fatal_{false};
  std::thread thread_;
};

}  // namespace juanzong
