// SPDX-License-Identifier: Apache-2.0
// Key files of the ledgers of a data directory. The first ledger's are keys/log.key, log.vkey,
// founder.key and server.key; those of a ledger that was added have its name in front:
// keys/NAME.log.key. A log key is one ledger's: it signs tree heads of no other. With the server
// key the server signs what it states itself (role SYS).
#pragma once

#include "crypto/note_key.h"

#include "projections/state/ledger_list.h"

#include "server/data/data_directory.h"
#include "server/data/passphrase_source.h"
#include "server/pipeline/head_signer.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct LedgerKeyFiles {
  std::filesystem::path log_key, verifier_key, founder_key, server_key;
};

[[nodiscard]] LedgerKeyFiles key_files_of_first(const DataPaths& paths);
[[nodiscard]] LedgerKeyFiles key_files_of(const DataPaths& paths, std::string_view ledger);

// The key of this ledger's log. environment if the file is missing or holds another key than
// record 0 names: heads signed with it would prove nothing to anybody. key_file_permissions.
[[nodiscard]] Result<crypto::SignerKey> load_log_key(const DataPaths& paths,
                                                     const LedgerEntry& ledger,
                                                     const KeyAccess& access = {});

// The key that is still there of the origin before: of a ledger that was handed over.
[[nodiscard]] Result<crypto::SignerKey> load_former_log_key(const DataPaths& paths,
                                                            const LedgerEntry& ledger,
                                                            const KeyAccess& access = {});

// Those of all ledgers, by name.
[[nodiscard]] Result<std::map<std::string, crypto::SignerKey>> load_log_keys(
    const DataPaths& paths, const std::vector<LedgerEntry>& ledgers, const KeyAccess& access = {});

// Each signs the heads of its ledger in this process.
[[nodiscard]] HeadSigners head_signers_of(std::map<std::string, crypto::SignerKey> log_keys);

// The keys under which the server states what it has to state, by ledger name; none for a ledger
// that registered none. environment if the file is missing or holds another key than the one
// registered last; key_file_permissions.
[[nodiscard]] Result<std::map<std::string, crypto::PrivateKey>> load_server_keys(
    const DataPaths& paths, const std::vector<LedgerEntry>& ledgers, const KeyAccess& access = {});

}  // namespace juanzong
