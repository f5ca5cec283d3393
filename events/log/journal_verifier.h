// SPDX-License-Identifier: Apache-2.0
// Journal verifier: whether a sequence of frames is a whole and unaltered journal, in one pass
// over all ledgers in it. Per frame its place in the chain of frames and its form; per ledger what
// log_verifier.h promises, and that every batch states the size and root that its records have.
// For frames that leave or enter the machine: a backup, a restored copy.
#pragma once

#include "crypto/digest.h"

#include "events/log/journal.h"
#include "events/log/log_verifier.h"
#include "events/model/ids.h"
#include "events/model/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace juanzong {

struct JournalVerifierOptions {
  unsigned threads = 2;
  // Sizes at which the roots of every ledger are wanted.
  std::vector<std::uint64_t> watched_sizes = {};
  // Every good record; of one ledger in order.
  std::function<void(const LedgerId&, const VerifiedRecord&)> visit = {};
};

class JournalVerifier {
 public:
  explicit JournalVerifier(JournalVerifierOptions options);
  JournalVerifier(const JournalVerifier&) = delete;
  JournalVerifier& operator=(const JournalVerifier&) = delete;
  ~JournalVerifier();

  // The frames in order from the first. corruption at the first fault, naming the record; records
  // are judged in blocks, so a fault may show some frames later. Nothing is added after a failure.
  [[nodiscard]] Outcome add(const Frame& frame);
  // After the last frame.
  [[nodiscard]] Outcome finish();

  [[nodiscard]] const JournalHead& head() const { return head_; }
  [[nodiscard]] std::uint64_t records() const { return records_; }  // taken in so far
  // By ledger; whole after finish().
  [[nodiscard]] std::map<LedgerId, LogVerification> ledgers() const;

 private:
  struct Ledger;

  [[nodiscard]] Outcome add_batch(const BatchHead& batch, const std::vector<Bytes>& chunks);
  [[nodiscard]] Outcome judge(const LedgerId& id, Ledger& ledger);

  JournalVerifierOptions options_;
  JournalHead head_;
  std::uint64_t records_ = 0;
  std::map<LedgerId, std::unique_ptr<Ledger>> ledgers_;
};

// Reads a cursor to its end, or to `end` if that is nearer, and verifies what it gives.
// ledger_behind_anchor: it ends before `end`, or another frame stands there.
[[nodiscard]] Outcome verify_frames(JournalCursor& cursor,
                                    const JournalHead& end,
                                    JournalVerifier& verifier,
                                    const std::function<Outcome(const Frame&)>& each);

}  // namespace juanzong
