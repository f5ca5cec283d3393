// SPDX-License-Identifier: Apache-2.0
#include "server/data/data_directory.h"

#include "crypto/random_bytes.h"

#include "events/storage/durable_file.h"
#include "events/storage/memory_row_store.h"
#include "events/storage/row_store.h"

#include "server/data/owed_recovery.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace juanzong {
namespace {

void do_nothing() {}

// Derived rows that are damaged, or of another history than the journal's, are deleted: they are
// computed again from the log.
Outcome discard_rows(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::remove_all(directory, error);
  return error ? Outcome(fail(ErrorCode::io_failure, directory.string())) : Outcome(Done{});
}

}  // namespace

DataPaths::DataPaths(std::filesystem::path directory)
    : root(std::move(directory)),
      log(root / "log"),
      derived(root / "derived"),
      anchor(root / "anchor"),
      person_keys(root / "vault" / "person_keys"),
      blobs(root / "blobs"),
      keys(root / "keys") {}

DataDirectory::DataDirectory(const std::filesystem::path& root)
    : paths_(root), blobs_(paths_.blobs) {}

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const std::filesystem::path& root,
                                                           const Progress& progress,
                                                           std::function<void()> on_failure,
                                                           OwedRecovery owed) {
  if (!std::filesystem::exists(DataPaths(root).anchor)) {
    return fail(ErrorCode::environment, root.string() + ": no data directory; run juanzong init");
  }
  if (owed == OwedRecovery::refused && owes_recovery(root)) {
    return fail(ErrorCode::ledger_behind_anchor,
                root.string() +
                    ": 恢复时已知有记录丢失,须先以 juanzong recover 声明 / restored with a known "
                    "loss; declare it first: juanzong recover");
  }
  std::unique_ptr<DataDirectory> data(new DataDirectory(root));
  if (const Outcome log = data->open_log(); !log) {
    return fail(log.error());
  }
  if (const Outcome vault = data->open_vault(); !vault) {
    return fail(vault.error());
  }
  if (const Outcome rows = data->open_rows(progress, std::move(on_failure)); !rows) {
    return fail(rows.error());
  }
  return data;
}

Outcome DataDirectory::open_log() {
  Result<std::unique_ptr<Anchor>> anchor = Anchor::open(paths_.anchor);
  if (!anchor) {
    return fail(ErrorCode::ledger_behind_anchor, "anchor: " + anchor.error().detail);
  }
  anchor_ = std::move(*anchor);
  Result<OpenedJournal> opened = open_rocksdb_journal(paths_.log, anchor_->newest());
  if (!opened) {
    return fail(opened.error());
  }
  journal_ = std::move(opened->journal);
  recovery_ = std::move(opened->recovery);
  return check_against_anchor(*journal_, anchor_->newest());
}

Outcome DataDirectory::open_vault() {
  Result<crypto::SecretKey> key = read_secret_key(paths_.keys / "vault.kek");
  if (!key) {
    return fail(key.error());
  }
  // Nobody else writes it, and an old copy may hold the key of somebody erased since.
  if (const Outcome tidied = remove_unfinished_files(paths_.person_keys); !tidied) {
    return tidied;
  }
  Result<std::unique_ptr<PersonKeys>> keys = PersonKeys::open(paths_.person_keys, std::move(*key));
  if (!keys) {
    return fail(keys.error());
  }
  person_keys_ = std::move(*keys);
  return Done{};
}

Outcome DataDirectory::open_rows(const Progress& progress, std::function<void()> on_failure) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    Result<std::unique_ptr<RowStore>> store = open_row_store(paths_.derived);
    if (store) {
      rows_ = std::make_unique<DerivedRows>(std::move(*store));
      if (rows_fit(*rows_, *journal_)) {
        break;
      }
      rows_.reset();
    }
    if (const Outcome discarded = discard_rows(paths_.derived); !discarded) {
      return discarded;
    }
  }
  if (!rows_) {
    return fail(ErrorCode::environment, paths_.derived.string());
  }
  materialiser_ = std::make_unique<Materialiser>(*rows_, std::move(on_failure));
  ledgers_ = std::make_unique<LedgerSet>(*rows_, catalogue());
  return ledgers_->catch_up(*journal_, progress, [this] { materialiser_->published(); });
}

Result<std::unique_ptr<OfflineData>> OfflineData::open(const std::filesystem::path& root,
                                                       const DataDirectory::Progress& progress) {
  const DataPaths paths(root);
  std::unique_ptr<OfflineData> data(new OfflineData());
  Result<std::unique_ptr<Journal>> journal = open_rocksdb_journal_read_only(paths.log);
  if (!journal) {
    return fail(journal.error());
  }
  data->journal_ = std::move(*journal);
  Result<std::unique_ptr<RowStore>> store = open_row_store_read_only(paths.derived);
  data->rows_ = std::make_unique<DerivedRows>(store ? std::move(*store) : make_memory_row_store());
  if (!rows_fit(*data->rows_, *data->journal_)) {
    data->rows_ = std::make_unique<DerivedRows>(make_memory_row_store());
  }
  data->ledgers_ = std::make_unique<LedgerSet>(*data->rows_, catalogue());
  if (const Outcome done = data->ledgers_->catch_up(*data->journal_, progress, do_nothing); !done) {
    return fail(done.error());
  }
  return data;
}

Result<crypto::SecretKey> read_secret_key(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return fail(ErrorCode::environment, file.string());
  }
  struct stat status {};
  crypto::SecretKey key;
  const bool is_private = ::fstat(descriptor, &status) == 0 && (status.st_mode & 077) == 0 &&
                          status.st_uid == ::geteuid();
  const bool whole = ::read(descriptor, key.writable().data(), key.writable().size()) ==
                         static_cast<ssize_t>(key.writable().size()) &&
                     status.st_size == static_cast<off_t>(key.writable().size());
  ::close(descriptor);
  if (!is_private) {
    return fail(ErrorCode::key_file_permissions, file.string());
  }
  if (!whole) {
    return fail(ErrorCode::corruption, file.string());
  }
  return key;
}

Outcome write_new_secret_key(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(ErrorCode::io_failure, file.string());
  }
  crypto::SecretKey key;
  crypto::fill_random(key.writable());
  const bool written = ::write(descriptor, key.view().data(), key.view().size()) ==
                           static_cast<ssize_t>(key.view().size()) &&
                       ::fsync(descriptor) == 0;
  ::close(descriptor);
  return written ? Outcome(Done{}) : Outcome(fail(ErrorCode::io_failure, file.string()));
}

}  // namespace juanzong
