// SPDX-License-Identifier: Apache-2.0
// Founds one more ledger in the journal of a test.
#pragma once

#include "events/log/journal.h"

#include "projections/state/founding.h"

#include <gtest/gtest.h>

#include <string>

namespace juanzong::testing {

inline Founding founding_of(const std::string& name, const std::string& origin) {
  Founding founding;
  founding.facts.name = name;
  founding.facts.origin = origin;
  founding.facts.verifier_key = origin + "+key";
  founding.facts.founder = "S-ADM";
  founding.timezone = "Asia/Shanghai";
  founding.founder_badge = "B-ADM";
  return founding;
}

// The frame that is the ledger's first, appended.
inline Frame append_founding(Journal& journal, LedgerBatch batch) {
  FrameHead head;
  head.position = journal.head().next_position;
  head.prev_tip = journal.head().tip;
  Frame frame = seal_frame(head, {std::move(batch)});
  EXPECT_EQ(journal.append(frame), AppendOutcome::ok);
  return frame;
}

}  // namespace juanzong::testing
