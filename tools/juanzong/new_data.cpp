// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/new_data.h"

#include "events/log/anchor.h"
#include "events/storage/durable_file.h"
#include "events/storage/memory_row_store.h"
#include "events/storage/rocksdb_journal.h"
#include "events/vault/person_keys.h"

#include "projections/state/ledger_set.h"

#include "server/data/data_directory.h"
#include "server/net/tls.h"

#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

Outcome make_folders(const DataPaths& paths) {
  std::error_code error;
  for (const fs::path& folder :
       {paths.root, paths.keys, paths.person_keys.parent_path(), paths.blobs}) {
    if (!fs::create_directory(folder, error) || error) {
      return fail(ErrorCode::io_failure, folder.string());
    }
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  return error ? Outcome(fail(ErrorCode::io_failure, paths.root.string())) : Outcome(Done{});
}

// What the whole directory has in common.
Outcome write_shared_keys(const DataPaths& paths) {
  if (const Outcome written = write_new_secret_key(paths.keys / "vault.kek"); !written) {
    return written;
  }
  return write_self_signed_tls({paths.keys / "tls.cert.pem", paths.keys / "tls.key.pem"},
                               {"localhost", "127.0.0.1"});
}

// Decides the founding request on an empty directory.
Result<LedgerBatch> found_first(const NewData& wanted, const NewKeys& keys) {
  DerivedRows rows(make_memory_row_store());
  LedgerSet ledgers(rows, catalogue());
  return found(ledgers, wanted, keys);
}

Outcome write_log(const DataPaths& paths, LedgerBatch batch, UnixMicros now) {
  Result<std::unique_ptr<Journal>> journal = create_rocksdb_journal(paths.log);
  if (!journal) {
    return fail(journal.error());
  }
  Result<std::unique_ptr<Anchor>> anchor = Anchor::create(paths.anchor);
  if (!anchor) {
    return fail(anchor.error());
  }
  std::error_code error;
  fs::permissions(paths.log, fs::perms::owner_all, error);
  // Whatever went wrong: the folder is removed, so the outcome is known.
  const bool durable = !error && append_frame(**journal, **anchor, std::move(batch), now);
  return durable ? Outcome(Done{}) : Outcome(fail(ErrorCode::io_failure, paths.log.string()));
}

Outcome make_vault(const DataPaths& paths) {
  Result<crypto::SecretKey> key = read_secret_key(paths.keys / "vault.kek");
  if (!key) {
    return fail(key.error());
  }
  const auto vault = PersonKeys::create(paths.person_keys, std::move(*key));
  return vault ? Outcome(Done{}) : fail(vault.error());
}

Result<std::string> fill(const DataPaths& paths, const NewData& wanted, const NewKeys& keys) {
  if (const Outcome made = make_folders(paths); !made) {
    return fail(made.error());
  }
  Result<LedgerBatch> founding = found_first(wanted, keys);
  if (!founding) {
    return fail(founding.error());
  }
  Outcome done = write_keys(key_files_of_first(paths), keys);
  done = done ? write_shared_keys(paths) : done;
  done = done ? make_vault(paths) : done;
  done = done ? write_log(paths, std::move(*founding), wanted.now) : done;
  done = done ? sync_folder(paths.root) : done;
  return done ? Result<std::string>(keys.log.verifier().text()) : fail(done.error());
}

}  // namespace

Result<std::string> create_data(const NewData& wanted) {
  const Result<NewKeys> keys = make_keys(wanted);
  return keys ? create_data(wanted, *keys) : fail(keys.error());
}

Result<std::string> create_data(const NewData& wanted, const NewKeys& keys) {
  fs::path directory = fs::absolute(wanted.directory).lexically_normal();
  if (!directory.has_filename()) {
    directory = directory.parent_path();
  }
  const fs::path beside = directory.string() + ".new";
  for (const fs::path& taken : {directory, beside}) {
    if (fs::exists(fs::symlink_status(taken))) {
      return fail(ErrorCode::environment,
                  taken.string() +
                      ": 已存在;在其中增设卷宗用 juanzong ledger add / exists already; juanzong "
                      "ledger add adds to it");
    }
  }
  Result<std::string> key = fill(DataPaths(beside), wanted, keys);
  std::error_code error;
  if (!key) {
    fs::remove_all(beside, error);
    return key;
  }
  fs::rename(beside, directory, error);
  const Outcome synced = error ? Outcome(fail(ErrorCode::io_failure, directory.string()))
                               : sync_folder(directory.parent_path());
  return synced ? key : fail(synced.error());
}

}  // namespace juanzong::cli
