// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/restore_backup.h"

#include "events/log/anchor.h"
#include "events/storage/bulk_journal.h"
#include "events/storage/durable_file.h"
#include "events/storage/rocksdb_journal.h"
#include "events/vault/blob_store.h"
#include "events/vault/person_keys.h"

#include "server/data/data_directory.h"
#include "server/data/owed_recovery.h"

#include "tools/backup/key_copy.h"

#include <string>
#include <system_error>
#include <utility>

namespace juanzong {
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

Outcome check_age(const KeyCopy& copy, const KeysToRestore& keys, UnixMicros now) {
  if (now > copy.destroy_by && !keys.accept_expired) {
    return fail(ErrorCode::not_permitted,
                keys.copy.string() +
                    ": 人员密钥副本已过销毁期限,其后删除的个人信息会因此复现 / it had to be "
                    "destroyed by " +
                    to_rfc3339(copy.destroy_by) + "; it may bring back erased people");
  }
  return Done{};
}

class Restoring {
 public:
  Restoring(const RestoreOrder& order, const crypto::SecretKey& private_key, fs::path beside)
      : order_(order), private_key_(private_key), paths_(std::move(beside)) {}

  Result<RestoredBackup> run() {
    Outcome done = make_folders(paths_);
    done = done ? place_keys() : done;
    done = done ? fill() : done;
    done = done ? check_journal() : done;
    done = done ? owe_recoveries() : done;
    done = done ? set_anchor() : done;
    done = done ? sync_all() : done;
    return done ? Result<RestoredBackup>(std::move(restored_)) : fail(done.error());
  }

 private:
  Outcome place_keys() {
    if (!order_.keys) {
      return Done{};
    }
    const Result<KeyCopy> copy = read_key_copy(order_.keys->copy, private_key_);
    if (!copy) {
      return fail(copy.error());
    }
    if (const Outcome fresh = check_age(*copy, *order_.keys, order_.now); !fresh) {
      return fresh;
    }
    Result<crypto::SecretKey> key = read_secret_key(order_.keys->key_encryption_key);
    if (!key) {
      return fail(key.error());
    }
    keys_created_ = copy->created;
    restored_.destroy_keys_by = copy->destroy_by;
    Outcome placed = create_file_durably(paths_.person_keys, copy->person_keys);
    placed = placed ? create_file_durably(paths_.keys / "vault.kek", key->view()) : placed;
    if (!placed) {
      return placed;
    }
    Result<std::unique_ptr<PersonKeys>> opened =
        PersonKeys::open(paths_.person_keys, std::move(*key));
    if (!opened) {
      return fail(opened.error());
    }
    person_keys_ = std::move(*opened);
    return Done{};
  }

  Outcome fill() {
    const Result<std::unique_ptr<BulkJournal>> journal = BulkJournal::create(paths_.log);
    if (!journal) {
      return fail(journal.error());
    }
    BackupReading reading = order_.reading;
    reading.sink.frame = [&journal](const Frame& frame) { return (*journal)->append(frame); };
    reading.sink.blob = [this](const BackedUpBlob& blob, const KeyOwner& subject) {
      return place_blob(blob, subject);
    };
    Result<VerifiedBackup> backup = read_backup(reading, private_key_);
    if (!backup) {
      return fail(backup.error());
    }
    restored_.backup = std::move(*backup);
    if (keys_created_ && *keys_created_ < restored_.backup.header.created) {
      return fail(ErrorCode::not_permitted,
                  "人员密钥副本早于备份 / the copy of the person keys is older than the backup");
    }
    return (*journal)->finish();
  }

