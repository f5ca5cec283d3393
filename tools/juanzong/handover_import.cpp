// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/handover_import.h"

#include "crypto/checkpoint.h"
#include "crypto/key_file.h"

#include "events/storage/durable_file.h"
#include "events/vault/person_keys.h"

#include "projections/state/ledger_list.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_keys.h"
#include "server/net/tls.h"

#include "tools/backup/restore_backup.h"
#include "tools/backup/sealed_file.h"
#include "tools/juanzong/server_key.h"

#include <algorithm>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t note_bytes_max = 64 * 1024;

Failure not_this(std::string_view zh, std::string_view en) {
  return fail(ErrorCode::corruption, std::string(zh).append(" / ").append(en));
}

Result<std::string> read_text(const fs::path& file) {
  const Result<Bytes> bytes = read_file(file, note_bytes_max);
  return bytes ? Result<std::string>(std::string(text_of(ByteView(*bytes))))
               : fail(ErrorCode::environment, file.string() + ": 无法读取 / cannot be read");
}

Outcome move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  return error ? Outcome(fail(ErrorCode::io_failure, to.string())) : Outcome(Done{});
}

class Importing {
 public:
  Importing(const HandoverImport& wanted, fs::path beside)
      : wanted_(wanted), package_(wanted.package), offer_(wanted.offer), paths_(beside) {}

  Result<ImportedLedger> run() {
    Outcome done = read_keys();
    done = done ? restore() : done;
    done = done ? check_ledger() : done;
    done = done ? wanted_.judge(paths_.root) : done;
    done = done ? place_keys() : done;
    done = done ? wrap_anew() : done;
    done = done ? register_server() : done;
    done = done ? sync_folder(paths_.keys) : done;
    return done ? Result<ImportedLedger>(imported_) : fail(done.error());
  }

 private:
  Outcome read_keys() {
    Result<crypto::SecretKey> transfer = read_secret_key(offer_.transfer_key);
    Result<HandoverOffer> offer = read_offer(offer_.offer);
    if (!transfer || !offer) {
      return fail(!transfer ? transfer.error() : offer.error());
    }
    transfer_ = std::make_unique<crypto::SecretKey>(std::move(*transfer));
    stated_ = *std::move(offer);
    return Done{};
  }

  // Restoring reads the key-encryption key from a file; it lies beside while that lasts.
  Outcome restore() {
    const auto sealed = SealedFileReader::open(package_.sealed_kek, sealed_kek_kind, *transfer_);
    if (!sealed) {
      return fail(sealed.error());
    }
    const Result<Bytes> key = (*sealed)->take(crypto::SecretKey::size_bytes);
    const Outcome whole = key ? (*sealed)->expect_end() : Outcome(fail(key.error()));
    if (!whole) {
      return whole;
    }
    const fs::path kek = paths_.root.string() + ".kek";
    std::error_code error;
    fs::remove(kek, error);
    if (const Outcome written = create_file_durably(kek, *key); !written) {
      return written;
    }
    RestoreOrder order;
    order.reading.file = package_.backup;
    order.data = paths_.root;
    order.keys = KeysToRestore{package_.key_copy, kek};
    order.now = wanted_.now;
    const Result<RestoredBackup> restored = restore_backup(order, *transfer_);
    fs::remove(kek, error);
    return restored ? Outcome(Done{}) : fail(restored.error());
  }

  // One ledger, handed over to the keys of this offer, as the former company signed it.
  Outcome check_ledger() {
    const Result<std::unique_ptr<OfflineData>> data =
        OfflineData::open(paths_.root, [](std::uint64_t) {});
    if (!data) {
      return fail(data.error());
    }
    const std::vector<LedgerEntry> entries = list_ledgers(DerivedRows::Snapshot((*data)->rows()));
    if (entries.size() != 1) {
      return not_this("包内不是一个卷宗", "the package does not hold one ledger");
    }
    const LedgerEntry& entry = entries.front();
    if (!entry.handed_over || entry.head.origin != stated_.next.origin ||
        entry.verifier_key != stated_.next.verifier_key) {
      return not_this("末条记录没有移交给本申请的密钥",
                      "its last record does not hand it over to the keys of this offer");
    }
    imported_ = {entry.head.name, entry.head.origin, entry.verifier_key, entry.head.size()};
    return check_former_head(entry);
  }

