// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/handover_seal.h"

#include "crypto/checkpoint.h"
#include "crypto/key_file.h"
#include "crypto/random_bytes.h"

#include "events/storage/durable_file.h"

#include "projections/state/ledger_list.h"
#include "projections/state/own_request.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_keys.h"

#include "tools/backup/sealed_file.h"
#include "tools/backup/take_backup.h"
#include "tools/client/client_options.h"
#include "tools/juanzong/ledger_extract.h"
#include "tools/juanzong/new_ledger.h"

#include <algorithm>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

class Sealing {
 public:
  Sealing(const HandoverSeal& wanted, DataDirectory& data, LedgerEntry entry)
      : wanted_(wanted), data_(data), entry_(std::move(entry)) {}

  Result<SealedHandover> run() {
    const fs::path beside = wanted_.package.string() + ".new";
    std::error_code error;
    if (fs::exists(fs::symlink_status(wanted_.package, error))) {
      return fail(ErrorCode::environment, wanted_.package.string() + ": 已存在 / exists already");
    }
    fs::remove_all(beside, error);
    const Result<crypto::SignerKey> former = former_key();
    if (!former) {
      return fail(former.error());
    }
    Outcome done = is_sealed() ? Outcome(Done{}) : seal();
    done = done ? write_package(beside, *former) : done;
    if (!done) {
      return fail(done.error());
    }
    fs::rename(beside, wanted_.package, error);
    done = error ? Outcome(fail(ErrorCode::io_failure, wanted_.package.string()))
                 : sync_folder(fs::absolute(wanted_.package).parent_path());
    return done ? Result<SealedHandover>(sealed_) : fail(done.error());
  }

 private:
  [[nodiscard]] bool is_sealed() const {
    return entry_.handed_over && entry_.head.origin == wanted_.offer.next.origin;
  }

  // Of the origin that ends, or ended.
  Result<crypto::SignerKey> former_key() {
    if (!entry_.handed_over) {
      return load_log_key(data_.paths(), entry_);
    }
    if (!is_sealed()) {
      return fail(ErrorCode::environment, "已移交给 handed over already to: " + entry_.head.origin);
    }
    return load_former_log_key(data_.paths(), entry_);
  }

  Outcome seal() {
    const auto leader = load_key(wanted_.leader);
    const auto administrator = load_key(wanted_.administrator);
    if (!leader || !administrator) {
      return fail(!leader ? leader.error() : administrator.error());
    }
    const std::unique_ptr<LedgerSet> ledgers = data_.take_ledgers();
    LedgerMachine& machine = *ledgers->find(entry_.head.name);
    const OwnStatement statement{
        "LedgerHandedOver",
        make_handed_over_body(machine.head(), wanted_.offer.next, wanted_.offer.successor)};
    const crypto::PrivateKey* signers[] = {leader->get(), administrator->get()};
    Result<LedgerBatch> batch = decide_own(machine, signers, std::span(&statement, 1), wanted_.now);
    if (!batch) {
      return fail(batch.error());
    }
    entry_.head = machine.head();
    return append_frame(data_.journal(), data_.anchor(), std::move(*batch), wanted_.now);
  }

  Outcome write_package(const fs::path& folder, const crypto::SignerKey& former) {
    std::error_code error;
    if (!fs::create_directory(folder, error) || error) {
      return fail(ErrorCode::io_failure, folder.string());
    }
    fs::permissions(folder, fs::perms::owner_all, error);
    const HandoverPackage files(folder);
    const LedgerHead& head = entry_.head;
    const auto note =
        crypto::sign_checkpoint({former.verifier().name(), head.size(), head.tree.root()}, former);
    if (!note) {
      return fail(ErrorCode::environment, "the log key does not fit the origin");
    }
    Outcome done = create_file_durably(files.checkpoint, bytes_of(*note));
    done = done ? create_file_durably(files.verifier_key, bytes_of(former.verifier().text() + "\n"))
                : done;
    return done ? write_sealed(folder / "work", files) : done;
  }

  // The extract lies in the package until it is sealed.
  Outcome write_sealed(const fs::path& work, const HandoverPackage& files) {
    crypto::SecretKey key;
    crypto::fill_random(key.writable());
    const Result<LedgerExtract> extract = extract_ledger(data_, entry_.head.id, work, key);
    if (!extract) {
      return fail(extract.error());
    }
    sealed_ = {extract->records, extract->people, extract->blobs};
    const Result<TakenBackup> taken =
        take_backup({work, files.backup, wanted_.offer.recipient, wanted_.now});
    if (!taken) {
      return fail(taken.error());
    }
    std::error_code error;
    fs::remove_all(work, error);
    const auto file = SealedFileWriter::begin(
        files.sealed_kek, std::string(sealed_kek_kind) + "\n", wanted_.offer.recipient);
    if (!file) {
      return fail(file.error());
    }
    const Outcome put = (*file)->put(key.view());
    const Result<SealedFileDigest> finished = put ? (*file)->finish() : fail(put.error());
    return finished ? Outcome(Done{}) : fail(finished.error());
  }

  const HandoverSeal& wanted_;
  DataDirectory& data_;
  LedgerEntry entry_;
  SealedHandover sealed_;
};

}  // namespace

HandoverPackage::HandoverPackage(const fs::path& folder)
    : checkpoint(folder / "former.checkpoint"),
      verifier_key(folder / "former.vkey"),
      backup(folder / "ledger.backup"),
      key_copy(key_copy_of(backup)),
      sealed_kek(folder / "vault.kek.sealed") {}

Result<SealedHandover> seal_handover(const HandoverSeal& wanted) {
  const Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      wanted.directory, [](std::uint64_t) {}, [] {});
  if (!data) {
    return fail(data.error());
  }
  const std::vector<LedgerEntry> entries = list_ledgers(DerivedRows::Snapshot((*data)->rows()));
  const Result<LedgerOrdinal> ordinal =
      find_ledger(DerivedRows::Snapshot((*data)->rows()), wanted.ledger);
  if (!ordinal) {
    return fail(ordinal.error());
  }
  return Sealing(wanted, **data, *std::ranges::find(entries, *ordinal, &LedgerEntry::ordinal))
      .run();
}

}  // namespace juanzong::cli
