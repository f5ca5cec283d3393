// SPDX-License-Identifier: Apache-2.0
#include "server/data/ledger_keys.h"

#include "crypto/hex.h"

namespace juanzong {
namespace {

LedgerKeyFiles files_with(const DataPaths& paths, const std::string& prefix) {
  return {paths.keys / (prefix + "log.key"),
          paths.keys / (prefix + "log.vkey"),
          paths.keys / (prefix + "founder.key"),
          paths.keys / (prefix + "server.key")};
}

// A ledger's own file, or the first ledger's where it has none of its own.
struct KeyFile {
  std::filesystem::path own;
  std::filesystem::path read;
};

KeyFile key_file(const DataPaths& paths,
                 const LedgerEntry& ledger,
                 std::filesystem::path LedgerKeyFiles::*which) {
  std::filesystem::path own = key_files_of(paths, ledger.head.name).*which;
  return {own, std::filesystem::exists(own) ? own : key_files_of_first(paths).*which};
}

Error not_its_key(const LedgerEntry& ledger,
                  const KeyFile& file,
                  std::string_view zh,
                  std::string_view en) {
  std::string text = file.read.string() + ": 不是卷宗 " + ledger.head.name + " 的";
  text.append(zh).append(" / not the ").append(en).append(" of ").append(ledger.head.name);
  if (file.own != file.read) {
    text.append(";缺少 missing: ").append(file.own.string());
  }
  return {ErrorCode::environment, std::move(text)};
}

}  // namespace

LedgerKeyFiles key_files_of_first(const DataPaths& paths) {
  return files_with(paths, "");
}

LedgerKeyFiles key_files_of(const DataPaths& paths, std::string_view ledger) {
  return files_with(paths, std::string(ledger) + ".");
}

Result<crypto::SignerKey> load_log_key(const DataPaths& paths,
                                       const LedgerEntry& ledger,
                                       const KeyAccess& access) {
  const KeyFile file = key_file(paths, ledger, &LedgerKeyFiles::log_key);
  Result<crypto::PrivateKey> key = load_private_key(file.read, access);
  if (!key) {
    return fail(key.error());
  }
  auto signer = crypto::SignerKey::create(ledger.head.origin, std::move(*key));
  if (!signer || signer->verifier().text() != ledger.verifier_key) {
    return fail(not_its_key(ledger, file, "日志密钥", "log key"));
  }
  return *std::move(signer);
}

Result<crypto::SignerKey> load_former_log_key(const DataPaths& paths,
                                              const LedgerEntry& ledger,
                                              const KeyAccess& access) {
  const KeyFile file = key_file(paths, ledger, &LedgerKeyFiles::log_key);
  Result<crypto::PrivateKey> key = load_private_key(file.read, access);
  if (!key) {
    return fail(key.error());
  }
  auto signer = crypto::SignerKey::create(ledger.former_origin, std::move(*key));
  return signer ? Result<crypto::SignerKey>(*std::move(signer))
                : fail(not_its_key(ledger, file, "日志密钥", "log key"));
}

Result<std::map<std::string, crypto::SignerKey>> load_log_keys(
    const DataPaths& paths, const std::vector<LedgerEntry>& ledgers, const KeyAccess& access) {
  std::map<std::string, crypto::SignerKey> keys;
  for (const LedgerEntry& ledger : ledgers) {
    Result<crypto::SignerKey> key = load_log_key(paths, ledger, access);
    if (!key && ledger.handed_over) {
      continue;  // the successor has it; here the ledger is only read
    }
    if (!key) {
      return fail(key.error());
    }
    keys.emplace(ledger.head.name, std::move(*key));
  }
  return keys;
}

HeadSigners head_signers_of(std::map<std::string, crypto::SignerKey> log_keys) {
  HeadSigners signers;
  for (const auto& [name, key] : log_keys) {
    signers.emplace(name,
                    std::make_unique<KeyHeadSigner>(
                        key.verifier(),
                        std::make_unique<crypto::MemorySigner>(
                            crypto::PrivateKey::from_seed(key.private_key().seed()))));
  }
  return signers;
}

Result<std::map<std::string, crypto::PrivateKey>> load_server_keys(
    const DataPaths& paths, const std::vector<LedgerEntry>& ledgers, const KeyAccess& access) {
  std::map<std::string, crypto::PrivateKey> keys;
  for (const LedgerEntry& ledger : ledgers) {
    if (ledger.server_key.empty()) {
      continue;
    }
    const KeyFile file = key_file(paths, ledger, &LedgerKeyFiles::server_key);
    Result<crypto::PrivateKey> key = load_private_key(file.read, access);
    if (!key) {
      return fail(key.error());
    }
    if (crypto::hex_encode(key_id_of(key->public_key()).view()) != ledger.server_key) {
      return fail(not_its_key(ledger,
                              file,
                              "服务器密钥;停服后用 juanzong ledger server-key 更换",
                              "server key (replace it with juanzong ledger server-key)"));
    }
    keys.emplace(ledger.head.name, std::move(*key));
  }
  return keys;
}

}  // namespace juanzong
