// SPDX-License-Identifier: Apache-2.0
// What the writer states itself: at its opening, and as things come due.
#include "events/model/check.h"
#include "events/model/limits.h"
#include "events/procedures/due_list.h"
#include "events/procedures/personal_data/personal_data.h"

#include "server/pipeline/due_records.h"
#include "server/pipeline/opening_records.h"
#include "server/pipeline/writer.h"

#include <algorithm>

namespace juanzong {

// One request a ledger, in one commit, durable before anybody else's. A crash in between leaves all
// or nothing, and the next start states what is still owed.
std::string Writer::state_opening() {
  const UnixMicros now = parts_.clock.now();
  std::string problem =
      clock_guard_.problem_at_start(now, ledgers_->newest_recorded_at(), parts_.clock_accepted);
  if (!problem.empty()) {
    return problem;
  }
  Commit commit;
  commit.generation = ++generation_;
  Drafts drafts;
  for (LedgerMachine* machine : ledgers_->running()) {
    if (const Outcome stated = state_opening_of(*machine, now, drafts); !stated) {
      return to_text(stated.error());
    }
  }
  seal(drafts, commit, now);
  if (!hand_over(std::move(commit))) {
    return "the opening records were not confirmed";
  }
  const Outcome noted = parts_.recovery ? parts_.recovery_recorded() : Outcome(Done{});
  return noted ? std::string() : to_text(noted.error());
}

Outcome Writer::state_opening_of(LedgerMachine& machine, UnixMicros now, Drafts& drafts) {
  const auto key = parts_.server_keys.find(machine.head().name);
  if (key == parts_.server_keys.end()) {
    return Done{};
  }
  const Result<std::vector<OwnStatement>> statements = opening_statements(
      machine,
      {parts_.recovery, clock_guard_.remarkable_skew_ms(now, machine.head().last_recorded_at)});
  if (!statements || statements->empty()) {
    return statements ? Outcome(Done{}) : fail(statements.error());
  }
  return submit_own(machine, key->second, *statements, now, drafts);
}

BatchDraft& Writer::draft_of(LedgerMachine& machine, Drafts& drafts) {
  const auto [draft, is_new] = drafts.try_emplace(&machine);
  if (is_new) {
    machine.begin_batch(draft->second);
  }
  return draft->second;
}

AppendResult Writer::append_own(LedgerMachine& machine,
                                const crypto::PrivateKey& key,
                                std::span<const OwnStatement> statements,
                                UnixMicros now,
                                Drafts& drafts) {
  const crypto::PrivateKey* signers[] = {&key};
  const Result<AdmittedRequest> request =
      make_own_request(machine, signers, statements, now, parts_.random);
  return request ? machine.submit(*request, now, draft_of(machine, drafts))
                 : AppendResult(request.error());
}

AppendResult Writer::decide_own(LedgerMachine& machine,
                                std::span<const OwnStatement> statements,
                                UnixMicros now,
                                Drafts& drafts) {
  const auto key = parts_.server_keys.find(machine.head().name);
  return key == parts_.server_keys.end()
             ? AppendResult(Error{ErrorCode::unknown_key, "the server has no key of its own here"})
             : append_own(machine, key->second, statements, now, drafts);
}

Outcome Writer::submit_own(LedgerMachine& machine,
                           const crypto::PrivateKey& key,
                           std::span<const OwnStatement> statements,
                           UnixMicros now,
                           Drafts& drafts) {
  const AppendResult result = append_own(machine, key, statements, now, drafts);
  if (const auto* error = std::get_if<Error>(&result)) {
    return fail(*error);
  }
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused == nullptr ? Outcome(Done{})
                            : fail(ErrorCode::not_permitted, refused->refusals.front().en);
}

Outcome Writer::state_due_of(LedgerMachine& machine,
                             UnixMicros now,
                             std::size_t most,
                             Drafts& drafts) {
  const UnixMicros stamp = machine.stamp_at(now);
  if (!is_anything_due(machine.world(), stamp)) {
    return Done{};
  }
  const auto key = parts_.server_keys.find(machine.head().name);
  if (key == parts_.server_keys.end()) {
    return Done{};
  }
  Bytes before;
  while (most > 0) {
    const std::size_t part = std::min(most, limits::due_statements_max);
    const std::vector<OwnStatement> statements = due_statements(machine, stamp, part);
    if (statements.empty()) {
      break;
    }
    // What was stated has left the list; else it would be stated for ever.
    check(statements.front().body != before, "a breach is stated once");
    before = statements.front().body;
    if (const Outcome done = submit_own(machine, key->second, statements, now, drafts); !done) {
      return done;
    }
    most -= statements.size();
  }
  return Done{};
}

// A ledger whose own statements fail stops.
bool Writer::state_of_all(UnixMicros now, const StateOf& state) {
  Drafts drafts;
  for (LedgerMachine* machine : ledgers_->running()) {
    const RuleScope scope;
    try {
      if (const Outcome stated = state(*machine, drafts); !stated) {
        static_cast<void>(stop_ledger(*machine, drafts, to_text(stated.error())));
      }
    } catch (const BrokenInvariant& broken) {
      static_cast<void>(stop_ledger(*machine, drafts, broken.what()));
    }
  }
  stopped_in_batch_ = false;  // no request of anybody's was in it
  if (drafts.empty()) {
    return false;
  }
  Commit commit;
  commit.generation = ++generation_;
  seal(drafts, commit, now);
  hand_over(std::move(commit));
  return true;
}

// After a long absence there may be more than one frame of them.
void Writer::state_due(UnixMicros now) {
  const auto state = [this, now](LedgerMachine& machine, Drafts& drafts) {
    return state_due_of(machine, now, limits::due_records_max, drafts);
  };
  while (!fatal_ && state_of_all(now, state)) {
  }
}

Outcome Writer::check_not_erased(const LedgerMachine& machine,
                                 const AdmittedRequest& request) const {
  const auto* waiting = machine.world().find<ErasureState>(waiting_erasures);
  const bool none_waits = waiting == nullptr || waiting->waiting.empty();
  for (const AdmittedStatement& statement : request.statements) {
    for (const CommitmentField& field : statement.facts.commitments) {
      const bool gone = parts_.person_keys.is_erased({machine.head().id, field.subject});
      if (gone || (!none_waits && is_erased(machine.world(), hex_of(field.subject.bytes)))) {
        return fail(ErrorCode::not_permitted, std::string(erased_person));
      }
    }
  }
  return Done{};
}

Outcome Writer::state_erasures_of(LedgerMachine& machine, UnixMicros now, Drafts& drafts) {
  const auto* waiting = machine.world().find<ErasureState>(waiting_erasures);
  const auto key = parts_.server_keys.find(machine.head().name);
  if (waiting == nullptr || waiting->waiting.empty() || key == parts_.server_keys.end()) {
    return Done{};
  }
  const std::string id = waiting->waiting.front();
  if (const auto done = parts_.eraser->take(machine.ordinal(), id)) {
    const OwnStatement statement[] = {*done};
    return submit_own(machine, key->second, statement, now, drafts);
  }
  parts_.eraser->ask(machine.ordinal(), id);
  return Done{};
}

void Writer::state_erasures(UnixMicros now) {
  if (parts_.eraser == nullptr || fatal_) {
    return;
  }
  static_cast<void>(state_of_all(now, [this, now](LedgerMachine& machine, Drafts& drafts) {
    return state_erasures_of(machine, now, drafts);
  }));
}

bool Writer::is_day_over(const LedgerMachine& machine, UnixMicros now) {
  if (!parts_.server_keys.contains(machine.head().name) ||
      day_closer_.is_at_work(machine.ordinal())) {
    return false;
  }
  const CivilDate today = machine.head().zone.date_of(machine.stamp_at(now));
  const auto known = next_day_.find(machine.ordinal());
  if (known != next_day_.end()) {
    return known->second < today;
  }
  const auto open = first_open_day(machine, parts_.storage.rows);
  return open && next_day_.emplace(machine.ordinal(), *open).first->second < today;
}

bool Writer::is_any_day_over(UnixMicros now) {
  return std::ranges::any_of(ledgers_->running(), [this, now](const LedgerMachine* machine) {
    return is_day_over(*machine, now);
  });
}

Outcome Writer::close_days_of(LedgerMachine& machine, UnixMicros now, Drafts& drafts) {
  std::optional<DayFacts> facts;
  for (std::size_t count = 0; count < limits::days_closed_max && is_day_over(machine, now);
       ++count) {
    CivilDate& day = next_day_.at(machine.ordinal());
    std::optional<DayFacts> found = day_closer_.take(machine.ordinal(), day);
    if (!found) {
      found = day_facts(
          parts_.storage.rows, machine.ordinal(), day, facts, limits::day_close_inline_streams);
    }
    if (!found) {
      day_closer_.ask(machine.ordinal(), day);
      break;
    }
    facts = std::move(found);
    const OwnStatement statement[] = {day_statement(*facts)};
    const auto& key = parts_.server_keys.at(machine.head().name);
    if (const Outcome stated = submit_own(machine, key, statement, now, drafts); !stated) {
      return stated;
    }
    day = add_days(day, 1);
  }
  return Done{};
}

// Nothing is in flight: the rows hold every record of the days that are over.
void Writer::close_days(UnixMicros now) {
  const auto state = [this, now](LedgerMachine& machine, Drafts& drafts) {
    return close_days_of(machine, now, drafts);
  };
  while (!fatal_ && state_of_all(now, state)) {
    if (auto failed = committer_.wait()) {
      recover(*std::move(failed), {});
    }
  }
}

void Writer::idle() {
  const UnixMicros now = parts_.clock.now();
  if (fatal_) {
    return;
  }
  if (const std::string problem = clock_guard_.problem(now); !problem.empty()) {
    stop_with(problem, {}, ErrorCode::writes_stopped);
    return;
  }
  state_due(now);
  state_erasures(now);
  if (!fatal_ && is_any_day_over(now)) {
    if (auto failed = committer_.wait()) {
      recover(*std::move(failed), {});
      return;
    }
    close_days(now);
  }
}

}  // namespace juanzong