  Outcome place_blob(const BackedUpBlob& blob, const KeyOwner& subject) {
    if (blob.state == BlobState::erased) {
      return Done{};
    }
    const Outcome placed = create_file_durably(paths_.blobs / hex_of(blob.id.bytes), blob.sealed);
    const auto key = person_keys_ ? person_keys_->find(subject) : std::nullopt;
    if (!placed || !key) {
      return placed;
    }
    const Result<Bytes> opened = BlobStore(paths_.blobs).load(blob.id, *key);
    if (!opened) {
      return fail(opened.error());
    }
    ++restored_.opened_blobs;
    return Done{};
  }

  // What lies on the disk now, not what was handed to the database.
  Outcome check_journal() {
    const Result<std::unique_ptr<Journal>> journal = open_rocksdb_journal_read_only(paths_.log);
    if (!journal) {
      return fail(journal.error());
    }
    const auto cursor = (*journal)->tail(0);
    for (;;) {
      const Result<std::optional<Frame>> frame = cursor->next();
      if (!frame) {
        return fail(frame.error());
      }
      if (!frame->has_value()) {
        break;
      }
      if (const Outcome whole = check_frame((*frame)->chunks); !whole) {
        return at_frame((*frame)->head.position, whole.error());
      }
    }
    return (*journal)->head() == restored_.backup.header.end
               ? Outcome(Done{})
               : fail(ErrorCode::corruption, "the restored journal ends elsewhere");
  }

  // No server opens the directory before the loss is declared.
  Outcome owe_recoveries() {
    for (const LostRange& lost : restored_.backup.lost) {
      const Outcome owed = owe_recovery(paths_.root, lost.ledger, lost.checkpoint);
      if (!owed) {
        return owed;
      }
    }
    return Done{};
  }

  Outcome set_anchor() {
    const Result<std::unique_ptr<Anchor>> anchor = Anchor::create(paths_.anchor);
    if (!anchor) {
      return fail(anchor.error());
    }
    const bool written = (*anchor)->write(restored_.backup.header.end) && (*anchor)->sync();
    return written ? Outcome(Done{}) : fail(ErrorCode::io_failure, paths_.anchor.string());
  }

  Outcome sync_all() {
    std::error_code error;
    fs::permissions(paths_.log, fs::perms::owner_all, error);
    if (error) {
      return fail(ErrorCode::io_failure, paths_.log.string());
    }
    for (const fs::path& folder :
         {paths_.keys, paths_.person_keys.parent_path(), paths_.blobs, paths_.root}) {
      if (const Outcome synced = sync_folder(folder); !synced) {
        return synced;
      }
    }
    return Done{};
  }

  const RestoreOrder& order_;
  const crypto::SecretKey& private_key_;
  DataPaths paths_;
  std::unique_ptr<PersonKeys> person_keys_;
  std::optional<UnixMicros> keys_created_;
  RestoredBackup restored_;
};

Outcome check_new(const fs::path& folder, const char* what) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(folder, ignored))
             ? Outcome(fail(ErrorCode::environment, folder.string() + what))
             : Outcome(Done{});
}

}  // namespace

Result<RestoredBackup> restore_backup(const RestoreOrder& order,
                                      const crypto::SecretKey& private_key) {
  fs::path directory = fs::absolute(order.data).lexically_normal();
  if (!directory.has_filename()) {
    directory = directory.parent_path();
  }
  const fs::path beside = directory.string() + ".restoring";
  Outcome is_new = check_new(directory, ": 已存在 / exists already");
  is_new = is_new ? check_new(beside,
                              ": 前次恢复中断所留,请删除 / left by an interrupted restore; delete "
                              "it")
                  : is_new;
  if (!is_new) {
    return fail(is_new.error());
  }
  Result<RestoredBackup> restored = Restoring(order, private_key, beside).run();
  std::error_code error;
  if (!restored) {
    fs::remove_all(beside, error);
    return restored;
  }
  fs::rename(beside, directory, error);
  const Outcome synced = error ? Outcome(fail(ErrorCode::io_failure, directory.string()))
                               : sync_folder(directory.parent_path());
  return synced ? std::move(restored) : fail(synced.error());
}

}  // namespace juanzong
