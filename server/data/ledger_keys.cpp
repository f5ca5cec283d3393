// SPDX-License-Identifier: Apache-2.0
#include "server/data/ledger_keys.h"

#include "crypto/key_file.h"

#include <variant>

namespace juanzong {
namespace {

LedgerKeyFiles files_with(const DataPaths& paths, const std::string& prefix) {
  return {paths.keys / (prefix + "log.key"),
          paths.keys / (prefix + "log.vkey"),
          paths.keys / (prefix + "founder.key")};
}

Error error_of(crypto::KeyFileError error, const std::filesystem::path& file) {
  return {error == crypto::KeyFileError::permissions_too_open ? ErrorCode::key_file_permissions
                                                              : ErrorCode::environment,
          file.string() + ": " + crypto::name_of(error)};
}

Error not_its_key(const LedgerEntry& ledger,
                  const std::filesystem::path& own,
                  const std::filesystem::path& read) {
  const std::string& name = ledger.head.name;
  const std::string missing = own == read ? "" : ";缺少 missing: " + own.string();
  return {
      ErrorCode::environment,
      read.string() + ": 不是卷宗 " + name + " 的日志密钥 / not the log key of " + name + missing};
}

}  // namespace

LedgerKeyFiles key_files_of_first(const DataPaths& paths) {
  return files_with(paths, "");
}

LedgerKeyFiles key_files_of(const DataPaths& paths, std::string_view ledger) {
  return files_with(paths, std::string(ledger) + ".");
}

Result<crypto::SignerKey> load_log_key(const DataPaths& paths, const LedgerEntry& ledger) {
  const std::filesystem::path own = key_files_of(paths, ledger.head.name).log_key;
  const std::filesystem::path file =
      std::filesystem::exists(own) ? own : key_files_of_first(paths).log_key;
  auto read = crypto::read_private_key(file);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&read)) {
    return fail(error_of(*error, file));
  }
  auto signer =
      crypto::SignerKey::create(ledger.head.origin, std::get<crypto::PrivateKey>(std::move(read)));
  if (!signer || signer->verifier().text() != ledger.verifier_key) {
    return fail(not_its_key(ledger, own, file));
  }
  return *std::move(signer);
}

Result<std::map<std::string, crypto::SignerKey>> load_log_keys(
    const DataPaths& paths, const std::vector<LedgerEntry>& ledgers) {
  std::map<std::string, crypto::SignerKey> keys;
  for (const LedgerEntry& ledger : ledgers) {
    Result<crypto::SignerKey> key = load_log_key(paths, ledger);
    if (!key) {
      return fail(key.error());
    }
    keys.emplace(ledger.head.name, std::move(*key));
  }
  return keys;
}

}  // namespace juanzong
