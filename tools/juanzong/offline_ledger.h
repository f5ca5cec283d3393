// SPDX-License-Identifier: Apache-2.0
// One ledger of a data directory, read without a server and also beside one.
#pragma once

#include "crypto/checkpoint.h"

#include "events/model/result.h"

#include "projections/state/ledger_list.h"
#include "projections/state/record_reader.h"
#include "projections/state/snapshot_world.h"

#include "server/data/data_directory.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace juanzong::cli {

// All ledgers of a data directory, with a progress bar while the rows are caught up. environment:
// there is none.
[[nodiscard]] Result<std::unique_ptr<OfflineData>> open_offline(
    const std::filesystem::path& directory);

class OfflineLedger {
 public:
  // `ledger`: its name; "" for the only one. unknown_ledger, ledger_not_named.
  [[nodiscard]] static Result<std::unique_ptr<OfflineLedger>> open(
      const std::filesystem::path& directory, std::string_view ledger);

  [[nodiscard]] const DataPaths& paths() const { return paths_; }
  [[nodiscard]] const Journal& journal() const { return data_->journal(); }
  [[nodiscard]] const RowReader& rows() const { return rows_; }
  [[nodiscard]] const LedgerEntry& entry() const { return entry_; }
  [[nodiscard]] LedgerOrdinal ordinal() const { return entry_.ordinal; }
  [[nodiscard]] const RecordReader& reader() const { return reader_; }
  [[nodiscard]] const LedgerHead& head() const { return entry_.head; }
  // Staff behind a key; empty if unknown.
  [[nodiscard]] std::string actor_of(const KeyId& key) const;

 private:
  OfflineLedger(DataPaths paths, std::unique_ptr<OfflineData> data, LedgerEntry entry);

  DataPaths paths_;
  std::unique_ptr<OfflineData> data_;
  DerivedRows::Snapshot rows_;
  LedgerEntry entry_;
  RecordReader reader_;
  SnapshotWorld world_;
};

// A checkpoint over this head, signed with the ledger's own log key. busy while the journal is
// ahead of its anchor: a server is writing, and a head that is not acknowledged may still vanish.
[[nodiscard]] Result<std::string> sign_head(const OfflineLedger& ledger,
                                            const crypto::Checkpoint& head);

// A tlog-proof file for one record, under a head signed so.
[[nodiscard]] Result<std::string> prove_record(const OfflineLedger& ledger, RecordIndex index);

}  // namespace juanzong::cli
