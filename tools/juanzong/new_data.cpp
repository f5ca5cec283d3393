// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/new_data.h"

#include "crypto/key_file.h"

#include "events/log/anchor.h"
#include "events/storage/durable_file.h"
#include "events/storage/memory_row_store.h"
#include "events/storage/rocksdb_journal.h"
#include "events/vault/person_keys.h"

#include "projections/state/founding.h"
#include "projections/state/ledger_set.h"

#include "server/data/data_directory.h"
#include "server/net/tls.h"

#include "tools/juanzong/zone_table.h"

#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

struct Keys {
  crypto::PrivateKey founder = crypto::PrivateKey::generate();
  std::string verifier_key;
};

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

Result<Keys> make_keys(const DataPaths& paths, const std::string& origin) {
  Keys keys;
  const auto log_key = crypto::SignerKey::create(origin, crypto::PrivateKey::generate());
  if (!log_key) {
    return fail(ErrorCode::environment, "origin: no spaces, no '+'");
  }
  keys.verifier_key = log_key->verifier().text();
  const bool written =
      !crypto::write_private_key(paths.keys / "log.key", log_key->private_key()) &&
      !crypto::write_verifier_key(paths.keys / "log.vkey", log_key->verifier()) &&
      !crypto::write_private_key(paths.keys / "founder.key", keys.founder) &&
      write_new_secret_key(paths.keys / "vault.kek").has_value() &&
      write_self_signed_tls({paths.keys / "tls.cert.pem", paths.keys / "tls.key.pem"},
                            {"localhost", "127.0.0.1"})
          .has_value();
  return written ? Result<Keys>(std::move(keys))
                 : Result<Keys>(fail(ErrorCode::io_failure, paths.keys.string()));
}

// Decides the founding request on an empty ledger, as the writer would.
Result<LedgerBatch> found_ledger(const NewData& wanted, const Keys& keys) {
  Result<ZoneTable> table = make_zone_table(wanted.timezone);
  if (!table) {
    return fail(table.error());
  }
  Founding founding;
  founding.facts.name = wanted.ledger;
  founding.facts.origin = wanted.origin;
  founding.facts.verifier_key = keys.verifier_key;
  founding.facts.founder = wanted.founder;
  founding.facts.zone = table->zone;
  founding.timezone = wanted.timezone;
  founding.tzdata_version = table->tzdata_version;
  founding.founder_badge = wanted.founder;
  Result<SignedRequest> request = make_founding_request(founding, keys.founder, wanted.now);
  if (!request) {
    return fail(request.error());
  }
  const crypto::PublicKey signers[] = {keys.founder.public_key()};
  const Result<AdmittedRequest> admitted =
      admit_request(std::move(*request), signers, catalogue(), Openings::required);
  if (!admitted) {
    return fail(admitted.error());
  }
  DerivedRows rows(make_memory_row_store());
  LedgerSet ledgers(rows, catalogue());
  LedgerMachine& machine = ledgers.create(ledger_id_of(wanted.origin));
  BatchDraft draft;
  machine.begin_batch(draft);
  const AppendResult result = machine.submit(*admitted, wanted.now, draft);
  machine.finish_batch(draft);
  if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    return fail(ErrorCode::environment, refused->refusals.front().zh);
  }
  if (const auto* error = std::get_if<Error>(&result)) {
    return fail(*error);
  }
  return std::move(draft.batch);
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
  FrameHead head;
  head.wall_time = now;
  const Frame frame = seal_frame(head, {std::move(batch)});
  const bool durable = !error && (*journal)->append(frame) == AppendOutcome::ok &&
                       (*anchor)->write((*journal)->head()) && (*anchor)->sync();
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

Result<std::string> fill(const DataPaths& paths, const NewData& wanted) {
  if (const Outcome made = make_folders(paths); !made) {
    return fail(made.error());
  }
  const Result<Keys> keys = make_keys(paths, wanted.origin);
  if (!keys) {
    return fail(keys.error());
  }
  Result<LedgerBatch> founding = found_ledger(wanted, *keys);
  if (!founding) {
    return fail(founding.error());
  }
  if (const Outcome vault = make_vault(paths); !vault) {
    return fail(vault.error());
  }
  if (const Outcome log = write_log(paths, std::move(*founding), wanted.now); !log) {
    return fail(log.error());
  }
  const Outcome synced = sync_folder(paths.root);
  return synced ? Result<std::string>(keys->verifier_key) : fail(synced.error());
}

}  // namespace

Result<std::string> create_data(const NewData& wanted) {
  fs::path directory = fs::absolute(wanted.directory).lexically_normal();
  if (!directory.has_filename()) {
    directory = directory.parent_path();
  }
  const fs::path beside = directory.string() + ".new";
  for (const fs::path& taken : {directory, beside}) {
    if (fs::exists(fs::symlink_status(taken))) {
      return fail(ErrorCode::environment, taken.string() + ": exists already");
    }
  }
  Result<std::string> key = fill(DataPaths(beside), wanted);
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
