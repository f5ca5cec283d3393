// SPDX-License-Identifier: Apache-2.0
// A data directory, opened for writing or only for reading.
//
//   DIR/log/        journal: the truth
//   DIR/derived/    rows: disposable, rebuilt when damaged or of another history
//   DIR/anchor      how far the journal was when the last reply left
//   DIR/vault/      person keys            DIR/blobs/   sealed attachments
//   DIR/keys/       log.key, log.vkey, founder.key, vault.kek, tls.cert.pem, tls.key.pem, and the
//                   first three of each further ledger (ledger_keys.h)
#pragma once

#include "events/log/anchor.h"
#include "events/storage/rocksdb_journal.h"
#include "events/vault/blob_store.h"
#include "events/vault/person_keys.h"

#include "projections/engine/materialiser.h"
#include "projections/state/ledger_set.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace juanzong {

struct DataPaths {
  explicit DataPaths(std::filesystem::path root);
  std::filesystem::path root, log, derived, anchor, person_keys, blobs, keys;
};

// Whether a directory is opened that owes a declared recovery (owed_recovery.h).
enum class OwedRecovery : std::uint8_t { refused, accepted };

class DataDirectory {
 public:
  using Progress = LedgerSet::Progress;

  // Opens journal and anchor, refuses what is behind the anchor or a known checkpoint
  // (ledger_behind_anchor), brings the rows up to date. `on_failure`: a derived write failed, the
  // process must stop.
  [[nodiscard]] static Result<std::unique_ptr<DataDirectory>> open(
      const std::filesystem::path& root,
      const Progress& progress,
      std::function<void()> on_failure,
      OwedRecovery owed = OwedRecovery::refused);

  [[nodiscard]] const DataPaths& paths() const { return paths_; }
  [[nodiscard]] Journal& journal() { return *journal_; }
  [[nodiscard]] Anchor& anchor() { return *anchor_; }
  [[nodiscard]] DerivedRows& rows() { return *rows_; }
  [[nodiscard]] Materialiser& materialiser() { return *materialiser_; }
  [[nodiscard]] PersonKeys& person_keys() { return *person_keys_; }
  [[nodiscard]] BlobStore& blobs() { return blobs_; }
  // A torn tail that was cut off and is not on record yet; forget_recovery() once it is.
  [[nodiscard]] const std::optional<JournalRecovery>& recovery() const { return recovery_; }
  // As they stand after open(); until the writer takes them.
  [[nodiscard]] const LedgerSet& ledgers() const { return *ledgers_; }
  // The writer takes the ledgers over; once.
  [[nodiscard]] std::unique_ptr<LedgerSet> take_ledgers() { return std::move(ledgers_); }

 private:
  explicit DataDirectory(const std::filesystem::path& root);
  [[nodiscard]] Outcome open_log();
  [[nodiscard]] Outcome open_vault();
  [[nodiscard]] Outcome open_rows(const Progress& progress, std::function<void()> on_failure);

  DataPaths paths_;
  std::unique_ptr<Anchor> anchor_;
  std::unique_ptr<Journal> journal_;
  std::optional<JournalRecovery> recovery_;
  std::unique_ptr<PersonKeys> person_keys_;
  BlobStore blobs_;
  std::unique_ptr<DerivedRows> rows_;
  std::unique_ptr<Materialiser> materialiser_;
  std::unique_ptr<LedgerSet> ledgers_;
};

// The same for offline tools: what was durable when it opened; nothing is written. Works beside a
// running server.
class OfflineData {
 public:
  [[nodiscard]] static Result<std::unique_ptr<OfflineData>> open(
      const std::filesystem::path& root, const DataDirectory::Progress& progress);
  [[nodiscard]] const Journal& journal() const { return *journal_; }
  [[nodiscard]] const DerivedRows& rows() const { return *rows_; }

 private:
  OfflineData() = default;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<DerivedRows> rows_;
  std::unique_ptr<LedgerSet> ledgers_;
};

// The key-encryption key of the vault: 32 bytes in a file only its owner reads.
[[nodiscard]] Result<crypto::SecretKey> read_secret_key(const std::filesystem::path& file);
[[nodiscard]] Outcome write_new_secret_key(const std::filesystem::path& file);

}  // namespace juanzong
