// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/recovery.h"

#include "crypto/checkpoint.h"
#include "crypto/key_file.h"
#include "crypto/signed_note.h"

#include "projections/state/ledger_list.h"
#include "projections/state/own_request.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_keys.h"
#include "server/data/owed_recovery.h"

#include "tools/client/client_options.h"
#include "tools/juanzong/new_ledger.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <variant>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

// The key in the file as one of this origin; nullopt if there is none.
std::optional<crypto::SignerKey> signer_in(const fs::path& file, const std::string& origin) {
  auto read = crypto::read_private_key(file);
  auto* key = std::get_if<crypto::PrivateKey>(&read);
  return key == nullptr ? std::nullopt : crypto::SignerKey::create(origin, std::move(*key));
}

bool holds_key_in_force(const fs::path& file, const LedgerEntry& ledger) {
  const auto signer = signer_in(file, ledger.head.origin);
  return signer && signer->verifier().text() == ledger.verifier_key;
}

// A name that is free: a former key may still be needed to show what it signed.
fs::path former_name(const fs::path& file) {
  int number = 1;
  while (fs::exists(file.string() + ".former-" + std::to_string(number))) {
    ++number;
  }
  return file.string() + ".former-" + std::to_string(number);
}

Outcome set_aside(const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) {
    fs::rename(file, former_name(file), error);
  }
  return error ? Outcome(fail(ErrorCode::io_failure, file.string())) : Outcome(Done{});
}

class Declaration {
 public:
  Declaration(DataDirectory& data, const Recovery& wanted) : data_(data), wanted_(wanted) {}

  Result<DeclaredRecovery> run() {
    Outcome done = find();
    const bool declared = done && is_declared();
    if (done && !declared) {
      done = declare();
    }
    done = done ? place_keys() : done;
    done = done ? strike_off_recovery(data_.paths().root, entry_.head.id) : done;
    return done ? Result<DeclaredRecovery>(result_) : fail(done.error());
  }

 private:
  Outcome find() {
    const DerivedRows::Snapshot rows(data_.rows());
    const Result<LedgerOrdinal> ordinal = find_ledger(rows, wanted_.ledger);
    if (!ordinal) {
      return fail(ordinal.error());
    }
    const std::vector<LedgerEntry> entries = list_ledgers(rows);
    entry_ = *std::ranges::find(entries, *ordinal, &LedgerEntry::ordinal);
    const Result<std::string> note = owed_checkpoint(data_.paths().root, entry_.head.id);
    if (!note) {
      return fail(ErrorCode::environment,
                  entry_.head.name + ": 该卷宗无待声明的恢复 / no recovery is owed by this ledger");
    }
    note_ = *note;
    const auto parsed = crypto::parse_note(note_);
    const auto stated = parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
    result_.known = stated ? stated->size : 0;
    const bool first = entries.front().ordinal == *ordinal;
    files_ =
        first ? key_files_of_first(data_.paths()) : key_files_of(data_.paths(), entry_.head.name);
    next_ = files_.log_key.string() + ".next";
    return Done{};
  }

  // By an attempt that was interrupted: the wanted origin is in force, and its key is here.
  bool is_declared() {
    result_.verifier_key = entry_.verifier_key;
    result_.size = entry_.head.size() - 1;
    return entry_.head.origin == wanted_.origin &&
           (holds_key_in_force(next_, entry_) || holds_key_in_force(files_.log_key, entry_));
  }

  Outcome declare() {
    const auto key = crypto::VerifierKey::parse(entry_.verifier_key);
    const auto known = key ? crypto::open_checkpoint(note_, *key) : std::nullopt;
    if (!known) {
      return fail(ErrorCode::bad_signature, "recovery: the checkpoint is not of the log's key");
    }
    const auto administrator = load_key(wanted_.administrator);
    const auto second = load_key(wanted_.second);
    if (!administrator || !second) {
      return fail(administrator ? second.error() : administrator.error());
    }
    const auto next = crypto::SignerKey::create(wanted_.origin, crypto::PrivateKey::generate());
    if (!next) {
      return fail(ErrorCode::environment, "--origin: 不能作为密钥名称 / cannot name a key");
    }
    result_ = {next->verifier().text(), entry_.head.size(), known->size};
    const OwnStatement statement{"RecoveryDeclared",
                                 make_recovery_body(entry_.head,
                                                    {wanted_.origin, result_.verifier_key},
                                                    {known->size, known->root},
                                                    wanted_.reason)};
    const crypto::PrivateKey* signers[] = {administrator->get(), second->get()};
    const std::unique_ptr<LedgerSet> ledgers = data_.take_ledgers();
    Result<LedgerBatch> batch = decide_own(
        *ledgers->find(entry_.head.name), signers, std::span(&statement, 1), wanted_.now);
    if (!batch) {
      return fail(batch.error());
    }
    std::error_code ignored;
    fs::remove(next_, ignored);
    if (const auto error = crypto::write_private_key(next_, next->private_key())) {
      return fail(ErrorCode::io_failure, next_.string() + ": " + crypto::name_of(*error));
    }
    return append_frame(data_.journal(), data_.anchor(), std::move(*batch), wanted_.now);
  }

  Outcome place_keys() {
    std::error_code error;
    if (fs::exists(next_, error)) {
      const Outcome aside = set_aside(files_.log_key);
      if (!aside) {
        return aside;
      }
      fs::rename(next_, files_.log_key, error);
    }
    if (error) {
      return fail(ErrorCode::io_failure, files_.log_key.string());
    }
    const auto stored = crypto::find_verifier_key(files_.verifier_key.string());
    if (stored && stored->text() == result_.verifier_key) {
      return Done{};
    }
    if (const Outcome aside = set_aside(files_.verifier_key); !aside) {
      return aside;
    }
    const auto written = crypto::write_verifier_key(
        files_.verifier_key, *crypto::VerifierKey::parse(result_.verifier_key));
    return written ? Outcome(fail(ErrorCode::io_failure, files_.verifier_key.string()))
                   : Outcome(Done{});
  }

  DataDirectory& data_;
  const Recovery& wanted_;
  LedgerEntry entry_;
  std::string note_;
  LedgerKeyFiles files_;
  fs::path next_;
  DeclaredRecovery result_;
};

}  // namespace

Result<DeclaredRecovery> declare_recovery(const Recovery& wanted) {
  const Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      wanted.directory, [](std::uint64_t) {}, [] {}, OwedRecovery::accepted);
  return data ? Declaration(**data, wanted).run() : fail(data.error());
}

}  // namespace juanzong::cli
