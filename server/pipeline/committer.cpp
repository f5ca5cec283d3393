// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/committer.h"

#include "events/model/check.h"
#include "events/model/thread_name.h"

namespace juanzong {

Committer::Committer(Parts parts) : parts_(std::move(parts)), thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::optional<Committer::Failed> Committer::take_failure_locked() {
  std::optional<Failed> failure = std::move(failed_);
  failed_.reset();
  return failure;
}

std::optional<Committer::Failed> Committer::submit(Commit& next) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !current_; });
    if (failed_) {
      return take_failure_locked();
    }
    current_ = std::move(next);
  }
  changed_.notify_all();
  return std::nullopt;
}

std::optional<Committer::Failed> Committer::run_inline(Commit& commit) {
  if (auto failed = wait()) {
    return failed;
  }
  const AppendOutcome outcome = make_durable(commit);
  if (outcome != AppendOutcome::ok) {
    return Failed{outcome, std::move(commit)};
  }
  finish(commit);
  return std::nullopt;
}

std::optional<Committer::Failed> Committer::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !current_; });
  return take_failure_locked();
}

std::uint64_t Committer::durable_generation() const {
  const std::lock_guard lock(mutex_);
  return durable_generation_;
}

AppendOutcome Committer::make_durable(Commit& commit) {
  if (!commit.frame) {
    return AppendOutcome::ok;
  }
  const AppendOutcome outcome = parts_.journal.append(*commit.frame);
  if (outcome != AppendOutcome::ok) {
    return outcome;
  }
  // The journal has it; an anchor that cannot be written must stop the process all the same, since
  // the next start could no longer tell that this reply had left.
  return parts_.anchor.write(parts_.journal.head()) ? AppendOutcome::ok : AppendOutcome::unknown;
}

void Committer::release(Commit& commit) {
  if (commit.frame) {
    parts_.rows.publish(std::move(commit.rows), commit.records);
    parts_.materialiser.published();
    parts_.durable(commit.sizes);
  }
  for (std::size_t i = 0; i < commit.tasks.size(); ++i) {
    commit.tasks[i].done(std::move(commit.results[i]));
  }
}

void Committer::finish(Commit& commit) {
  release(commit);
  const std::lock_guard lock(mutex_);
  durable_generation_ = commit.generation;
}

void Committer::run() {
  name_this_thread("jz-commit");
  while (true) {
    Commit* commit = nullptr;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || current_; });
      if (!current_) {
        return;
      }
      commit = &*current_;
    }
    // Only this thread touches *commit until current_ is reset under the lock.
    const AppendOutcome outcome = make_durable(*commit);
    if (outcome == AppendOutcome::ok) {
      release(*commit);
    }
    {
      const std::lock_guard lock(mutex_);
      if (outcome == AppendOutcome::ok) {
        durable_generation_ = commit->generation;
      } else {
        failed_ = Failed{outcome, std::move(*commit)};
      }
      current_.reset();
    }
    changed_.notify_all();
  }
}

}  // namespace juanzong
