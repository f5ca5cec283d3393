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

class OfflineLedger {
 public:
  // `ledger`: its name; "" for the only one.
  [[nodiscard]] static Result<std::unique_ptr<OfflineLedger>> open(
      const std::filesystem::path& directory, std::string_view ledger);

  [[nodiscard]] const DataPaths& paths() const { return paths_; }
  [[nodiscard]] const Journal& journal() const { return data_->journal(); }
  [[nodiscard]] const RowReader& rows() const { return rows_; }
  [[nodiscard]] LedgerOrdinal ordinal() const { return ordinal_; }
  [[nodiscard]] const RecordReader& reader() const { return reader_; }
  [[nodiscard]] const LedgerHead& head() const { return head_; }
  // Staff behind a key; empty if unknown.
  [[nodiscard]] std::string actor_of(const KeyId& key) const;

 private:
  OfflineLedger(DataPaths paths,
                std::unique_ptr<OfflineData> data,
                LedgerOrdinal ordinal,
                LedgerHead head);

  DataPaths paths_;
  std::unique_ptr<OfflineData> data_;
  DerivedRows::Snapshot rows_;
  LedgerOrdinal ordinal_;
  RecordReader reader_;
  LedgerHead head_;
  SnapshotWorld world_;
};

// A checkpoint over this head, signed with DIR/keys/log.key. busy while the journal is ahead of
// its anchor: a server is writing, and a head that is not acknowledged may still vanish.
[[nodiscard]] Result<std::string> sign_head(const DataPaths& paths,
                                            const Journal& journal,
                                            const crypto::Checkpoint& head);

}  // namespace juanzong::cli
