// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/server_key.h"

#include "crypto/hex.h"
#include "crypto/key_file.h"

#include "events/procedures/parties.h"

#include "projections/state/ledger_list.h"
#include "projections/state/own_request.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_keys.h"

#include "tools/client/client_options.h"
#include "tools/juanzong/new_ledger.h"

#include <algorithm>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

// The ledger's own file if there is one, else the first ledger's: what the server reads.
fs::path file_of(const DataPaths& paths, const std::string& ledger) {
  const fs::path own = key_files_of(paths, ledger).server_key;
  const fs::path first = key_files_of_first(paths).server_key;
  const bool is_first = !fs::exists(key_files_of(paths, ledger).log_key);
  return is_first ? first : own;
}

bool holds_key(const fs::path& file, const std::string& key_id) {
  const auto read = crypto::read_private_key(file);
  const auto* key = std::get_if<crypto::PrivateKey>(&read);
  return key != nullptr && crypto::hex_encode(key_id_of(key->public_key()).view()) == key_id;
}

Result<fs::path> put_in_place(const fs::path& next, const fs::path& file) {
  std::error_code error;
  fs::rename(next, file, error);
  return error ? Result<fs::path>(fail(ErrorCode::io_failure, file.string())) : file;
}

Result<fs::path> replace_in(DataDirectory& data, const NewServerKey& wanted) {
  const std::vector<LedgerEntry> entries = list_ledgers(DerivedRows::Snapshot(data.rows()));
  const Result<LedgerOrdinal> ordinal =
      find_ledger(DerivedRows::Snapshot(data.rows()), wanted.ledger);
  if (!ordinal) {
    return fail(ordinal.error());
  }
  const LedgerEntry& entry = *std::ranges::find(entries, *ordinal, &LedgerEntry::ordinal);
  const fs::path file = file_of(data.paths(), entry.head.name);
  const fs::path next = file.string() + ".next";
  if (holds_key(next, entry.server_key)) {
    return put_in_place(next, file);
  }
  const auto administrator = load_key(wanted.administrator);
  if (!administrator) {
    return fail(administrator.error());
  }
  const crypto::PrivateKey key = crypto::PrivateKey::generate();
  const std::unique_ptr<LedgerSet> ledgers = data.take_ledgers();
  const OwnStatement statement = key_statement(server_staff, key.public_key());
  const crypto::PrivateKey* signers[] = {administrator->get(), &key};
  Result<LedgerBatch> batch =
      decide_own(*ledgers->find(entry.head.name), signers, std::span(&statement, 1), wanted.now);
  if (!batch) {
    return fail(batch.error());
  }
  std::error_code ignored;
  fs::remove(next, ignored);
  if (const auto error = crypto::write_private_key(next, key)) {
    return fail(ErrorCode::io_failure, next.string() + ": " + crypto::name_of(*error));
  }
  const Outcome stored = append_frame(data.journal(), data.anchor(), std::move(*batch), wanted.now);
  return stored ? put_in_place(next, file) : fail(stored.error());
}

}  // namespace

Result<fs::path> replace_server_key(const NewServerKey& wanted) {
  const Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      wanted.directory, [](std::uint64_t) {}, [] {});
  return data ? replace_in(**data, wanted) : fail(data.error());
}

}  // namespace juanzong::cli
