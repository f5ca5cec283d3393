// SPDX-License-Identifier: Apache-2.0
// Beside the ledger of the writer's fixture one whose server has a key of its own.
#pragma once

#include "projections/state/own_request.h"
#include "projections/state/record_reader.h"

#include "tests/server/writer_fixture.h"

#include <string>
#include <vector>

namespace juanzong::testing {

// A ledger whose server has a key, the directory's only one.
class ServedLedger : public WriterTest {
 protected:
  ServedLedger() {
    DerivedRows rows(make_memory_row_store());
    LedgerSet ledgers(rows, catalogue());
    Result<LedgerBatch> batch = found_ledger(ledgers,
                                             founding_of("served", "test.example/served"),
                                             {founder_, &server_},
                                             prepared_.ledger.now());
    EXPECT_TRUE(batch.has_value());
    static_cast<void>(append_founding(prepared_.ledger.journal(), std::move(*batch)));
  }

  void open(std::optional<JournalRecovery> recovery) {
    recovery_ = std::move(recovery);
    served_ = true;
    start({}, true);
  }

  // Names of the events of the served ledger, and of no other frame's.
  std::vector<std::string> events() {
    DerivedRows rebuilt(make_memory_row_store());
    LedgerSet set(rebuilt, catalogue());
    EXPECT_TRUE(set.catch_up(
                       *inner_, [](std::uint64_t) {}, [] {})
                    .has_value());
    const DerivedRows::Snapshot rows(rebuilt);
    const RecordReader reader(rows, *inner_, set.find("served")->ordinal());
    std::vector<std::string> names;
    const auto records = reader.records(RecordIndex{0}, 100);
    EXPECT_TRUE(records.has_value());
    for (const Bytes& bytes : *records) {
      const auto record = parse_record(bytes);
      names.push_back(catalogue().find(record->statement.type)->descriptor.name);
    }
    return names;
  }

  // What the journal holds is what the next writer finds.
  void reopen() {
    const auto cursor = inner_->tail(prepared_.ledger.journal().head().next_position);
    std::vector<Frame> frames;
    while (auto frame = *cursor->next()) {
      frames.push_back(std::move(*frame));
    }
    writer_.reset();
    materialiser_.reset();
    for (const Frame& frame : frames) {
      EXPECT_EQ(prepared_.ledger.journal().append(frame), AppendOutcome::ok);
    }
    std::filesystem::remove(folder_.path() / "anchor");
    std::filesystem::remove(folder_.path() / "person_keys");
    open({});
  }
};

}  // namespace juanzong::testing