  Outcome check_former_head(const LedgerEntry& entry) {
    const Result<std::string> note = read_text(package_.checkpoint);
    const auto key = crypto::read_verifier_key(package_.verifier_key);
    const auto* former = std::get_if<crypto::VerifierKey>(&key);
    const auto head =
        note && former != nullptr ? crypto::open_checkpoint(*note, *former) : std::nullopt;
    if (!head || head->size != entry.head.size() || head->root != entry.head.tree.root()) {
      return not_this("移交方的检查点与卷宗不符",
                      "the former company's checkpoint is not over this log");
    }
    return Done{};
  }

  Outcome place_keys() {
    const LedgerKeyFiles files = key_files_of_first(paths_);
    Outcome done = move_file(offer_.log_key, files.log_key);
    done = done ? move_file(offer_.verifier_key, files.verifier_key) : done;
    done = done ? move_file(offer_.founder_key, files.founder_key) : done;
    done = done ? move_file(package_.checkpoint, paths_.keys / "former.checkpoint") : done;
    done = done ? move_file(package_.verifier_key, paths_.keys / "former.vkey") : done;
    return done ? write_self_signed_tls({paths_.keys / "tls.cert.pem", paths_.keys / "tls.key.pem"},
                                        {"localhost", "127.0.0.1"})
                : done;
  }

  // The former company knew the key-encryption key of the package.
  Outcome wrap_anew() {
    const fs::path kek = paths_.keys / "vault.kek";
    Result<crypto::SecretKey> former = read_secret_key(kek);
    if (!former) {
      return fail(former.error());
    }
    const auto keys = PersonKeys::open(paths_.person_keys, std::move(*former));
    if (!keys) {
      return fail(keys.error());
    }
    std::error_code error;
    fs::remove(kek, error);
    if (const Outcome written = write_new_secret_key(kek); !written) {
      return written;
    }
    const Result<crypto::SecretKey> fresh = read_secret_key(kek);
    const fs::path next = paths_.person_keys.string() + ".next";
    const Outcome copied =
        fresh ? (*keys)->copy_to(next, *fresh, [](const KeyOwner&) { return true; })
              : fail(fresh.error());
    if (!copied) {
      return copied;
    }
    fs::rename(next, paths_.person_keys, error);
    return error ? Outcome(fail(ErrorCode::io_failure, paths_.person_keys.string()))
                 : sync_folder(paths_.person_keys.parent_path());
  }

  // The first request under the new origin: it shows that the founder's key is held.
  Outcome register_server() {
    const Result<fs::path> file =
        replace_server_key({paths_.root, "", offer_.founder_key, wanted_.now});
    return file ? Outcome(Done{}) : fail(file.error());
  }

  const HandoverImport& wanted_;
  const HandoverPackage package_;
  const OfferFiles offer_;
  const DataPaths paths_;
  std::unique_ptr<crypto::SecretKey> transfer_;
  HandoverOffer stated_;
  ImportedLedger imported_;
};

}  // namespace

Result<ImportedLedger> import_handover(const HandoverImport& wanted) {
  const fs::path beside = wanted.directory.string() + ".importing";
  std::error_code error;
  if (fs::exists(fs::symlink_status(wanted.directory, error))) {
    return fail(ErrorCode::environment, wanted.directory.string() + ": 已存在 / exists already");
  }
  fs::remove_all(beside, error);
  Result<ImportedLedger> imported = Importing(wanted, beside).run();
  if (!imported) {
    fs::remove_all(beside, error);
    return imported;
  }
  fs::rename(beside, wanted.directory, error);
  const Outcome synced = error ? Outcome(fail(ErrorCode::io_failure, wanted.directory.string()))
                               : sync_folder(fs::absolute(wanted.directory).parent_path());
  return synced ? std::move(imported) : fail(synced.error());
}

}  // namespace juanzong::cli
